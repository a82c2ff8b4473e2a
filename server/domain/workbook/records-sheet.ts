/** The sheet with certificates and reports: a row a record, with spare rows for each question. */
import type { CertificateRecord } from '../questionnaire/answer.ts';
import type { Question } from '../questionnaire/questionnaire.ts';
import type { Cell, Sheet } from './book.ts';
import type { ChoiceLists } from './choice-lists.ts';
import type { ExportInput } from './content.ts';
import { type RecordColumn, recordColumns, recordQuestion, sectionColumns, words } from './words.ts';

const SPARE = 3;
const HEAD = 3;
const dates: readonly RecordColumn[] = ['registeredOn', 'expires', 'auditPeriodEnd', 'periodEnd'];
const names = Object.keys(recordColumns) as RecordColumn[];

/** null when the person answers no question about certificates. */
export function recordsSheet(input: ExportInput, lists: ChoiceLists): Sheet | null {
  const { locale, compiled, own, facts } = input;
  const questions = compiled.questions
    .map(({ question }) => question)
    .filter(({ id, type }) => type === 'certificates' && own.has(id));
  if (questions.length === 0) return null;
  const columns = [
    recordQuestion.question,
    recordQuestion.text,
    ...names.map((name) => recordColumns[name]),
    sectionColumns.evidence,
    sectionColumns.id,
  ];
  return {
    name: words.records[locale],
    state: 'visible',
    columns: columns.map(({ width }, index) => ({ width, ...(index === columns.length - 1 ? { hidden: true } : {}) })),
    rows: [
      { height: 28, cells: [{ value: words.records[locale], look: 'title' }] },
      { height: 18, cells: [{ value: hint[locale], look: 'note' }] },
      { height: 32, cells: columns.map(({ head }) => ({ value: head[locale], look: 'head' })) },
      ...questions.flatMap((question) => rowsOf(input, question, lists)),
    ],
    frozen: { rows: HEAD, columns: 2 },
    headRow: HEAD,
    footer: `${facts.reference}　${facts.customer}　${words.records[locale]}`,
  };
}

const hint = {
  ja: '認証・報告書1件を1行に記入してください。行が足りないときは、行を挿入して「設問番号」も記入してください。不要な行は空のままで構いません。',
  en: 'One row for each certificate or report. If you need more rows, insert them and fill in the question number too. Rows left empty are ignored.',
};

function rowsOf(input: ExportInput, question: Question, lists: ChoiceLists): Sheet['rows'] {
  const value = input.answers.get(question.id)?.value;
  const records = Array.isArray(value) ? (value as readonly CertificateRecord[]) : [];
  return Array.from({ length: records.length + SPARE }, (_, index) => {
    const record: Partial<CertificateRecord> = records[index] ?? {};
    const id = `${question.id}#${index + 1}`;
    return {
      cells: [
        { value: question.id, look: 'key' },
        { value: question.text[input.locale], look: 'muted' },
        ...names.map((name) => recordCell(name, record, { input, question, lists })),
        { value: (input.files.get(id) ?? []).join('\n'), look: 'muted' },
        { value: id, look: 'code' },
      ],
    };
  });
}

type Context = { input: ExportInput; question: Question; lists: ChoiceLists };

function recordCell(name: RecordColumn, record: Partial<CertificateRecord>, { input, question, lists }: Context): Cell {
  const { locale, compiled } = input;
  if (name === 'kind') {
    const kinds = (compiled.questionnaire.certificateKinds ?? []).filter(({ id }) =>
      question.certificateKinds?.includes(id),
    );
    const chosen = kinds.find(({ id }) => id === record.kind)?.label[locale] ?? record.kind ?? null;
    return { value: chosen, look: 'answer', list: lists.range(kinds.map(({ label }) => label[locale])) };
  }
  if (name === 'scopeIncludesService') {
    const { included, notIncluded } = words;
    const value = record[name] === undefined ? null : (record[name] ? included : notIncluded)[locale];
    return { value, look: 'answer', list: lists.range([included[locale], notIncluded[locale]]) };
  }
  if (name === 'status') {
    const value = record.status === 'pending' ? words.tick[locale] : null;
    return { value, look: 'choice', list: lists.range([words.tick[locale]]) };
  }
  const format = dates.includes(name) ? 'date' : 'text';
  return { value: record[name] ?? null, look: 'answer', format };
}
