/** The one file that knows the spreadsheet library: to change the library, change this file. */
import { type Cell as LibraryCell, ValueType, Workbook, type Worksheet } from '@cj-tech-master/excelts';
import type { Book, Cell, ReadBook, ReadCell, ReadRow, Sheet } from '../domain/workbook/book.ts';
import { heightOf } from './spreadsheet-heights.ts';
import { blankFills, formats, looks } from './spreadsheet-looks.ts';

/** The same book gives the same bytes. */
export async function writeXlsx(book: Book): Promise<Uint8Array> {
  const workbook = new Workbook();
  const madeAt = new Date(book.madeAt);
  Object.assign(workbook, { creator: book.creator, lastModifiedBy: book.creator, title: book.title });
  Object.assign(workbook, { created: madeAt, modified: madeAt });
  for (const sheet of book.sheets) await writeSheet(workbook, sheet);
  return new Uint8Array(await workbook.xlsx.writeBuffer({ zip: { modTime: madeAt } }));
}

async function writeSheet(workbook: Workbook, sheet: Sheet): Promise<void> {
  const { frozen } = sheet;
  const written = workbook.addWorksheet(sheet.name, {
    state: sheet.state === 'hidden' ? 'veryHidden' : 'visible',
    views: [
      frozen
        ? { state: 'frozen', xSplit: frozen.columns, ySplit: frozen.rows, showGridLines: false }
        : { showGridLines: false },
    ],
    headerFooter: sheet.footer === undefined ? {} : { oddFooter: `&L&8${escaped(sheet.footer)}&R&8&P / &N` },
  });
  Object.assign(written.pageSetup, {
    paperSize: 9,
    orientation: sheet.orientation ?? 'landscape',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
    ...(sheet.headRow === undefined ? {} : { printTitlesRow: `${sheet.headRow}:${sheet.headRow}` }),
  });
  for (const [index, { width, hidden = false }] of sheet.columns.entries()) {
    Object.assign(written.getColumn(index + 1), { width, hidden });
  }
  writeRows(written, sheet);
  writeHighlights(written, sheet);
  if (sheet.state === 'visible') await protect(written);
}

function writeRows(written: Worksheet, { rows, columns, headRow }: Sheet): void {
  for (const [index, { cells, height }] of rows.entries()) {
    const row = written.getRow(index + 1);
    row.height = height ?? heightOf(cells, columns);
    // Not fixed: it grows with what is typed.
    row.customHeight = height !== undefined;
    for (const [column, cell] of cells.entries()) if (cell) writeCell(row.getCell(column + 1), cell);
  }
  if (headRow === undefined) return;
  const from = { row: headRow, col: 1 };
  written.autoFilter = { from, to: { row: Math.max(rows.length, headRow), col: columns.length } };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function writeCell(target: LibraryCell, { value, look, format, list, prompt }: Cell): void {
  target.value = format === 'date' && typeof value === 'string' && DAY.test(value) ? new Date(value) : value;
  if (look !== undefined) target.style = { ...looks[look] };
  if (format !== undefined) target.numFmt = formats[format];
  const message = prompt === undefined ? {} : { showInputMessage: true, prompt };
  if (list !== undefined) {
    target.dataValidation = { type: 'list', formulae: [list], allowBlank: true, showErrorMessage: false, ...message };
  } else if (prompt !== undefined) target.dataValidation = { type: 'any', ...message };
}

function writeHighlights(written: Worksheet, { highlights = [] }: Sheet): void {
  for (const [index, { range, formula, pale }] of highlights.entries()) {
    const rules = [
      {
        type: 'expression' as const,
        formulae: [formula],
        priority: index + 1,
        style: { fill: blankFills[pale ? 'pale' : 'strong'] },
      },
    ];
    written.addConditionalFormatting({ ref: range, rules });
  }
}

/** Against accidents, not against people: there is no password, and everything that helps reading stays allowed. */
async function protect(written: Worksheet): Promise<void> {
  const allowed = ['formatCells', 'formatColumns', 'formatRows', 'insertRows', 'sort', 'autoFilter'];
  await written.protect('', Object.fromEntries(allowed.map((name) => [name, true])));
}

/** `&` begins a command in headers and footers. */
function escaped(text: string): string {
  return text.replaceAll('&', '&&');
}

/** Far more than our own workbooks hold. */
const limits = { sheets: 60, rows: 3_000, columns: 100, text: 40_000 };
/**
 * Cells and characters of one workbook that are handed over. A shared string is stored once in the file and once in the memory of
 * the thread, but copied for every cell on the way out: 200 KB with one long text in 100,000 cells would end the process.
 */
const most = { cells: 200_000, characters: 5_000_000 };
type Left = { cells: number; characters: number };

/** Every cell that holds something; null when that is too much. Rejects when the bytes are no workbook. */
export async function readXlsx(bytes: Uint8Array): Promise<ReadBook | null> {
  const workbook = new Workbook();
  await workbook.xlsx.load(bytes);
  const { worksheets } = workbook;
  const left = { ...most };
  const sheets = worksheets
    .slice(0, limits.sheets)
    .map((sheet) => ({ name: storable(sheet.name), rows: readRows(sheet, left) }));
  if (left.cells < 0 || left.characters < 0) return null;
  const cut = worksheets.length > limits.sheets || worksheets.some(({ rowCount }) => rowCount > limits.rows);
  return { sheets, cut };
}

function readRows(sheet: Worksheet, left: Left): ReadRow[] {
  const rows: ReadRow[] = [];
  sheet.eachRow((row, number) => {
    if (number > limits.rows) return;
    const cells: ReadCell[] = [];
    row.eachCell((cell, column) => {
      const read = column <= limits.columns && left.cells >= 0 && left.characters >= 0 ? readCell(cell, column) : null;
      if (!read) return;
      left.cells -= 1;
      left.characters -= String(read.value).length;
      cells.push(read);
    });
    if (cells.length > 0) rows.push({ number, cells });
  });
  return rows;
}

function readCell(cell: LibraryCell, column: number): ReadCell | null {
  if (cell.type === ValueType.Formula || cell.formula) return { column, value: '', formula: true };
  // A merged area holds its value once.
  if (cell.isMerged && cell.master.address !== cell.address) return null;
  const { value } = cell;
  if (typeof value === 'number' || typeof value === 'boolean') return { column, value };
  if (value instanceof Date) return { column, value: value.toISOString().slice(0, 10) };
  const text = storable(cell.text.slice(0, limits.text));
  return text === '' ? null : { column, value: text };
}

/** XML and its `_x0000_` can spell what PostgreSQL cannot hold: U+0000, and half of a surrogate pair. */
function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
