/** One sheet a section: a row a question, and below a multiple choice a row an option. */
import { takesCondition, takesPlan } from '../questionnaire/add-ons.ts';
import type { Question, Section } from '../questionnaire/questionnaire.ts';
import { cellName, columnName, type Sheet } from './book.ts';
import type { ChoiceLists } from './choice-lists.ts';
import type { ExportInput } from './content.ts';
import { type Cells, type Line, linesOf } from './question-lines.ts';
import { type SectionColumn, sectionColumns } from './words.ts';

const HEAD = 3;

export function sectionSheet(input: ExportInput, section: Section, name: string, lists: ChoiceLists): Sheet {
  const { locale, compiled, facts, own } = input;
  const questions = section.questions.filter(({ id }) => own.has(id));
  const columns = columnsFor(questions, input.plans);
  const lines = questions.flatMap((question) => {
    const asked = compiled.byId.get(question.id);
    return asked ? linesOf(input, asked, lists) : [];
  });
  const row = (cells: Cells) => ({ cells: columns.map((column) => cells[column] ?? null) });
  return {
    name,
    state: 'visible',
    columns: columns.map((column) => ({
      width: sectionColumns[column].width,
      ...(column === 'id' ? { hidden: true as const } : {}),
    })),
    rows: [
      { height: 28, ...row({ number: { value: section.title[locale], look: 'title' } }) },
      { height: 18, ...row({ number: { value: hint(input), look: 'note' } }) },
      {
        height: 32,
        cells: columns.map((column) => ({ value: sectionColumns[column].head[locale], look: 'head' as const })),
      },
      ...lines.map(({ cells }) => row(cells)),
    ],
    frozen: { rows: HEAD, columns: 2 },
    headRow: HEAD,
    highlights: highlightsOf(lines, columns),
    footer: `${facts.reference}　${facts.customer}　${section.title[locale]}`,
  };
}

/** What no question of the sheet can be given has no column. */
function columnsFor(questions: readonly Question[], plans: boolean): SectionColumn[] {
  const all = Object.keys(sectionColumns) as SectionColumn[];
  const conditions = questions.some(takesCondition);
  const planned = plans && questions.some(takesPlan);
  return all.filter((column) => {
    if (column === 'conditional' || column === 'condition') return conditions;
    return column === 'planBy' || column === 'planMeasure' ? planned : true;
  });
}

function hint({ locale, facts }: ExportInput): string {
  return {
    ja: `枠の濃いセルに記入してください。黄色は未回答、薄い黄色はほかの回答によって対象になる設問です。提出期限：${facts.dueOn}`,
    en: `Fill in the cells with the darker frame. Yellow: unanswered; pale yellow: may apply, depending on other answers. Due: ${facts.dueOn}`,
  }[locale];
}

/** Colours the answer cell of a question while it, and every option row below it, is empty. */
function highlightsOf(lines: readonly Line[], columns: readonly SectionColumn[]) {
  const column = columns.indexOf('answer') + 1;
  return lines.flatMap(({ isQuestion, applies, options }, index) => {
    if (!isQuestion) return [];
    const row = HEAD + 1 + index;
    const cell = cellName(column, row);
    const below = `${columnName(column)}${row}:${columnName(column)}${row + options}`;
    return [{ range: cell, formula: `COUNTA(${below})=0`, pale: !applies }];
  });
}
