/** Reads the sheet with certificates and reports. */
import { nfkc } from '../assessment/normal-form.ts';
import type { CompiledQuestionnaire } from '../questionnaire/compile.ts';
import type { Localized, Question } from '../questionnaire/questionnaire.ts';
import type { ReadSheet } from './book.ts';
import { dayText } from './read-day.ts';
import { formulaIn, formulaWords, type TableRow, tableOf } from './table.ts';
import type { CellProblem, TypedRecord } from './typed.ts';
import {
  isAmong,
  isWord,
  noWords,
  plain,
  type RecordColumn,
  recordColumns,
  recordQuestion,
  sectionColumns,
  words,
  yesWords,
} from './words.ts';

type Column = RecordColumn | 'question' | 'id';
type Row = TableRow<Column>;

const columns = { ...recordColumns, question: recordQuestion.question, id: sectionColumns.id };
const names = Object.keys(recordColumns) as RecordColumn[];
const dates: readonly RecordColumn[] = ['registeredOn', 'expires', 'auditPeriodEnd', 'periodEnd'];

export type ReadRecords = { records: Map<string, TypedRecord[]>; problems: CellProblem[] };

/** Records by question, those that were there before in their old order. null when the sheet is not ours. */
export function recordsOfSheet(sheet: ReadSheet, compiled: CompiledQuestionnaire): ReadRecords | null {
  const table = tableOf<Column>(sheet, columns, ['question', 'kind', 'scope']);
  if (!table) return null;
  const problems: CellProblem[] = [];
  const placed = new Map<string, { order: number; record: TypedRecord }[]>();
  for (const [index, row] of table.entries()) {
    if (names.every((name) => row.text(name) === '' && !row.cell(name)?.formula)) continue;
    const typed = nfkc(row.text('question'));
    const [hiddenId = '', place] = row.text('id').split('#');
    // Who copies a row to another question changes the number they see.
    const isKept = hiddenId === (typed || hiddenId);
    const question = compiled.byId.get(isKept ? hiddenId : typed)?.question;
    const tell = (column: Column, message: Localized) =>
      problems.push({ sheet: sheet.name, cell: row.at(column), questionId: question?.id ?? null, message });
    if (question?.type !== 'certificates') {
      tell('question', noSuchQuestion(compiled));
      continue;
    }
    const formula = formulaIn(row, names);
    if (formula) tell(formula, formulaWords);
    const { record, strange } = readRecord(question, sheet.name, row, compiled);
    for (const [column, message] of strange) tell(column, message);
    const order = isKept && /^\d{1,3}$/.test(place ?? '') ? Number(place) : 1_000 + index;
    placed.set(question.id, [...(placed.get(question.id) ?? []), { order, record }]);
  }
  const records = [...placed].map(([id, list]) => {
    const sorted = list.sort((a, b) => a.order - b.order).map(({ record }) => record);
    return [id, sorted] as const;
  });
  return { records: new Map(records), problems };
}

function readRecord(question: Question, sheet: string, row: Row, compiled: CompiledQuestionnaire) {
  const fields: Partial<Record<RecordColumn, string>> = {};
  const strange: [RecordColumn, Localized][] = [];
  for (const name of names) {
    const text = dates.includes(name) ? dayText(row.cell(name)?.value) : row.text(name);
    if (text === '') continue;
    const value = readField(name, text, question, compiled);
    if (value === null) strange.push([name, notReadable(name, question, compiled)]);
    else if (value !== '') fields[name] = value;
  }
  const cells = Object.fromEntries(names.map((name) => [name, row.at(name)]));
  return { record: { sheet, cells, fields }, strange };
}

/** null: cannot be told. */
function readField(name: RecordColumn, text: string, question: Question, compiled: CompiledQuestionnaire) {
  if (name === 'kind') {
    const kind = kindsOf(question, compiled).find(({ id, label }) => isWord(text, label) || plain(id) === plain(text));
    return kind?.id ?? null;
  }
  if (name === 'scopeIncludesService') {
    if (isWord(text, words.included) || isAmong(text, yesWords)) return 'yes';
    return isWord(text, words.notIncluded) || isAmong(text, noWords) ? 'no' : null;
  }
  if (name !== 'status') return text;
  if (isAmong(text, [...yesWords, '審査中', 'pending'])) return 'pending';
  return isAmong(text, noWords) ? '' : null;
}

function kindsOf({ certificateKinds = [] }: Question, { questionnaire }: CompiledQuestionnaire) {
  return (questionnaire.certificateKinds ?? []).filter(({ id }) => certificateKinds.includes(id));
}

function notReadable(name: RecordColumn, question: Question, compiled: CompiledQuestionnaire): Localized {
  if (name !== 'kind') {
    return {
      ja: '▼の一覧から選ぶか、空にしてください。',
      en: 'Choose from the list (▼), or leave the cell empty.',
    };
  }
  const kinds = kindsOf(question, compiled);
  return {
    ja: `${question.id} で選べる種別は次のとおりです：${kinds.map(({ label }) => label.ja).join('／')}`,
    en: `${question.id} takes these kinds: ${kinds.map(({ label }) => label.en).join(' / ')}`,
  };
}

function noSuchQuestion({ questions }: CompiledQuestionnaire): Localized {
  const ids = questions.filter(({ question }) => question.type === 'certificates').map(({ question }) => question.id);
  return {
    ja: `この行がどの設問の記録か分かりません。「設問番号」に次のいずれかを入力してください：${ids.join('、')}`,
    en: `It cannot be told which question this record belongs to. Fill in the question number: ${ids.join(', ')}`,
  };
}
