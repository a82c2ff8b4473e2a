/** What a workbook says, cell by cell, before it is read as answers. */
import type { Localized, Question } from '../questionnaire/questionnaire.ts';
import type { RecordColumn, SectionColumn } from './words.ts';

/** Something to mend in the file. `cell` is `D7`; '' means the sheet as a whole. */
export type CellProblem = {
  readonly sheet: string;
  readonly cell: string;
  /** null: about no question in particular. */
  readonly questionId: string | null;
  readonly message: Localized;
};

/**
 * The answer to one question as typed. Parts whose column is not in the file are absent: they stay as they are.
 * `cells` tells where each part stands.
 */
export type TypedAnswer = {
  readonly question: Question;
  readonly sheet: string;
  readonly cells: Readonly<Partial<Record<SectionColumn, string>>>;
  /** Values of options, and `none`, `unknown`, `na`, or `empty` (no certificates). */
  readonly choice: readonly string[];
  /** Number, date or text. */
  readonly typed: string;
  readonly naReason?: string;
  readonly comment?: string;
  readonly conditional?: { readonly choice: readonly string[]; readonly typed: string; readonly condition: string };
  readonly plan?: { readonly by: string; readonly measure: string };
  readonly records: readonly TypedRecord[];
};
export type TypedRecord = {
  readonly sheet: string;
  readonly cells: Readonly<Partial<Record<RecordColumn, string>>>;
  readonly fields: Readonly<Partial<Record<RecordColumn, string>>>;
};

/** `answers` holds questions without a problem of their cells; `problems` of all kinds, in the order of the file. */
export type ReadWorkbook = { readonly answers: readonly TypedAnswer[]; readonly problems: readonly CellProblem[] };
