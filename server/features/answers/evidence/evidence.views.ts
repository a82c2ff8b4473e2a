import type { Locale } from '../../../adapters/template-helpers.ts';
import type { Question } from '../../../domain/questionnaire/questionnaire.ts';
import type { AnswerForm } from '../answer-form.ts';
import type { EvidenceFile } from '../answers.store.ts';
import { wordsOf } from '../page-words.ts';
import { acceptedExtensions } from './content.ts';

const accept = acceptedExtensions.map((extension) => `.${extension}`).join(',');

/** The evidence of one subject: a question, or a certificate record. null where none is asked for and none was given. */
export function evidenceBlock(
  { evidence: { level, hint } }: Question,
  { subject, files }: { subject: string; files: readonly EvidenceFile[] },
  locale: Locale,
) {
  const own = files.filter((file) => file.subject === subject);
  if (level === 'none' && own.length === 0) return null;
  return {
    subject,
    inputId: `${subject.replace('#', '-')}-file`,
    name: `${subject}.file`,
    accept,
    required: level === 'required',
    hint: hint ? wordsOf(hint, locale) : null,
    files: own.map(({ id, name, size, sha256 }) => ({ id, name, size, sha256, href: `/respond/evidence/${id}` })),
  };
}

/** For proof that exists but may not leave the vendor; null where no evidence is asked for and nothing was written. */
export function withheldBlock({ id, evidence: { level } }: Question, { withheld }: Pick<AnswerForm, 'withheld'>) {
  if (level === 'none' && withheld === '') return null;
  return { id: `${id}-withheld`, name: `${id}.withheld`, value: withheld };
}
