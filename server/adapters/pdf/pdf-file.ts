import { inflateSync } from 'node:zlib';

/**
 * Just enough of the PDF format (ISO 32000-1 §7.5) to read what Chromium writes (one classic cross-reference table, no
 * object streams) and to append an incremental update to it. Rewriting the whole file with a PDF library cost as much as
 * printing it; an update costs a few milliseconds and leaves the tagged content untouched byte by byte.
 */
export type PdfFile = {
  readonly bytes: Buffer;
  /** Number of the next free object. */
  readonly size: number;
  readonly root: number;
  readonly info: number;
  readonly startXref: number;
  readonly offsets: ReadonlyMap<number, number>;
};

/** Dictionary source without `<<` and `>>`, and the raw stream if there is one. */
export type NewObject = { readonly number: number; readonly dictionary: string; readonly stream?: Buffer };

/** Throws when the file is not built the way Chromium builds it. */
export function openPdf(bytes: Buffer): PdfFile {
  const tail = bytes.subarray(-2048).toString('latin1');
  const startXref = numberIn(tail, /startxref\s+(\d+)\s+%%EOF\s*$/);
  const table = bytes.subarray(startXref).toString('latin1');
  const count = numberIn(table, /^xref\s+0 (\d+)/);
  const first = table.indexOf('\n', table.indexOf('\n') + 1) + 1;
  const offsets = new Map<number, number>();
  for (let number = 0; number < count; number += 1) {
    const entry = table.slice(first + number * 20, first + number * 20 + 20);
    if (entry[17] === 'n') offsets.set(number, Number(entry.slice(0, 10)));
  }
  const trailer = table.slice(first + count * 20);
  return {
    bytes,
    size: numberIn(trailer, /\/Size (\d+)/),
    root: numberIn(trailer, /\/Root (\d+) 0 R/),
    info: numberIn(trailer, /\/Info (\d+) 0 R/),
    startXref,
    offsets,
  };
}

/** Source of the dictionary of an object, without its outer brackets. */
export function dictionaryOf(file: PdfFile, number: number): string {
  const { start, end } = extentOf(file, number);
  const source = file.bytes.subarray(start, end).toString('latin1');
  const body = /^\d+ 0 obj\s*<<([\s\S]*?)>>\s*(?:stream\r?\n[\s\S]*)?$/.exec(source)?.[1];
  if (body === undefined) throw new Error(`PDF object ${number} is not a dictionary`);
  return body;
}

/** Decoded bytes of a Flate stream. */
export function streamOf(file: PdfFile, number: number): Buffer {
  const { start } = extentOf(file, number);
  const from = file.bytes.indexOf('stream', start);
  const length = numberIn(dictionaryOf(file, number), /\/Length (\d+)(?! 0 R)/);
  const body = file.bytes.indexOf('\n', from) + 1;
  return inflateSync(file.bytes.subarray(body, body + length));
}

/** Where the bytes of an object begin and where `endobj` ends the search. */
export function extentOf(file: PdfFile, number: number): { start: number; end: number } {
  const start = file.offsets.get(number);
  if (start === undefined) throw new Error(`PDF object ${number} is missing`);
  return { start, end: file.bytes.indexOf('endobj', start) };
}

/** The file with objects added or replaced, as ISO 32000-1 §7.5.6 describes it. */
export function appendUpdate(file: PdfFile, objects: readonly NewObject[], trailer: string): Buffer {
  const parts: Buffer[] = [file.bytes];
  const places: { number: number; offset: number }[] = [];
  let offset = file.bytes.length;
  for (const object of [...objects].sort((a, b) => a.number - b.number)) {
    const part = serialise(object);
    places.push({ number: object.number, offset });
    parts.push(part);
    offset += part.length;
  }
  const size = Math.max(file.size, ...objects.map((object) => object.number + 1));
  const table = places
    .map((place) => `${place.number} 1\n${String(place.offset).padStart(10, '0')} 00000 n \n`)
    .join('');
  parts.push(
    Buffer.from(
      `xref\n${table}trailer\n<</Size ${size}\n/Root ${file.root} 0 R\n/Info ${file.info} 0 R\n/Prev ${file.startXref}\n${trailer}>>\nstartxref\n${offset}\n%%EOF\n`,
      'latin1',
    ),
  );
  return Buffer.concat(parts);
}

/** A text string: UTF-16BE with a byte order mark, in hexadecimal, so that nothing needs escaping. */
export function textString(text: string): string {
  return `<FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase()}>`;
}

function serialise({ number, dictionary, stream }: NewObject): Buffer {
  if (!stream) return Buffer.from(`${number} 0 obj\n<<${dictionary}>>\nendobj\n`, 'latin1');
  const head = Buffer.from(`${number} 0 obj\n<<${dictionary}\n/Length ${stream.length}>> stream\n`, 'latin1');
  return Buffer.concat([head, stream, Buffer.from('\nendstream\nendobj\n', 'latin1')]);
}

function numberIn(text: string, pattern: RegExp): number {
  const match = pattern.exec(text)?.[1];
  if (match === undefined) throw new Error(`unexpected PDF structure: ${pattern.source} not found`);
  return Number(match);
}
