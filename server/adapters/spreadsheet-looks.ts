import type { Look } from '../domain/workbook/book.ts';

type Border = { style: 'thin' | 'medium'; color: { argb: string } };
type CellStyle = {
  font: { name: string; size: number; bold?: boolean; color?: { argb: string } };
  alignment: { vertical: 'top' | 'middle'; horizontal?: 'center' | 'left'; wrapText?: boolean; indent?: number };
  fill?: { type: 'pattern'; pattern: 'solid'; fgColor: { argb: string } };
  border?: { top: Border; left: Border; bottom: Border; right: Border };
  protection?: { locked: boolean };
};

/** Comes with Windows since 2018; where it is missing, Excel and LibreOffice take another Japanese gothic. */
const FONT = 'BIZ UDPGothic';
const INK = 'FF1A1A1C';
const QUIET = 'FF595959';
const BLUE = 'FF0017C1';
const LINE = 'FFC4C4C8';

export const looks: Readonly<Record<Look, CellStyle>> = {
  title: { font: font(16, { bold: true }), alignment: { vertical: 'middle' } },
  heading: { font: font(12, { bold: true, color: { argb: BLUE } }), alignment: { vertical: 'middle' } },
  lead: { font: font(10), alignment: top() },
  note: { font: font(9, { color: { argb: QUIET } }), alignment: { vertical: 'middle' } },
  warning: {
    font: font(10, { bold: true }),
    alignment: top(),
    fill: solid('FFFFF4D6'),
    border: framed({ style: 'thin', color: { argb: 'FFB78F00' } }),
  },
  head: {
    font: font(10, { bold: true, color: { argb: 'FFFFFFFF' } }),
    alignment: { vertical: 'middle', horizontal: 'center', wrapText: true },
    fill: solid('FF264AF4'),
    border: boxed(),
  },
  key: { font: font(10, { bold: true }), alignment: top(), fill: solid('FFF5F5F7'), border: boxed() },
  text: { font: font(10), alignment: top(), fill: solid('FFF5F5F7'), border: boxed() },
  muted: { font: font(9, { color: { argb: QUIET } }), alignment: top(), fill: solid('FFF5F5F7'), border: boxed() },
  option: { font: font(10), alignment: { ...top(), indent: 1 }, fill: solid('FFF5F5F7'), border: boxed() },
  answer: {
    font: font(10),
    alignment: { ...top(), horizontal: 'left' },
    border: framed(),
    protection: { locked: false },
  },
  choice: {
    font: font(11, { bold: true }),
    alignment: { vertical: 'top', horizontal: 'center', wrapText: true },
    border: framed(),
    protection: { locked: false },
  },
  code: { font: font(8, { color: { argb: QUIET } }), alignment: { vertical: 'top' } },
};

/** Of cells that are still to be answered, and of those that may yet have to be. */
export const blankFills = { strong: filled('FFFFF3B8'), pale: filled('FFFFFCEB') };

export const formats = { text: '@', number: 'General', date: 'yyyy-mm-dd' } as const;

function font(size: number, more: Partial<CellStyle['font']> = {}): CellStyle['font'] {
  return { name: FONT, size, color: { argb: INK }, ...more };
}

function top(): CellStyle['alignment'] {
  return { vertical: 'top', wrapText: true };
}

function solid(argb: string): NonNullable<CellStyle['fill']> {
  return { type: 'pattern', pattern: 'solid', fgColor: { argb } };
}

function boxed(): NonNullable<CellStyle['border']> {
  return framed({ style: 'thin', color: { argb: LINE } });
}

/** Where to type: a darker frame, so that it is found without colour. */
function framed(line: Border = { style: 'thin', color: { argb: 'FF5A6ED0' } }): NonNullable<CellStyle['border']> {
  return { top: line, left: line, bottom: line, right: line };
}

/** In a condition the colour of a solid fill is that of its background. */
function filled(argb: string) {
  return { type: 'pattern' as const, pattern: 'solid' as const, bgColor: { argb } };
}
