import type { Cell, Sheet } from '../domain/workbook/book.ts';
import { looks } from './spreadsheet-looks.ts';

/** Excel's largest row. */
const HIGHEST = 409;
const LOWEST = 18;

/**
 * Height in points at which the texts of a row can be read, estimated: spreadsheet programs work it out again themselves, but not
 * all of them when a file is opened. Full-width characters take the room of two.
 */
export function heightOf(cells: readonly (Cell | null)[], columns: Sheet['columns']): number {
  const heights = cells.map((cell, index) => {
    const { width, hidden } = columns[index] ?? { width: 10 };
    if (!cell?.look || hidden || typeof cell.value !== 'string') return 0;
    const { font, alignment } = looks[cell.look];
    if (!alignment.wrapText) return 0;
    const room = Math.max(2, (width - 1 - 2 * (alignment.indent ?? 0)) * (11.5 / font.size));
    return linesOf(cell.value, room) * font.size * 1.35 + 6;
  });
  return Math.min(HIGHEST, Math.max(LOWEST, ...heights));
}

function linesOf(text: string, room: number): number {
  return text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / room)), 0);
}

function widthOf(line: string): number {
  let width = 0;
  for (const sign of line) width += sign < '\u2000' ? 1 : 2;
  return width;
}
