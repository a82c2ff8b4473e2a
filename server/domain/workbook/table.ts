/** Finds the table on a sheet by its headings, wherever its rows and columns have gone. */
import type { Localized } from '../questionnaire/questionnaire.ts';
import { cellName, type ReadCell, type ReadSheet } from './book.ts';
import { plain } from './words.ts';

export type TableRow<Column extends string> = {
  readonly number: number;
  /** Where a column stands in this row, such as `D7`; '' when the file has no such column. */
  at(column: Column): string;
  has(column: Column): boolean;
  /** Text of a cell, trimmed; '' for an empty one and for a formula. */
  text(column: Column): string;
  cell(column: Column): ReadCell | undefined;
};

/** People put a title above, never a page of text. */
const HIGHEST_HEAD = 20;
/** Nor do they make a heading of one; with blanks around it may be longer than it looks. */
const LONGEST_HEAD = 200;

/** Rows below the headings; null when a column of `needed` has no heading. Columns may stand in any order. */
export function tableOf<Column extends string>(
  sheet: ReadSheet,
  columns: Readonly<Record<Column, { head: Localized }>>,
  needed: readonly Column[],
): readonly TableRow<Column>[] | null {
  const names = namesOf(columns);
  for (const { number, cells } of sheet.rows) {
    if (number > HIGHEST_HEAD) return null;
    const places = new Map<Column, number>();
    for (const { column, value } of cells) {
      const name = typeof value === 'string' && value.length <= LONGEST_HEAD ? names.get(plain(value)) : undefined;
      if (name !== undefined && !places.has(name)) places.set(name, column);
    }
    if (needed.every((name) => places.has(name))) return rowsBelow(sheet, number, places);
  }
  return null;
}

/** Columns by their headings in either language. */
function namesOf<Column extends string>(
  columns: Readonly<Record<Column, { head: Localized }>>,
): ReadonlyMap<string, Column> {
  const names = Object.keys(columns) as Column[];
  // The first of two columns with one heading is meant.
  return new Map(
    names
      .toReversed()
      .flatMap((name) => [columns[name].head.en, columns[name].head.ja].map((head) => [plain(head), name])),
  );
}

function rowsBelow<Column extends string>(
  { rows }: ReadSheet,
  head: number,
  places: ReadonlyMap<Column, number>,
): TableRow<Column>[] {
  return rows
    .filter(({ number }) => number > head)
    .map(({ number, cells }) => {
      const byColumn = new Map(cells.map((cell) => [cell.column, cell]));
      const cell = (column: Column) => byColumn.get(places.get(column) ?? 0);
      const textOf = (read: ReadCell | undefined) => (read === undefined ? '' : String(read.value).trim());
      return {
        number,
        at: (column) => (places.has(column) ? cellName(places.get(column) ?? 0, number) : ''),
        has: (column) => places.has(column),
        text: (column) => textOf(cell(column)),
        cell,
      };
    });
}

/** The first of the columns whose cell holds a formula. */
export function formulaIn<Column extends string>(
  row: TableRow<Column>,
  columns: readonly Column[],
): Column | undefined {
  return columns.find((column) => row.cell(column)?.formula === true);
}

export const formulaWords: Localized = {
  ja: '数式が入力されています。数式は読み込みません。結果の値だけを入力し直してください（コピーして「値の貼り付け」）。',
  en: 'This cell holds a formula, which is not taken. Type the value instead (copy, then “Paste values”).',
};
