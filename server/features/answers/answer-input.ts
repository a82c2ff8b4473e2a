/** What arrives as an answer, before the questionnaire is asked whether it fits: its outer shape, its length, its characters. */
import { nfc } from '../../domain/assessment/normal-form.ts';
import type {
  AnswerPlan,
  AnswerValue,
  CertificateRecord,
  ConditionalAnswer,
} from '../../domain/questionnaire/answer.ts';
import { type Problem, problem } from '../../domain/questionnaire/problem.ts';
import type { Question } from '../../domain/questionnaire/questionnaire.ts';
import type { AnswerSource } from './save-answer.store.ts';

/** `revision` is the one the respondent saw; 0 where nothing was saved yet. What is absent stays as it is; `value: null` clears. */
export type AnswerInput = {
  revision: number;
  value?: AnswerValue;
  naReason?: string;
  comment?: string;
  withheld?: string;
  plan?: AnswerPlan | null;
  conditional?: ConditionalAnswer | null;
  source?: AnswerSource;
};

export const limits = { text: 10_000, remark: 4_000, recordText: 1_000, records: 20, listed: 100 } as const;

/** Text as it is kept: NFC, line breaks as LF, no control characters (the database cannot hold NUL) and no half surrogate pairs. */
export function cleanText(typed: string): string {
  return nfc(typed.toWellFormed())
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '');
}

/** The value with its texts cleaned, or the problem of a value that no question could take. */
export function readValue(value: unknown): { value: AnswerValue } | { problem: Problem } {
  if (value === null || (typeof value === 'number' && Number.isFinite(value))) return { value };
  if (typeof value === 'string') return { value: cleanText(value) };
  if (Array.isArray(value) && value.length <= limits.listed) {
    if (value.every((item) => typeof item === 'string')) return { value: value.map(cleanText) };
    if (value.every(isFlatRecord)) return { value: value.map(cleanRecord) };
  }
  return {
    problem: problem(
      '/value',
      '回答の形が正しくありません。選択肢の値、数値、文字列、またはその一覧で指定してください。',
      'An answer has to be an option, a number, text or a list of these.',
    ),
  };
}

/** Lengths, and what a respondent may not say about itself; the questionnaire's own rules come on top. Paths start at the answer. */
export function limitProblems(question: Question, value: AnswerValue | undefined): readonly Problem[] {
  if (typeof value === 'string' && value.length > limits.text) return [tooLong('/value', limits.text)];
  if (question.type !== 'certificates' || !Array.isArray(value)) return [];
  const records = value as readonly CertificateRecord[];
  // Words where records belong are for the questionnaire to refuse.
  const found = records.flatMap((record, index) =>
    isFlatRecord(record) ? recordProblems(record, `/value/${index}`) : [],
  );
  if (records.length > limits.records) {
    found.push(
      problem(
        '/value',
        `認証の記録は${limits.records}件まで登録できます。主なものに絞ってください。`,
        `At most ${limits.records} records can be given. Keep the main ones.`,
      ),
    );
  }
  return found;
}

export function tooLong(path: string, length: number): Problem {
  return problem(
    path,
    `${length.toLocaleString('ja')}文字以内で入力してください。詳しい資料は証跡として添付できます。`,
    `Use at most ${length.toLocaleString('en')} characters. Details can be attached as evidence.`,
  );
}

function recordProblems(record: CertificateRecord, path: string): Problem[] {
  const found = Object.entries(record)
    .filter(([, text]) => typeof text === 'string' && text.length > limits.recordText)
    .map(([name]) => tooLong(`${path}/${name}`, limits.recordText));
  if ('evidence' in record) {
    found.push(
      problem(
        `${path}/evidence`,
        '証跡の状態は審査で決まるため、回答では指定できません。証跡のファイルを添付してください。',
        'The state of evidence is decided in the review. Attach the file instead.',
      ),
    );
  }
  return found;
}

function isFlatRecord(item: unknown): item is Record<string, unknown> {
  return (
    typeof item === 'object' &&
    item !== null &&
    !Array.isArray(item) &&
    Object.values(item).every((field) => field === null || typeof field !== 'object')
  );
}

function cleanRecord(record: Record<string, unknown>): CertificateRecord {
  const entries = Object.entries(record).map(([name, field]) => [
    cleanText(name),
    typeof field === 'string' ? cleanText(field) : field,
  ]);
  return Object.fromEntries(entries);
}
