/** One question as the page shows it: every control as text, exactly as typed. Names are `<question id>.<control>`. */
import { createHash } from 'node:crypto';
import type { AnswerValue, CertificateRecord } from '../../domain/questionnaire/answer.ts';
import type { Question } from '../../domain/questionnaire/questionnaire.ts';
import { type AddOnForms, postedAddOns, storedAddOns, typedNumber } from './add-on-form.ts';
import type { AddOns } from './add-ons-of-form.ts';
import type { AnswerRow } from './answers.store.ts';
import { isRecords } from './collected.ts';

export type AnswerForm = {
  /** Revision the page was made from. */
  revision: number;
  /** Digest of the answer the page was made from: tells a field the respondent changed from one a colleague did. */
  was: string;
  /** Ticked options, and `none`, `unknown`, `na`, or `empty` (no certificates). */
  choice: readonly string[];
  /** Number, date or text. */
  typed: string;
  naReason: string;
  comment: string;
  /** Why proof exists but cannot be shared, and how it may be seen instead. */
  withheld: string;
  records: readonly RecordForm[];
} & AddOnForms;
export type RecordForm = Readonly<Partial<Record<RecordField, string>>>;

const recordFields = [
  'kind',
  'number',
  'edition',
  'certificationBody',
  'accreditationBody',
  'scope',
  'scopeIncludesService',
  'registeredOn',
  'expires',
  'auditPeriodEnd',
  'periodEnd',
  'opinion',
  'status',
] as const satisfies readonly (keyof CertificateRecord)[];
export type RecordField = (typeof recordFields)[number];

/** Posted fields by name; a name may occur several times. */
export type Fields = ReadonlyMap<string, readonly string[]>;

/** What the respondent posted for a question, or null when the question was not on the page (or hidden there). */
export function postedForm(question: Question, fields: Fields): AnswerForm | null {
  const one = (control: string) => fields.get(`${question.id}.${control}`)?.[0] ?? '';
  if (!fields.has(`${question.id}.revision`)) return null;
  const revision = Number(one('revision'));
  return {
    revision: Number.isSafeInteger(revision) && revision >= 0 && revision < 2 ** 31 - 1 ? revision : 0,
    was: one('was'),
    choice: fields.get(`${question.id}.choice`) ?? [],
    typed: one('typed'),
    naReason: one('naReason'),
    comment: one('comment'),
    withheld: one('withheld'),
    records: postedRecords(question, fields),
    ...postedAddOns(question, fields),
  };
}

/** Records in the order of their numbers on the page; numbers may have gaps. */
function postedRecords({ id }: Question, fields: Fields): RecordForm[] {
  const records = new Map<number, Partial<Record<RecordField, string>>>();
  for (const [name, values] of fields) {
    const [question, list, at, field] = name.split('.');
    if (question !== id || list !== 'records' || !/^\d{1,2}$/.test(at ?? '') || !isRecordField(field)) continue;
    const record = records.get(Number(at)) ?? {};
    record[field] = values[0] ?? '';
    records.set(Number(at), record);
  }
  return [...records].sort(([a], [b]) => a - b).map(([, record]) => record);
}

function isRecordField(name: string | undefined): name is RecordField {
  return (recordFields as readonly (string | undefined)[]).includes(name);
}

/** The stored answer as a form; an unanswered question gives an empty one. */
export function storedForm(question: Question, row: AnswerRow | undefined): AnswerForm {
  const value = row?.value ?? null;
  const texts = { naReason: row?.naReason ?? '', comment: row?.comment ?? '', withheld: row?.withheld ?? '' };
  const addOns = { plan: row?.plan ?? null, conditional: row?.conditional ?? null };
  return {
    revision: row?.revision ?? 0,
    was: digest({ value, ...texts, ...addOns }),
    choice: choiceOf(question, value),
    typed: typedOf(question, value),
    ...texts,
    records: isRecords(value) ? value.map(recordForm) : [],
    ...storedAddOns(question, addOns),
  };
}

/** What of an answer the respondent can change. */
export type AnswerContent = { value: AnswerValue; naReason: string; comment: string; withheld: string } & AddOns;

/** Short digest of the content of an answer; equal content gives an equal digest whatever the order of record fields. */
export function digest({ value, naReason, comment, withheld, plan, conditional }: AnswerContent): string {
  const content = isRecords(value)
    ? value.map((record) => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
  const addOns = [plan && [plan.by, plan.measure], conditional && [conditional.value, conditional.condition]];
  return createHash('sha256')
    .update(JSON.stringify([content, naReason, comment, withheld, addOns]))
    .digest('base64url')
    .slice(0, 16);
}

function choiceOf({ type }: Question, value: AnswerValue): readonly string[] {
  if (type === 'text' || value === null || typeof value === 'number') return [];
  if (typeof value === 'string') return type === 'single' || ['none', 'unknown', 'na'].includes(value) ? [value] : [];
  if (type === 'certificates') return value.length === 0 ? ['empty'] : [];
  return value.filter((item) => typeof item === 'string');
}

function typedOf({ type }: Question, value: AnswerValue): string {
  if (type === 'text') return typeof value === 'string' ? value : '';
  if (type === 'number' && typeof value === 'number') return typedNumber(value);
  return type === 'date' && typeof value === 'string' && /^\d/.test(value) ? value : '';
}

function recordForm(record: CertificateRecord): RecordForm {
  const { scopeIncludesService, status, evidence: _, ...texts } = record;
  return {
    ...texts,
    ...(scopeIncludesService === undefined ? {} : { scopeIncludesService: scopeIncludesService ? 'yes' : 'no' }),
    ...(status === undefined ? {} : { status }),
  };
}
