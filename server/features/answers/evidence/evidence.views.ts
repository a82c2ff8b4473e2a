import type { Locale } from '../../../adapters/template-helpers.ts';
import { dayWords } from '../../../domain/assessment/calendar.ts';
import { hasExpired, isReadable, scanCode } from '../../../domain/assessment/evidence-file.ts';
import type { Localized, Question } from '../../../domain/questionnaire/questionnaire.ts';
import type { Message } from '../../../errors.ts';
import type { AnswerForm } from '../answer-form.ts';
import type { EvidenceFile } from '../answers.store.ts';
import { wordsOf } from '../page-words.ts';
import { acceptedExtensions } from './content.ts';
import type { UnclearDates } from './section-evidence.usecases.ts';

const accept = acceptedExtensions.map((extension) => `.${extension}`).join(',');

/** `files` are those of the person's part; `unclear` are dates that could not be taken as typed, by file id. */
export type EvidenceContext = {
  subject: string;
  files: readonly EvidenceFile[];
  today: string;
  unclear: ReadonlyMap<string, UnclearDates>;
};

/** The evidence of one subject: a question, or a certificate record. null where none is asked for and none was given. */
export function evidenceBlock({ evidence: { level, hint } }: Question, context: EvidenceContext, locale: Locale) {
  const { subject, files } = context;
  const own = files.filter((file) => file.subject === subject);
  if (level === 'none' && own.length === 0) return null;
  return {
    subject,
    inputId: `${subject.replace('#', '-')}-file`,
    name: `${subject}.file`,
    accept,
    required: level === 'required',
    hint: hint ? wordsOf(hint, locale) : null,
    files: own.map((file) => fileView(file, context)),
    canReuse: own.length < files.length,
  };
}

/** Named one by one: nothing of a review is among it. */
function fileView(file: EvidenceFile, { today, unclear }: EvidenceContext) {
  const { id, name, size, sha256, effectiveOn, expiresOn } = file;
  const scan = scanCode(file);
  const typed = unclear.get(id);
  const field = (part: 'effectiveOn' | 'expiresOn', day: string | null) => ({
    id: `file-${id}-${part}`,
    name: `${file.subject}.files.${id}.${part}`,
    part,
    value: typed?.typed[part] ?? day ?? '',
    understood: day === null ? null : dayWords(day),
    error: typed?.fields.find(({ path }) => path === part)?.message ?? null,
  });
  return {
    id,
    name,
    size,
    sha256,
    href: isReadable(file) ? `/respond/evidence/${id}` : null,
    scan,
    scanHintKey: scan === 'failed' || scan === 'infected' || scan === 'waiting' ? `evidence.scanHint.${scan}` : null,
    expired: hasExpired(expiresOn, today),
    effectiveOn,
    expiresOn,
    isOpen: typed !== undefined,
    dates: [field('effectiveOn', effectiveOn), field('expiresOn', expiresOn)] satisfies DateField[],
  };
}

type DateField = {
  id: string;
  name: string;
  part: 'effectiveOn' | 'expiresOn';
  value: string;
  understood: Localized | null;
  error: Message | null;
};

/** How the dates of a file were read, for the page's script. */
export function datesView({ effectiveOn, expiresOn }: EvidenceFile, today: string) {
  const read = (day: string | null) => (day === null ? null : { day, words: dayWords(day) });
  return { effectiveOn: read(effectiveOn), expiresOn: read(expiresOn), expired: hasExpired(expiresOn, today) };
}

/** For proof that exists but may not leave the vendor; null where no evidence is asked for and nothing was written. */
export function withheldBlock({ id, evidence: { level } }: Question, { withheld }: Pick<AnswerForm, 'withheld'>) {
  if (level === 'none' && withheld === '') return null;
  return { id: `${id}-withheld`, name: `${id}.withheld`, value: withheld };
}
