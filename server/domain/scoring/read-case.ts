/** Reads a case from untrusted JSON. Closed objects: an unknown field may be a misspelt answer, so it is refused. */
import { isCalendarDate } from '../questionnaire/calendar-date.ts';
import { pointer } from '../questionnaire/problem.ts';
import { CaseError } from './case-error.ts';
import type { Case } from './evaluation.ts';

export type NamedCase = {
  readonly id: string | number | null;
  /** `<id>` or `<id>@<version>`; absent means the default questionnaire. */
  readonly questionnaire?: string;
  readonly input: Case;
};

type Fields = Readonly<Record<string, unknown>>;

/** `title` and `expected` stand in worked examples and are ignored. */
const CASE_FIELDS = ['id', 'asOf', 'mode', 'context', 'answers', 'questionnaire', 'title', 'expected'];
const ANSWER_FIELDS = ['value', 'naReason', 'naRejected', 'evidence', 'comment', 'plan', 'conditional'];

/** Throws CaseError for the first thing that does not fit. Whether answers fit their questions is for `evaluate` to say. */
export function readCase(value: unknown): NamedCase {
  const fields = closedObject(value, CASE_FIELDS, '');
  const id = caseId(fields);
  const { asOf, mode, questionnaire } = fields;
  if (!isCalendarDate(asOf))
    refuse(
      '/asOf',
      '評価基準日 asOf を実在する日のYYYY-MM-DDの形で指定してください。',
      'Give asOf as a real date written YYYY-MM-DD.',
    );
  if (mode !== 'provisional' && mode !== 'final')
    refuse('/mode', 'mode は provisional か final で指定してください。', 'Give mode as provisional or final.');
  if (questionnaire !== undefined && typeof questionnaire !== 'string') {
    refuse(
      '/questionnaire',
      'questionnaire は質問票のIDを文字列で指定してください。',
      'Give questionnaire as the id of a questionnaire.',
    );
  }
  const answers = plainObject(fields.answers, '/answers');
  for (const [question, answer] of Object.entries(answers))
    closedObject(answer, ANSWER_FIELDS, pointer('answers', question));
  return {
    id,
    questionnaire,
    input: { asOf, mode, context: context(fields.context), answers: answers as Case['answers'] },
  };
}

/** The id of a case that may be broken elsewhere, so that its error can be told apart. */
export function caseId(value: unknown): string | number | null {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
  if (id === null || typeof id === 'string' || typeof id === 'number') return id;
  return refuse('/id', 'id は文字列か数値で指定してください。', 'Give id as text or a number.');
}

function context(value: unknown): Case['context'] {
  if (value === undefined) return undefined;
  const { customerIsEntrustee } = closedObject(value, ['customerIsEntrustee'], '/context');
  if (customerIsEntrustee === undefined || typeof customerIsEntrustee === 'boolean') return { customerIsEntrustee };
  return refuse('/context/customerIsEntrustee', 'true か false で指定してください。', 'Give true or false.');
}

function closedObject(value: unknown, known: readonly string[], path: string): Fields {
  const fields = plainObject(value, path);
  const unknown = Object.keys(fields).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    refuse(
      path + pointer(unknown),
      `「${unknown}」という項目はありません。使えるのは ${known.join('、')} です。`,
      `There is no field "${unknown}". Known fields are ${known.join(', ')}.`,
    );
  }
  return fields;
}

function plainObject(value: unknown, path: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  return refuse(path, '項目と値の組（JSONオブジェクト）で指定してください。', 'Give a JSON object here.');
}

function refuse(path: string, ja: string, en: string): never {
  throw new CaseError('invalid_case', { ja, en }, path);
}
