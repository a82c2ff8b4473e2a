/** From the cells of a workbook to answers that fit, read exactly as the web pages read what is typed there. */
import type { CompiledQuestionnaire } from '../../domain/questionnaire/compile.ts';
import type { Problem } from '../../domain/questionnaire/problem.ts';
import type { Content } from '../../domain/workbook/content.ts';
import type { Exported } from '../../domain/workbook/meta.ts';
import type { CellProblem, TypedAnswer, TypedRecord } from '../../domain/workbook/typed.ts';
import type { RecordColumn, SectionColumn } from '../../domain/workbook/words.ts';
import { type AnswerForm, storedForm } from '../answers/answer-form.ts';
import { isFilled, readAnswer } from '../answers/answer-of-form.ts';
import type { AnswerRow } from '../answers/answers.store.ts';

/** What the workbook says about one question; parts it has no column for are absent. */
export type ReadEntry = {
  questionId: string;
  sheet: string;
  cell: string;
  content: Partial<Content> & Pick<Content, 'value'>;
};

/** An uploaded workbook, read and checked: kept until it is applied. `base` is what the answers were when it was made. */
export type ReadImport = {
  sha256: string;
  exportedAt: string;
  base: readonly Exported[];
  entries: readonly ReadEntry[];
  problems: readonly CellProblem[];
};

export function readEntries(
  typed: readonly TypedAnswer[],
  own: ReadonlySet<string>,
  rows: ReadonlyMap<string, AnswerRow>,
): { entries: ReadEntry[]; problems: CellProblem[] } {
  const entries: ReadEntry[] = [];
  const problems: CellProblem[] = [];
  for (const one of typed) {
    const { question, sheet, cells } = one;
    if (!own.has(question.id)) continue;
    const row = rows.get(question.id);
    const read = readAnswer(question, formOf(one, row));
    if ('problems' in read) problems.push(...read.problems.map((problem) => placed(problem, one)));
    else {
      const { value, naReason, comment, plan, conditional } = read.answer;
      const content = {
        value,
        ...(one.naReason === undefined ? {} : { naReason }),
        ...(one.comment === undefined ? {} : { comment }),
        ...(one.plan === undefined || plan === undefined ? {} : { plan }),
        ...(one.conditional === undefined || conditional === undefined ? {} : { conditional }),
      };
      entries.push({ questionId: question.id, sheet, cell: cells.answer ?? '', content });
    }
  }
  return { entries, problems };
}

/** Parts the workbook has no column for are taken as they are stored. */
function formOf({ question, ...typed }: TypedAnswer, row: AnswerRow | undefined): AnswerForm {
  const stored = storedForm(question, row);
  return {
    ...stored,
    choice: typed.choice,
    typed: typed.typed,
    naReason: typed.naReason ?? stored.naReason,
    comment: typed.comment ?? stored.comment,
    records: typed.records.map(({ fields }) => fields),
    conditional: typed.conditional ?? stored.conditional,
    plan: typed.plan ?? stored.plan,
  };
}

const columns: Readonly<Record<string, SectionColumn>> = {
  '/naReason': 'naReason',
  '/comment': 'comment',
  '/conditional': 'conditional',
  '/conditional/value': 'conditional',
  '/conditional/condition': 'condition',
  '/plan': 'planMeasure',
  '/plan/by': 'planBy',
  '/plan/measure': 'planMeasure',
};

/** The cell a problem of the answer stands in. */
function placed({ path, message }: Problem, { question, sheet, cells, records }: TypedAnswer): CellProblem {
  const [, index, field] = /^\/value\/(\d+)\/(\w+)$/.exec(path) ?? [];
  const filled: readonly TypedRecord[] = records.filter(({ fields }) => isFilled(fields, question));
  const record = question.type === 'certificates' && index !== undefined ? filled[Number(index)] : undefined;
  if (record) {
    return { sheet: record.sheet, cell: record.cells[field as RecordColumn] ?? '', questionId: question.id, message };
  }
  return { sheet, cell: cells[columns[path] ?? 'answer'] ?? '', questionId: question.id, message };
}

/** How many questions of the workbook are another person's part. */
export function foreignEntries(typed: readonly TypedAnswer[], own: ReadonlySet<string>): number {
  return typed.filter(({ question }) => !own.has(question.id)).length;
}

/** Problems in the order of sections, then as they stand in the file. */
export function inOrder(problems: readonly CellProblem[], { byId, questions }: CompiledQuestionnaire): CellProblem[] {
  const place = ({ questionId }: CellProblem) => byId.get(questionId ?? '')?.index ?? questions.length;
  return [...problems].sort((a, b) => place(a) - place(b));
}
