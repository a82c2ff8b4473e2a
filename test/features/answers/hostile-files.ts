/** Files as attackers and careless colleagues send them, and good ones to tell them from. */
import { crc32, deflateRawSync } from 'node:zlib';
import { bytes } from './respondent.ts';

export type ZipEntry = {
  name: string;
  data?: string;
  /** Size the table of contents claims. */
  claims?: number;
  mode?: number;
  encrypted?: boolean;
};

const CONTENT_TYPES: Record<string, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml',
};

/** A minimal Office file of that kind with extra entries. */
export function officeFile(kind: string, extra: readonly ZipEntry[] = []): Uint8Array<ArrayBuffer> {
  const types = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/main.xml" ContentType="${CONTENT_TYPES[kind] ?? kind}"/></Types>`;
  return zip([
    { name: '[Content_Types].xml', data: types },
    { name: '_rels/.rels', data: '<Relationships/>' },
    ...extra,
  ]);
}

export function zip(entries: readonly ZipEntry[]): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const data = Buffer.from(entry.data ?? '');
    const packed = deflateRawSync(data);
    const flags = entry.encrypted ? 1 : 0;
    const sizes = [crc32(data), packed.length, entry.claims ?? data.length];
    const local = Buffer.concat([
      numbers([0x04034b50, 4], [20, 2], [flags, 2], [8, 2], [0, 2], [0, 2]),
      longs(sizes),
      numbers([name.length, 2], [0, 2]),
      name,
      packed,
    ]);
    directory.push(
      Buffer.concat([
        numbers([0x02014b50, 4], [0x031e, 2], [20, 2], [flags, 2], [8, 2], [0, 2], [0, 2]),
        longs(sizes),
        numbers([name.length, 2], [0, 2], [0, 2], [0, 2], [0, 2]),
        longs([((entry.mode ?? 0o100644) << 16) >>> 0, offset]),
        name,
      ]),
    );
    parts.push(local);
    offset += local.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.concat([
    numbers([0x06054b50, 4], [0, 2], [0, 2], [entries.length, 2], [entries.length, 2]),
    longs([size, offset]),
    numbers([0, 2]),
  ]);
  return new Uint8Array(Buffer.concat([...parts, ...directory, end]));
}

function numbers(...fields: [value: number, width: 2 | 4][]): Buffer {
  return Buffer.concat(
    fields.map(([value, width]) => {
      const field = Buffer.alloc(width);
      field.writeUIntLE(value, 0, width);
      return field;
    }),
  );
}

function longs(values: readonly number[]): Buffer {
  return numbers(...values.map((value): [number, 4] => [value, 4]));
}

export const png = new Uint8Array(
  Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=', 'base64'),
);
export const jpeg = new Uint8Array(
  Buffer.from(
    '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AKp//2Q==',
    'base64',
  ),
);
export const pdf = bytes('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF');
/** What Office makes of a document with a password: the container of its older formats. */
export const cfb = new Uint8Array(Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1600)]));
/** 日本語 in Shift_JIS, as Excel saves CSV. */
export const shiftJisCsv = new Uint8Array([0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea, 0x2c, 0x31, 0x0d, 0x0a]);
export const utf16Text = new Uint8Array(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('監査証跡', 'utf16le')]));
