import { type DigitFont, digitFontOf } from './pdf-digits.ts';
import { dictionaryOf, type NewObject, type PdfFile } from './pdf-file.ts';

const SIZE = 9;
/** Share of the size by which a digit's middle stands above its baseline. */
const HALF_DIGIT = 0.29;
const GAP = 1;

/**
 * Page numbers at the right end of every link to an anchor whose name begins with `prefix`: a table of contents that also
 * works on paper. Chromium cannot print them (no target-counter) and printing twice would cost the report twice; here they
 * are drawn over the finished pages, in the page's own font, as artifacts that screen readers pass over.
 */
export function contentsNumbers(file: PdfFile, prefix: string, firstNumber: number): NewObject[] {
  const pages = pagesOf(file);
  const targets = targetsOf(file, pages);
  const objects: NewObject[] = [];
  for (const page of pages) {
    const links = linksOf(file, page).filter((link) => link.target.startsWith(prefix) && targets.has(link.target));
    const font = links.length > 0 ? digitFontOf(file, page) : undefined;
    if (!font) continue;
    const marks = links.map((link) => mark(String(targets.get(link.target)), link.rectangle, font)).join('\n');
    objects.push(...overlay(file, page, marks, firstNumber + objects.length));
  }
  return objects;
}

type Rectangle = readonly [left: number, bottom: number, right: number, top: number];

/** Object numbers of the pages in order. */
function pagesOf(file: PdfFile): number[] {
  return leaves(file, reference(dictionaryOf(file, file.root), 'Pages'));
}

function leaves(file: PdfFile, node: number): number[] {
  const kids = /\/Kids \[([^\]]*)\]/.exec(dictionaryOf(file, node))?.[1];
  return kids === undefined ? [node] : references(kids).flatMap((kid) => leaves(file, kid));
}

/** Page number, from 1, of every named destination. */
function targetsOf(file: PdfFile, pages: readonly number[]): Map<string, number> {
  const catalog = dictionaryOf(file, file.root);
  if (!catalog.includes('/Dests ')) return new Map();
  const destinations = dictionaryOf(file, reference(catalog, 'Dests'));
  const found = [...destinations.matchAll(/\/(\S+) \[(\d+) 0 R /g)];
  return new Map(found.map(([, name, page]) => [name!, pages.indexOf(Number(page)) + 1]));
}

function linksOf(file: PdfFile, page: number): { target: string; rectangle: Rectangle }[] {
  const annotations = /\/Annots \[([^\]]*)\]/.exec(dictionaryOf(file, page))?.[1] ?? '';
  return references(annotations).flatMap((number) => {
    const annotation = dictionaryOf(file, number);
    const target = /\/Dest \/(\S+)/.exec(annotation)?.[1];
    const corners = /\/Rect \[([^\]]*)\]/.exec(annotation)?.[1]?.split(' ').map(Number);
    return target && corners?.length === 4 ? [{ target, rectangle: corners as unknown as Rectangle }] : [];
  });
}

function mark(text: string, [, bottom, right, top]: Rectangle, { name, digits }: DigitFont): string {
  const drawn = [...text].map((digit) => digits.get(digit)!);
  const width = drawn.reduce((sum, digit) => sum + digit.width, 0) * SIZE;
  const x = right - GAP - width;
  const y = (bottom + top) / 2 - HALF_DIGIT * SIZE;
  const glyphs = drawn.map((digit) => digit.glyph).join('');
  return `BT /${name} ${SIZE} Tf 1 0 0 1 ${x.toFixed(2)} ${y.toFixed(2)} Tm <${glyphs}> Tj ET`;
}

/** The page's own content is set between q and Q, so that what it did to the coordinates ends with it. */
function overlay(file: PdfFile, page: number, marks: string, number: number): NewObject[] {
  const content = reference(dictionaryOf(file, page), 'Contents');
  const contents = `/Contents [${number} 0 R ${content} 0 R ${number + 1} 0 R]`;
  return [
    { number, dictionary: '', stream: Buffer.from('q\n') },
    { number: number + 1, dictionary: '', stream: Buffer.from(`Q\n/Artifact BMC\nq\n0 g\n${marks}\nQ\nEMC\n`) },
    { number: page, dictionary: dictionaryOf(file, page).replace(/\/Contents \d+ 0 R/, contents) },
  ];
}

function reference(dictionary: string, key: string): number {
  const number = new RegExp(`/${key} (\\d+) 0 R`).exec(dictionary)?.[1];
  if (number === undefined) throw new Error(`unexpected PDF structure: no /${key}`);
  return Number(number);
}

function references(list: string): number[] {
  return [...list.matchAll(/(\d+) 0 R/g)].map(([, number]) => Number(number));
}
