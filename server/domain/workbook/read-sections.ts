/** Reads the sheets with questions. Rows are found by their hidden id or, without it, by the number people see. */
import { nfkc } from '../assessment/normal-form.ts';
import type { CompiledQuestionnaire } from '../questionnaire/compile.ts';
import type { Localized, Question } from '../questionnaire/questionnaire.ts';
import type { ReadSheet } from './book.ts';
import { choiceOf, choicesOf, notAChoice, tickOf } from './read-choice.ts';
import { dayText } from './read-day.ts';
import { formulaIn, formulaWords, type TableRow, tableOf } from './table.ts';
import type { CellProblem, TypedAnswer } from './typed.ts';
import { isWord, type SectionColumn, sectionColumns, words } from './words.ts';

type Row = TableRow<SectionColumn>;
/** The row of a question and the rows of its options. */
export type QuestionRows = { question: Question; sheet: string; main: Row | null; options: Map<string, Row> };

const typedInto: readonly SectionColumn[] = [
  'answer',
  'naReason',
  'comment',
  'conditional',
  'condition',
  'planBy',
  'planMeasure',
];

/** null when the sheet is not one of ours. */
export function rowsOfSheet(
  sheet: ReadSheet,
  { byId }: CompiledQuestionnaire,
): { found: QuestionRows[]; problems: CellProblem[] } | null {
  const table = tableOf<SectionColumn>(sheet, sectionColumns, ['number', 'answer']);
  if (!table) return null;
  const found = new Map<string, QuestionRows>();
  const problems: CellProblem[] = [];
  const tell = (row: Row, column: SectionColumn, message: Localized) =>
    problems.push({ sheet: sheet.name, cell: row.at(column), questionId: null, message });
  for (const row of table) {
    const [id = '', option] = (row.text('id') || nfkc(row.text('number'))).split(':');
    const question = byId.get(id)?.question;
    if (!question) {
      if (typedInto.some((column) => row.text(column) !== '')) tell(row, 'number', noSuchQuestion);
      continue;
    }
    const rows = found.get(id) ?? { question, sheet: sheet.name, main: null, options: new Map<string, Row>() };
    found.set(id, rows);
    const value = option ?? optionByWords(question, row);
    if (value === undefined ? rows.main : rows.options.has(value)) tell(row, 'number', twice(id));
    else if (value === undefined) rows.main = row;
    else rows.options.set(value, row);
  }
  return { found: [...found.values()], problems };
}

/** Without its hidden id, the row of an option is known by the words beside it. */
function optionByWords(question: Question, row: Row): string | undefined {
  if (question.type !== 'multi' || row.text('id') !== '') return undefined;
  return question.options?.find(({ label }) => isWord(row.text('question'), label))?.value;
}

/** The answer in these rows, or what is wrong with their cells. */
export function typedAnswer({ question, sheet, main, options }: QuestionRows): TypedAnswer | readonly CellProblem[] {
  const problems: CellProblem[] = [];
  const tell = (cell: string, message: Localized) => {
    problems.push({ sheet, cell, questionId: question.id, message });
  };
  for (const row of [main, ...options.values()]) {
    const formula = row ? formulaIn(row, typedInto) : undefined;
    if (row && formula) tell(row.at(formula), formulaWords);
  }
  const choice: string[] = [];
  for (const [value, row] of options) {
    const ticked = tickOf(question, value, row.text('answer'));
    if (ticked === null) tell(row.at('answer'), notATick);
    else if (ticked) choice.push(value);
  }
  const day = (column: SectionColumn) => dayText(main?.cell(column)?.value);
  const answer = mainAnswer(question, main);
  if (answer.strange !== undefined) tell(main?.at('answer') ?? '', notAChoice(question, answer.strange));
  const conditional = main?.has('conditional') ? conditionalPart(question, main) : undefined;
  if (conditional?.strange !== undefined)
    tell(main?.at('conditional') ?? '', notAChoice(question, conditional.strange));
  if (problems.length > 0) return problems;
  return {
    question,
    sheet,
    cells: Object.fromEntries([...typedInto].map((column) => [column, main?.at(column) ?? ''])),
    choice: [...new Set([...choice, ...answer.choice])],
    typed: question.type === 'date' && answer.typed !== '' ? day('answer') : answer.typed,
    ...(main?.has('naReason') ? { naReason: said(main.text('naReason')) } : {}),
    ...(main?.has('comment') ? { comment: said(main.text('comment')) } : {}),
    ...(conditional ? { conditional } : {}),
    ...(main?.has('planBy') && main.has('planMeasure')
      ? { plan: { by: said(day('planBy')), measure: said(main.text('planMeasure')) } }
      : {}),
    records: [],
  };
}

type Read = { choice: readonly string[]; typed: string; strange?: string };

function mainAnswer(question: Question, main: Row | null): Read {
  const text = main?.text('answer') ?? '';
  if (text === '' || question.type === 'text') return { choice: [], typed: text };
  if (question.type === 'certificates' && isWord(text, words.onRecords)) return { choice: [], typed: '' };
  return readValue(question, text);
}

function conditionalPart(question: Question, main: Row) {
  const text = said(main.text('conditional'));
  const condition = said(main.text('condition'));
  return { ...(text === '' ? { choice: [], typed: '' } : readValue(question, text)), condition };
}

/** Numbers and days are read later, with everything else that is typed. */
function readValue(question: Question, text: string): Read {
  if (question.type === 'number' || question.type === 'date') {
    const choice = choiceOf(question, text);
    return choice === null ? { choice: [], typed: text } : { choice: [choice], typed: '' };
  }
  const { values, strange } = choicesOf(question, text);
  const several = question.type !== 'multi' && values.length > 1;
  return { choice: values, typed: '', ...(strange.length > 0 || several ? { strange: strange[0] ?? text } : {}) };
}

/** The dash of a cell that takes nothing. */
function said(text: string): string {
  return text === words.nothing.ja ? '' : text;
}

const noSuchQuestion: Localized = {
  ja: 'この行がどの設問の回答か分かりません。「番号」の列に、この質問票の設問番号を入力してください。',
  en: 'It cannot be told which question this row answers. Fill in the question number in the column “No.”.',
};

const notATick: Localized = {
  ja: '当てはまる場合は○を選び、当てはまらない場合は空にしてください。説明は、設問の行の「補足」に記入してください。',
  en: 'Choose ○ where the option applies and leave the cell empty where it does not. Explain in “Comment” of the question’s row.',
};

function twice(id: string): Localized {
  return {
    ja: `${id} の行が2つ以上あります。回答が書かれている行を1つだけ残し、ほかの行を削除してください。`,
    en: `There is more than one row for ${id}. Keep the one with your answer and delete the others.`,
  };
}
