/** The hidden sheet that says which request a workbook belongs to, and what each answer was when it was made. */
import type { ReadBook, Sheet } from './book.ts';

const META = '_meta';
const FORMAT = 'kantoku/workbook/1';

/** What an answer was: `fingerprint` is a digest of its content. */
export type Exported = { readonly questionId: string; readonly revision: number; readonly fingerprint: string };

export type Meta = {
  /** Id and reference of the request; the reference is for people. */
  readonly assessmentId: string;
  readonly reference: string;
  readonly questionnaireHash: string;
  readonly exportedAt: string;
  readonly answers: readonly Exported[];
};

/** `mac` is the authentication code of `signedText(meta)`. */
export function metaSheet(meta: Meta, mac: string): Sheet {
  const { answers, ...head } = meta;
  const lines = [FORMAT, JSON.stringify(head), mac];
  return {
    name: META,
    state: 'hidden',
    columns: [{ width: 40 }, { width: 10 }, { width: 30 }],
    rows: [
      ...lines.map((line) => ({ cells: [{ value: line }] })),
      ...answers.map(({ questionId, revision, fingerprint }) => ({
        cells: [{ value: questionId }, { value: String(revision) }, { value: fingerprint }],
      })),
    ],
  };
}

/** The text the code is made of: every member, in a fixed order. */
export function signedText({ assessmentId, reference, questionnaireHash, exportedAt, answers }: Meta): string {
  return JSON.stringify([
    FORMAT,
    assessmentId,
    reference,
    questionnaireHash,
    exportedAt,
    answers.map(({ questionId, revision, fingerprint }) => [questionId, revision, fingerprint]),
  ]);
}

/** null when the workbook holds no such sheet, or one that is not as we write it. Nothing in it may be trusted before `mac` holds. */
export function readMeta(book: ReadBook): { meta: Meta; mac: string } | null {
  const sheet = book.sheets.find(({ name }) => name === META);
  const rows = (sheet?.rows ?? []).map(({ cells }) => cells.map(({ value }) => String(value)));
  const [[format] = [], [head = ''] = [], [mac = ''] = [], ...rest] = rows;
  if (format !== FORMAT) return null;
  const facts = readHead(head);
  const answers = rest.map(([questionId = '', revision = '', fingerprint = '']) => ({
    questionId,
    revision: /^\d{1,9}$/.test(revision) ? Number(revision) : -1,
    fingerprint,
  }));
  if (!facts || answers.some(({ revision }) => revision < 0)) return null;
  return { meta: { ...facts, answers }, mac };
}

function readHead(text: string): Omit<Meta, 'answers'> | null {
  try {
    const head: unknown = JSON.parse(text);
    if (typeof head !== 'object' || head === null) return null;
    const { assessmentId, reference, questionnaireHash, exportedAt } = head as Record<string, unknown>;
    const all = [assessmentId, reference, questionnaireHash, exportedAt];
    if (!all.every((one) => typeof one === 'string')) return null;
    return { assessmentId, reference, questionnaireHash, exportedAt } as Omit<Meta, 'answers'>;
  } catch {
    return null;
  }
}
