/** A workbook as plain data, whatever library writes or reads the file: what goes in, and what came back. */

/** How a cell looks. `answer` and `choice` can be typed into while the sheet is protected; all others are locked. */
export type Look =
  | 'title'
  | 'heading'
  | 'lead'
  | 'note'
  | 'warning'
  | 'head'
  | 'key'
  | 'text'
  | 'muted'
  | 'option'
  | 'answer'
  | 'choice'
  | 'code';

export type Cell = {
  /** Always written as what it is: text stays text whatever it begins with. */
  readonly value: string | number | null;
  readonly look?: Look;
  /** `date` takes and shows days; `text` keeps what is typed. */
  readonly format?: 'text' | 'number' | 'date';
  /** Range that holds the choices, such as `'_choices'!$A$1:$A$4`. */
  readonly list?: string;
  /** Shown while the cell is selected. */
  readonly prompt?: string;
};

export type Sheet = {
  readonly name: string;
  /** `hidden`: cannot be shown from Excel's menu (veryHidden). */
  readonly state: 'visible' | 'hidden';
  readonly columns: readonly { readonly width: number; readonly hidden?: true }[];
  /** Row heights in points; absent: as high as the text. */
  readonly rows: readonly { readonly cells: readonly (Cell | null)[]; readonly height?: number }[];
  readonly frozen?: { readonly rows: number; readonly columns: number };
  /** Row repeated on every printed page, and where the filter buttons are; from 1. */
  readonly headRow?: number;
  /** Cells that are coloured while the formula holds, `pale` ones less; the formula is that of the first cell of the range. */
  readonly highlights?: readonly { readonly range: string; readonly formula: string; readonly pale?: boolean }[];
  readonly orientation?: 'portrait' | 'landscape';
  /** Printed at the foot of each page, beside the page number. */
  readonly footer?: string;
};

export type Book = {
  readonly title: string;
  readonly creator: string;
  /** The only instant in the file (ISO 8601), so that equal content gives equal bytes. */
  readonly madeAt: string;
  readonly sheets: readonly Sheet[];
};

/** `column` and row `number` count from 1. Days arrive as YYYY-MM-DD. Cells with formulas carry no value. */
export type ReadCell = {
  readonly column: number;
  readonly value: string | number | boolean;
  readonly formula?: true;
};
export type ReadRow = { readonly number: number; readonly cells: readonly ReadCell[] };
export type ReadSheet = { readonly name: string; readonly rows: readonly ReadRow[] };
/** `cut`: there were more rows or sheets than are read. */
export type ReadBook = { readonly sheets: readonly ReadSheet[]; readonly cut: boolean };

/** `C7` of column 3, row 7. */
export function cellName(column: number, row: number): string {
  return `${columnName(column)}${row}`;
}

export function columnName(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return (rest > 0 ? columnName(rest) : '') + String.fromCharCode(65 + ((column - 1) % 26));
}
