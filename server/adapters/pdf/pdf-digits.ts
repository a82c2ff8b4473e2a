import { dictionaryOf, type PdfFile, streamOf } from './pdf-file.ts';

export type Digit = { readonly glyph: string; readonly width: number };
/** A font of a page under the page's name for it; glyphs as four hexadecimal digits, widths for size 1. */
export type DigitFont = { readonly name: string; readonly digits: ReadonlyMap<string, Digit> };

/** The first font of a page that holds all ten digits; fonts are subsets, so one may not. */
export function digitFontOf(file: PdfFile, page: number): DigitFont | undefined {
  const fonts = /\/Font <<([^>]*)>>/.exec(dictionaryOf(file, page))?.[1] ?? '';
  for (const [, name, number] of fonts.matchAll(/\/(\S+) (\d+) 0 R/g)) {
    const digits = digitsOf(file, Number(number));
    if (digits.size === 10) return { name: name!, digits };
  }
  return undefined;
}

function digitsOf(file: PdfFile, font: number): Map<string, Digit> {
  const dictionary = dictionaryOf(file, font);
  const unicode = /\/ToUnicode (\d+) 0 R/.exec(dictionary)?.[1];
  const descendant = /\/DescendantFonts \[(\d+) 0 R\]/.exec(dictionary)?.[1];
  if (!unicode || !descendant) return new Map();
  const widths = widthsOf(dictionaryOf(file, Number(descendant)));
  const glyphs = glyphsOf(streamOf(file, Number(unicode)).toString('latin1'));
  const found = [...'0123456789'].flatMap((digit) => {
    const glyph = glyphs.get(digit.charCodeAt(0));
    if (glyph === undefined) return [];
    return [[digit, { glyph: glyph.toString(16).padStart(4, '0'), width: widths(glyph) / 1000 }] as const];
  });
  return new Map(found);
}

/** Glyph of every character a ToUnicode map names, one by one or as a range (ISO 32000-1 §9.10.3). */
function glyphsOf(map: string): Map<number, number> {
  const glyphs = new Map<number, number>();
  for (const [, block] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, glyph, code] of block!.matchAll(/<(\w{4})> <(\w{4})>/g)) glyphs.set(hex(code), hex(glyph));
  }
  for (const [, block] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, first, last, code] of block!.matchAll(/<(\w{4})> <(\w{4})> <(\w{4})>/g)) {
      for (let glyph = hex(first); glyph <= hex(last); glyph += 1) glyphs.set(hex(code) + glyph - hex(first), glyph);
    }
  }
  return glyphs;
}

/** Widths in thousandths of the size: `first [w w …]` and `first last w` (ISO 32000-1 §9.7.4.3). */
function widthsOf(font: string): (glyph: number) => number {
  const standard = Number(/\/DW (-?[\d.]+)/.exec(font)?.[1] ?? 1000);
  const listed = new Map<number, number>();
  const table = /\/W \[((?:[^[\]]|\[[^\]]*\])*)\]/.exec(font)?.[1] ?? '';
  for (const [, first, list, last, width] of table.matchAll(/(\d+) (?:\[([^\]]*)\]|(\d+) (-?[\d.]+))/g)) {
    const start = Number(first);
    if (list === undefined) for (let glyph = start; glyph <= Number(last); glyph += 1) listed.set(glyph, Number(width));
    else for (const [index, one] of list.trim().split(/\s+/).entries()) listed.set(start + index, Number(one));
  }
  return (glyph) => listed.get(glyph) ?? standard;
}

function hex(text: string | undefined): number {
  return Number.parseInt(text ?? '', 16);
}
