/** An answer master as a workbook, for people who keep theirs in Excel. Says the same as the JSON, field for field. */
import type { Book, Cell, Sheet } from '../workbook/book.ts';
import type { AnswerMaster } from './answer-master.ts';
import { about, headOf, type Table, tables } from './master-columns.ts';

type Value = string | number | null;
type Row = Readonly<Record<string, Value>>;

/** Excel cuts a cell at 32,767 characters; only the wording of an answer can be longer, and its value is kept elsewhere. */
const LONGEST = 32_000;

export function masterBook(master: AnswerMaster): Book {
  return {
    title: '回答マスタ',
    creator: master.vendor.name.ja,
    madeAt: master.exportedAt,
    sheets: [
      aboutSheet(master),
      tableSheet(tables.answers, master.answers.map(answerRow)),
      tableSheet(tables.records, master.answers.flatMap(recordRows)),
      tableSheet(
        tables.evidence,
        master.evidence.map((file) => ({ ...file, questions: file.questions.join('\n') })),
      ),
      tableSheet(
        tables.disclosures,
        master.disclosures.map(({ files: _, customer, attestedBy, ...rest }) => ({
          ...rest,
          ...{ 'customer.ja': customer.ja, 'customer.en': customer.en },
          ...{ 'attestedBy.name': attestedBy.name, 'attestedBy.title': attestedBy.title },
        })),
      ),
      tableSheet(
        tables.disclosedFiles,
        master.disclosures.flatMap(({ receiptNumber, files }) => files.map((sha256) => ({ receiptNumber, sha256 }))),
      ),
    ],
  };
}

const notes = [
  '貴社の回答をまとめた、貴社自身のファイルです。値の列を書き換えて更新し、次の依頼の「過去の回答を使う」から読み込めます。',
  '見出しの括弧内の項目名は変えないでください。行の追加・削除・並べ替え、列の移動はできます。数式は使えません。',
  'Your own file of your answers. Keep its values up to date and upload it under “Use earlier answers” in any later request.',
  'Do not change the names in brackets in the heads. Rows may be added, removed and sorted, columns moved. Formulas are not read.',
];

function aboutSheet({ format, label, exportedAt, vendor, questionnaire }: AnswerMaster): Sheet {
  const values: Row = {
    ...{ format, label: label ?? null, exportedAt },
    ...{ 'vendor.name.ja': vendor.name.ja, 'vendor.name.en': vendor.name.en, 'vendor.service': vendor.service },
    ...{ 'questionnaire.id': questionnaire.id, 'questionnaire.version': questionnaire.version },
    ...{ 'questionnaire.title.ja': questionnaire.title.ja, 'questionnaire.title.en': questionnaire.title.en },
  };
  return {
    name: about.name,
    state: 'visible',
    columns: [{ width: 44 }, { width: 70 }],
    rows: [
      { cells: [{ value: '回答マスタ / Answer master', look: 'title' }] },
      ...notes.map((value) => ({ cells: [{ value, look: 'note' } as const] })),
      ...about.fields.map((field) => ({
        cells: [{ value: headOf(field), look: 'head' } as const, cellOf(values[field.field] ?? null)],
      })),
    ],
  };
}

function tableSheet({ name, columns }: Table, rows: readonly Row[]): Sheet {
  return {
    name,
    state: 'visible',
    columns: columns.map(({ width }) => ({ width })),
    frozen: { rows: 1, columns: 1 },
    headRow: 1,
    orientation: 'landscape',
    rows: [
      { cells: columns.map((column): Cell => ({ value: headOf(column), look: 'head' })) },
      ...rows.map((row) => ({ cells: columns.map(({ field }) => cellOf(row[field] ?? null)) })),
    ],
  };
}

/** Everything may be edited: it is the vendor's own file. */
function cellOf(value: Value): Cell {
  if (typeof value === 'number') return { value, look: 'answer', format: 'number' };
  return { value: value === null || value === '' ? null : value.slice(0, LONGEST), look: 'answer', format: 'text' };
}

function answerRow(answer: AnswerMaster['answers'][number]): Row {
  const { question, type, text, words, value, plan, conditional, references, on } = answer;
  return {
    ...{ question, type, on, 'text.ja': text.ja, 'text.en': text.en, value: written(value) },
    ...{ 'words.ja': words.map(({ ja }) => ja).join('\n'), 'words.en': words.map(({ en }) => en).join('\n') },
    ...{ naReason: answer.naReason ?? null, comment: answer.comment ?? null, withheld: answer.withheld ?? null },
    ...{ 'plan.by': plan?.by ?? null, 'plan.measure': plan?.measure ?? null },
    'conditional.value': conditional ? written(conditional.value) : null,
    'conditional.condition': conditional?.condition ?? null,
    references: references.join('\n'),
  };
}

type MasterValue = AnswerMaster['answers'][number]['value'];

/** Records have a sheet of their own; a list of options is JSON, so that no separator can be part of an option. */
function written(value: MasterValue): Value {
  if (!Array.isArray(value)) return value;
  return typeof value[0] === 'object' ? RECORDS : JSON.stringify(value);
}
/** Stands in the value of an answer whose records are in their own sheet. */
export const RECORDS = '（認証シート / see Certificates）';

function recordRows({ question, value }: AnswerMaster['answers'][number]): Row[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((record) => {
    if (typeof record !== 'object') return [];
    const { scopeIncludesService, ...rest } = record;
    const scope = scopeIncludesService === undefined ? null : scopeIncludesService ? 'yes' : 'no';
    return { ...rest, question, scopeIncludesService: scope };
  });
}
