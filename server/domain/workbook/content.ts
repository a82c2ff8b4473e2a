/** What of an answer travels in a workbook, and what a workbook is made from. */
import { nfc, nfkc } from '../assessment/normal-form.ts';
import type { AnswerPlan, AnswerValue, CertificateRecord, ConditionalAnswer } from '../questionnaire/answer.ts';
import type { CompiledQuestionnaire } from '../questionnaire/compile.ts';
import type { Localized } from '../questionnaire/questionnaire.ts';
import type { Locale } from './words.ts';

/** Evidence, and why it cannot be shared, stay on the web pages. */
export type Content = {
  readonly value: AnswerValue;
  readonly naReason: string;
  readonly comment: string;
  readonly plan: AnswerPlan | null;
  readonly conditional: ConditionalAnswer | null;
};
export const nothing: Content = { value: null, naReason: '', comment: '', plan: null, conditional: null };

export type ExportInput = {
  readonly locale: Locale;
  readonly compiled: CompiledQuestionnaire;
  /** Ids of the questions this person answers; only these are in the workbook. */
  readonly own: ReadonlySet<string>;
  /** Ids of the questions that apply with the present answers. */
  readonly shown: ReadonlySet<string>;
  readonly answers: ReadonlyMap<string, Content & { readonly revision: number }>;
  /** Names of attached files by subject: a question id, or `AB-01#1` for a certificate record. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  /** "Not yet, planned by …" may be answered. */
  readonly plans: boolean;
  readonly facts: Facts;
};

/** For the first sheet: who asks whom, until when, and whom to ask. Days as they are to be read. */
export type Facts = {
  readonly reference: string;
  readonly customer: string;
  readonly service: string;
  readonly respondent: string;
  readonly dueOn: string;
  readonly contact: string;
  readonly questionnaire: Localized;
  readonly version: string;
  readonly exportedAt: string;
  readonly uploadAt: string;
};

/** Equal for contents that mean the same: order of options, width of registration numbers and blanks around texts do not count. */
export function contentKey({ value, naReason, comment, plan, conditional }: Content): string {
  return JSON.stringify([
    valueKey(value),
    tidy(value === 'na' ? naReason : ''),
    tidy(comment),
    plan && [plan.by, tidy(plan.measure)],
    conditional && [valueKey(conditional.value), tidy(conditional.condition)],
  ]);
}

function valueKey(value: AnswerValue): unknown {
  if (typeof value === 'string') return tidy(value) || null;
  if (!Array.isArray(value)) return value;
  if (typeof value[0] === 'object') return (value as readonly CertificateRecord[]).map(recordKey);
  return [...new Set(value as readonly string[])].sort();
}

function recordKey({ evidence: _, ...fields }: CertificateRecord): unknown {
  return Object.entries(fields)
    .map(([name, field]) => [name, typeof field === 'string' ? nfkc(tidy(field)) : field])
    .filter(([, field]) => field !== '')
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}

function tidy(text: string): string {
  return nfc(text).replace(/\r\n?/g, '\n').trim();
}
