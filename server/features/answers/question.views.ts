/** One question as its template shows it. Pure; names what a respondent sees and nothing of scoring. */
import type { Locale } from '../../adapters/template-helpers.ts';
import { formatDate } from '../../adapters/template-helpers.ts';
import type { Problem } from '../../domain/questionnaire/problem.ts';
import type { CertificateKind, Localized, Option, Question } from '../../domain/questionnaire/questionnaire.ts';
import type { Message } from '../../errors.ts';
import type { AnswerForm } from './answer-form.ts';
import type { AnswerRow, EvidenceFile } from './answers.store.ts';
import { type Conflict, conflictView } from './conflict.views.ts';
import { evidenceBlock, withheldBlock } from './evidence/evidence.views.ts';
import type { UnclearDates } from './evidence/section-evidence.usecases.ts';
import { wordsOf } from './page-words.ts';
import { recordsView } from './record.views.ts';

/** Everything about one question of one assessment at this moment. `problems` and `conflict` come from a refused save. */
export type QuestionState = {
  question: Question;
  shown: boolean;
  row: AnswerRow | undefined;
  form: AnswerForm;
  files: readonly EvidenceFile[];
  /** YYYY-MM-DD in Asia/Tokyo. */
  today: string;
  unclear: ReadonlyMap<string, UnclearDates>;
  problems: readonly Problem[];
  conflict: Conflict | null;
};

export function questionView(state: QuestionState, kinds: readonly CertificateKind[], locale: Locale) {
  const { question, form, row, shown } = state;
  const { id, type } = question;
  const words = (text: Localized) => wordsOf(text, locale);
  return {
    id,
    shown,
    type,
    isTyped: type === 'number' || type === 'date',
    isSingle: type === 'single',
    isText: type === 'text',
    isRecords: type === 'certificates',
    legend: words(question.text),
    revision: form.revision,
    was: form.was,
    ...choices(question, form, locale),
    typed: {
      id: `${id}-typed`,
      name: `${id}.typed`,
      value: form.typed,
      unit: question.unit ? words(question.unit) : null,
      inputmode: type === 'number' ? (question.integer ? 'numeric' : 'decimal') : null,
      isDate: type === 'date',
      understood: type === 'date' && isDay(row?.value) ? formatDate(row.value, locale) : null,
    },
    naHint: question.notApplicable?.hint ? words(question.notApplicable.hint) : null,
    naReason: form.naReason,
    comment: form.comment,
    withheld: withheldBlock(question, form),
    about: aboutOf(question, locale),
    evidence: type === 'certificates' ? null : evidenceBlock(question, { ...state, subject: id }, locale),
    records: type === 'certificates' ? recordsView(state, kinds, locale) : null,
    errors: ownProblems(state.problems),
    naError: state.problems.find(({ path }) => path === '/naReason')?.message ?? null,
    conflict: state.conflict && conflictView(state.conflict),
    answered: row !== undefined && row.value !== null,
    saved: row ? { at: row.updatedAt.toISOString(), by: row.updatedBy } : null,
  };
}

/** Options first; then, set apart, what says everything at once. */
function choices({ id, type, options = [], none, notApplicable }: Question, form: AnswerForm, locale: Locale) {
  const input = type === 'single' ? 'radio' : 'checkbox';
  const chosen = new Set(form.choice);
  const item = (value: string, label: Localized, alone: boolean, special = false) => ({
    id: `${id}-${value}`,
    name: `${id}.choice`,
    input,
    isRadio: input === 'radio',
    value,
    label: wordsOf(label, locale),
    checked: chosen.has(value),
    alone,
    special,
    isNa: value === 'na',
  });
  const special: [string, Localized][] = [];
  if (type === 'certificates') special.push(['empty', words.empty]);
  if (none) special.push(['none', none.label]);
  if (type !== 'text') special.push(['unknown', words.unknown]);
  if (notApplicable) special.push(['na', words.na]);
  return {
    options: options.map((option: Option) => item(option.value, option.label, option.exclusive === true)),
    specials: special.map(([value, label]) => item(value, label, true, true)),
  };
}

function aboutOf({ intent, example, evidence }: Question, locale: Locale) {
  const parts: [Localized, Localized | undefined][] = [
    [words.intent, intent],
    [words.example, example],
    [words.evidence, evidence.hint],
  ];
  return parts.flatMap(([term, text]) => (text ? [{ term: term[locale], words: wordsOf(text, locale) }] : []));
}

/** Problems of the answer as a whole; those of a record or a reason stand at their own field. */
function ownProblems(problems: readonly Problem[]): Message[] {
  return problems
    .filter(({ path }) => path !== '/naReason' && !/^\/(value\/\d+|evidence|plan|conditional)\/./.test(path))
    .map(({ message }) => message);
}

function isDay(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-/.test(value);
}

const words = {
  empty: { ja: '該当する認証・報告書はない', en: 'None of these is held' },
  unknown: { ja: 'わからない・確認中', en: 'Not known / being checked' },
  na: { ja: '該当なし', en: 'Not applicable' },
  intent: { ja: '設問の意図', en: 'Why this is asked' },
  example: { ja: '回答例', en: 'Example of an answer' },
  evidence: { ja: '証跡の例', en: 'Examples of evidence' },
} satisfies Record<string, Localized>;
