/** Reads a form kindly: full-width digits, separators and Japanese dates are understood. What cannot be read is told, never guessed. */

import { nfkc } from '../../domain/assessment/normal-form.ts';
import { calendarDay } from '../../domain/assessment/typed-input.ts';
import type { CertificateRecord } from '../../domain/questionnaire/answer.ts';
import { respondentProblems } from '../../domain/questionnaire/fits.ts';
import { type Problem, problem } from '../../domain/questionnaire/problem.ts';
import type { Question } from '../../domain/questionnaire/questionnaire.ts';
import { readAddOns } from './add-ons-of-form.ts';
import type { AnswerContent, AnswerForm, RecordForm } from './answer-form.ts';
import { cleanText, limitProblems, limits, tooLong } from './answer-input.ts';
import { type ReadValue, readNumber, unreadableDay } from './typed-values.ts';

/** Paths of problems start at the answer: /value, /value/0/expires, /naReason, /comment, /withheld, /plan/by, /conditional/value. */
export type ReadAnswer = { answer: AnswerContent } | { problems: readonly Problem[] };

const ALONE = ['none', 'unknown', 'na', 'empty'];

export function readAnswer(question: Question, form: AnswerForm): ReadAnswer {
  const read = readValue(question, form);
  if ('problems' in read) return read;
  const { addOns, problems: unread } = readAddOns(question, form);
  const answer = {
    value: read.value,
    naReason: read.value === 'na' ? cleanText(form.naReason).trim() : '',
    comment: cleanText(form.comment).trim(),
    withheld: cleanText(form.withheld).trim(),
    ...addOns,
  };
  const problems = [
    ...unread,
    ...limitProblems(question, answer.value),
    ...(['naReason', 'comment', 'withheld'] as const)
      .filter((name) => answer[name].length > limits.remark)
      .map((name) => tooLong(`/${name}`, limits.remark)),
    ...respondentProblems(question, answer),
  ];
  return problems.length > 0 ? { problems } : { answer };
}

function readValue(question: Question, form: AnswerForm): ReadValue {
  if (question.type === 'text') return { value: cleanText(form.typed).trim() || null };
  if (question.type === 'single') return { value: form.choice[0] ?? null };
  const typed = form.typed.trim() !== '' || form.records.some((record) => isFilled(record, question));
  const special = form.choice.filter((choice) => isAlone(question, choice));
  if (special.length + (typed ? 1 : 0) > 1 || (special.length > 0 && special.length < form.choice.length)) {
    return { problems: [contradiction(question, form)] };
  }
  if (special[0] !== undefined) return { value: special[0] === 'empty' ? [] : special[0] };
  if (question.type === 'multi') return { value: form.choice.length > 0 ? [...form.choice] : null };
  if (question.type === 'certificates') return readRecords(question, form.records);
  return question.type === 'number' ? readNumber(form.typed) : readDate(form.typed, '/value');
}

/** `none` and the like say everything at once; an option of the question may bear the same name. */
function isAlone(question: Question, choice: string): boolean {
  return ALONE.includes(choice) && question.options?.some(({ value }) => value === choice) !== true;
}

function readDate(typed: string, path: string): ReadValue {
  const day = calendarDay(typed);
  return day === null ? { problems: [unreadableDay(path)] } : { value: day || null };
}

function readRecords(question: Question, forms: readonly RecordForm[]): ReadValue {
  const problems: Problem[] = [];
  const records: CertificateRecord[] = [];
  for (const form of forms) {
    if (!isFilled(form, question)) continue;
    const read = readRecord(question, form, `/value/${records.length}`);
    problems.push(...read.problems);
    records.push(read.record);
  }
  if (problems.length > 0) return { problems };
  return { value: records.length > 0 ? records : null };
}

function readRecord(question: Question, form: RecordForm, path: string) {
  const problems: Problem[] = [];
  const record: Record<string, string | boolean> = {};
  const onlyKind = question.certificateKinds?.length === 1 ? question.certificateKinds[0] : undefined;
  for (const [name, typed] of Object.entries({ ...form, kind: form.kind || onlyKind || '' })) {
    const text = cleanText(typed).trim();
    if (text === '' && name !== 'kind') continue;
    if (name === 'scopeIncludesService') record[name] = text === 'yes';
    else if (dateFields.includes(name)) {
      const read = readDate(text, `${path}/${name}`);
      if ('problems' in read) problems.push(...read.problems);
      else record[name] = String(read.value);
    } else record[name] = name === 'number' || name === 'edition' ? nfkc(text) : text;
  }
  if (record.kind === '') problems.push(kindMissing(`${path}/kind`));
  return { record: record as CertificateRecord, problems };
}

const dateFields = ['registeredOn', 'expires', 'auditPeriodEnd', 'periodEnd'];

/** A record nobody typed into is left out. The kind alone counts only where there is a choice of kinds. */
export function isFilled(form: RecordForm, question?: Question): boolean {
  const chosen = question === undefined || question.certificateKinds?.length !== 1 ? form.kind : '';
  const { kind: _, ...rest } = form;
  return [chosen, ...Object.values(rest)].some((text) => (text ?? '').trim() !== '');
}

function kindMissing(path: string): Problem {
  return problem(path, '認証の種別を選んでください。', 'Choose the kind of certificate.');
}

function contradiction(question: Question, form: AnswerForm): Problem {
  return question.type === 'multi' ||
    (form.typed.trim() === '' && !form.records.some((record) => isFilled(record, question)))
    ? problem(
        '/value',
        '同時に選べないものが選ばれています。どちらか一方だけを残してください。',
        'These cannot be chosen together. Keep only one of them.',
      )
    : problem(
        '/value',
        '入力欄とチェックの両方に回答があります。どちらか一方だけを残してください。',
        'Both the field and a checkbox are filled in. Keep only one of them.',
      );
}
