/** Files as attackers and careless colleagues send them, and good ones to tell them from. */
import { crc32, deflateRawSync, deflateSync } from 'node:zlib';
import { bytes } from './respondent.ts';

export type ZipEntry = {
  name: string;
  data?: string | Buffer;
  /** Without compression. */
  stored?: boolean;
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
    const packed = entry.stored ? data : deflateRawSync(data);
    const method = entry.stored ? 0 : 8;
    const flags = entry.encrypted ? 1 : 0;
    const sizes = [crc32(data), packed.length, entry.claims ?? data.length];
    const local = Buffer.concat([
      numbers([0x04034b50, 4], [20, 2], [flags, 2], [method, 2], [0, 2], [0, 2]),
      longs(sizes),
      numbers([name.length, 2], [0, 2]),
      name,
      packed,
    ]);
    directory.push(
      Buffer.concat([
        numbers([0x02014b50, 4], [0x031e, 2], [20, 2], [flags, 2], [method, 2], [0, 2], [0, 2]),
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

/** `png` with chunks put in before its end; of a bare signature, all there is. */
export function pngChunks(
  png: Buffer,
  chunks: readonly (readonly [string, string | Buffer])[],
): Uint8Array<ArrayBuffer> {
  const end = png.indexOf('IEND') < 0 ? png.length : png.indexOf('IEND') - 4;
  const made = chunks.map(([type, data]) => {
    const body = Buffer.concat([Buffer.from(type), Buffer.from(data)]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(body.length - 4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  });
  return new Uint8Array(Buffer.concat([png.subarray(0, end), ...made, png.subarray(end)]));
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
/** One empty page: with a password to open it (RC4 40 bit; AES-256 with compressed objects), and with one to change it only. */
export const lockedPdf = fromBase64(
  'JVBERi0xLjQKJb/3ov4KMSAwIG9iago8PCAvUGFnZXMgMiAwIFIgL1R5cGUgL0NhdGFsb2cgPj4KZW5kb2JqCjIgMCBvYmoKPDwgL0NvdW50IDEgL0tpZHMgWyAzIDAgUiBdIC9UeXBlIC9QYWdlcyA+PgplbmRvYmoKMyAwIG9iago8PCAvTWVkaWFCb3ggWyAwIDAgOSA5IF0gL1BhcmVudCAyIDAgUiAvVHlwZSAvUGFnZSA+PgplbmRvYmoKNCAwIG9iago8PCAvRmlsdGVyIC9TdGFuZGFyZCAvTGVuZ3RoIDQwIC9PIDw5MmZlMGY0NDU0YWQ0Yzk2NDQ2OTNmMzNjMDdjYjU0ZjU4N2RjZTFlMjY4MmZlOWVjZWE2MTA3YTFlZjYzMGRkPiAvUCAtNCAvUiAyIC9VIDw2NjUyMmI5OTE1MmYwMWUxNzMxNWFmZDU2NTgwZDYzZjlkODlmYzMwMjg3NWU5N2ZlMDQwZmIxMzRkZjAzNTZhPiAvViAxID4+CmVuZG9iagp4cmVmCjAgNQowMDAwMDAwMDAwIDY1NTM1IGYgCjAwMDAwMDAwMTUgMDAwMDAgbiAKMDAwMDAwMDA2NCAwMDAwMCBuIAowMDAwMDAwMTIzIDAwMDAwIG4gCjAwMDAwMDAxOTIgMDAwMDAgbiAKdHJhaWxlciA8PCAvUm9vdCAxIDAgUiAvU2l6ZSA1IC9JRCBbPGY3YzgyMzJmODgzYzgyN2MxNmQ3NTYwNGRiNjFlNGM0PjxmN2M4MjMyZjg4M2M4MjdjMTZkNzU2MDRkYjYxZTRjND5dIC9FbmNyeXB0IDQgMCBSID4+CnN0YXJ0eHJlZgozOTgKJSVFT0YK',
);
export const lockedPdf2 = fromBase64(
  'JVBERi0xLjcKJb/3ov4KMSAwIG9iago8PCAvRXh0ZW5zaW9ucyA8PCAvQURCRSA8PCAvQmFzZVZlcnNpb24gLzEuNyAvRXh0ZW5zaW9uTGV2ZWwgOCA+PiA+PiAvUGFnZXMgMyAwIFIgL1R5cGUgL0NhdGFsb2cgPj4KZW5kb2JqCjIgMCBvYmoKPDwgL1R5cGUgL09ialN0bSAvTGVuZ3RoIDExMiAvRmlsdGVyIC9GbGF0ZURlY29kZSAvTiAyIC9GaXJzdCA5ID4+CnN0cmVhbQo7elj5HZZTSB//6AoldADMZHR9cc4t0gPuOlbfdCsvhJo26XD/ryzQVn31IQNKyJ4Orj7uTQgLKoUnIguGWabCjs0N0cJ0BqEwTTv5iznEfm/kDnIeUwlU8PibdlnmUvcyhLhm8wyAmaqFzG5Fm9FcZW5kc3RyZWFtCmVuZG9iago1IDAgb2JqCjw8IC9DRiA8PCAvU3RkQ0YgPDwgL0F1dGhFdmVudCAvRG9jT3BlbiAvQ0ZNIC9BRVNWMyAvTGVuZ3RoIDMyID4+ID4+IC9GaWx0ZXIgL1N0YW5kYXJkIC9MZW5ndGggMjU2IC9PIDxjNjlhZmQwN2ZmNWU3NDZjZDhlZjUzMzg3OWQ4ZjE2ZTJmNGZjY2RlMjFlNjQ3YWY2Yzg0ODc5ODM2ODcyOWE3MjA0YjgxYTkxNmM3YTJiOGEyNjYzZTJjNWMxZDRlNTE+IC9PRSA8ZWQ0OTk1ZmI2M2ZmMmFmODhjZmY2ZTMzZTk3YjQwZWE4MjU4MmY2ZWM5YmU2MTg1YjgwZWI2YjVkNjlkYmZmYz4gL1AgLTQgL1Blcm1zIDxhY2U3ZmRjMWQ2NjYxOWRiNmE1MDNlNjg2MzEyYzNmOT4gL1IgNiAvU3RtRiAvU3RkQ0YgL1N0ckYgL1N0ZENGIC9VIDwzYTRiYjRlMjllZWM5NWU3YmY2NDU1YWMxZTlkOTNjMWIyYzYzYzBhZmM4YTI1OWQ5YzFiMWVlN2JjNjc2MGVmZGM4Nzg1ODZmNDcxZTZhM2ZiNzI4YjkyNDFiZGFjYjE+IC9VRSA8M2FlOGY0Nzc1OGUxZjZkZmZmMzBiN2NhMzUzOWIzMDlhMGU4YWVkMzIwMGI2YWQzNmU4YjA2M2NhZGQ1MGIyNT4gL1YgNSA+PgplbmRvYmoKNiAwIG9iago8PCAvVHlwZSAvWFJlZiAvTGVuZ3RoIDM3IC9GaWx0ZXIgL0ZsYXRlRGVjb2RlIC9EZWNvZGVQYXJtcyA8PCAvQ29sdW1ucyA0IC9QcmVkaWN0b3IgMTIgPj4gL1cgWyAxIDIgMSBdIC9Sb290IDEgMCBSIC9TaXplIDcgL0lEIFs8MGE2MzNjMjU5NTY0NTViNTI5MjlmMDY2NTAyYTdiMTM+PDBhNjMzYzI1OTU2NDU1YjUyOTI5ZjA2NjUwMmE3YjEzPl0gL0VuY3J5cHQgNSAwIFIgPj4Kc3RyZWFtCnicY2IAAiZGBn4GJgaGYhCrAcRiYGT6zxj8n4mBSZkBACb3A4sKZW5kc3RyZWFtCmVuZG9iagpzdGFydHhyZWYKODg4CiUlRU9GCg==',
);
export const unprintablePdf = fromBase64(
  'JVBERi0xLjcKJb/3ov4KMSAwIG9iago8PCAvRXh0ZW5zaW9ucyA8PCAvQURCRSA8PCAvQmFzZVZlcnNpb24gLzEuNyAvRXh0ZW5zaW9uTGV2ZWwgOCA+PiA+PiAvUGFnZXMgMyAwIFIgL1R5cGUgL0NhdGFsb2cgPj4KZW5kb2JqCjIgMCBvYmoKPDwgL1R5cGUgL09ialN0bSAvTGVuZ3RoIDExMiAvRmlsdGVyIC9GbGF0ZURlY29kZSAvTiAyIC9GaXJzdCA5ID4+CnN0cmVhbQpgio/4BeOp05SjXh3q2/xE4r6d7vVyzKlXjf1n7cyFWCw0F5ZedaHN5Pd4dXsYa9Y2mKBUBCxQeqBdATFk2UX/elw3nMKmTgeVOeeJ9hJnnqZ7Y5c+uQqa3idW5/Ys3NuIt4aIdQVhgjCqOPFEI4v/ZW5kc3RyZWFtCmVuZG9iago1IDAgb2JqCjw8IC9DRiA8PCAvU3RkQ0YgPDwgL0F1dGhFdmVudCAvRG9jT3BlbiAvQ0ZNIC9BRVNWMyAvTGVuZ3RoIDMyID4+ID4+IC9GaWx0ZXIgL1N0YW5kYXJkIC9MZW5ndGggMjU2IC9PIDw1ZDU4NDIxMWJhMDQwMTUwYjZkZGQwODNlNDM0NGVhOGYzODZmMzY1ZWZiNjRhMzFhNWFmMDVlYTk1Y2E4N2YxMDdmYjU5YTk2OGZmMjk2NzEzZjFiNTQ3MGUzMDI4MDI+IC9PRSA8ODJhMjU0NmQ3NTUzNmRkOTJkMmM4MGQzNTlkOGUxYzUyYzY5NDA1YTcyZThhZDcwN2JjYzkyZGMyNmQzOTJhZD4gL1AgLTQgL1Blcm1zIDxiMmI0MzMwODAyZDExN2M4ZjkwYmNmYTgzZjgyZjlmND4gL1IgNiAvU3RtRiAvU3RkQ0YgL1N0ckYgL1N0ZENGIC9VIDxlNzRmNTc5ZGJlNGUwNDU0ODZlZGFlMDc5OGJlZWJkMDVjN2FlNDJiZmE3M2ZkOWViYzliZmU1YzM4MDY0NjVmNWFhYjUxZDNlMWJjN2I4MzliZWY4YjdmZGY5YmYzMmU+IC9VRSA8NjYwYmRhYTViZDFjNDJjZmRmNDg1M2RmNTg1MDJhN2VjNWU4ODM0MzAzY2U1OWYyMWU4Zjc1NWU1NWFhNDU4Nj4gL1YgNSA+PgplbmRvYmoKNiAwIG9iago8PCAvVHlwZSAvWFJlZiAvTGVuZ3RoIDM3IC9GaWx0ZXIgL0ZsYXRlRGVjb2RlIC9EZWNvZGVQYXJtcyA8PCAvQ29sdW1ucyA0IC9QcmVkaWN0b3IgMTIgPj4gL1cgWyAxIDIgMSBdIC9Sb290IDEgMCBSIC9TaXplIDcgL0lEIFs8YTIzY2VhMWEzYjM3YTMzZThlNzBkZmFiMmVlOTJkNzU+PGEyM2NlYTFhM2IzN2EzM2U4ZTcwZGZhYjJlZTkyZDc1Pl0gL0VuY3J5cHQgNSAwIFIgPj4Kc3RyZWFtCnicY2IAAiZGBn4GJgaGYhCrAcRiYGT6zxj8n4mBSZkBACb3A4sKZW5kc3RyZWFtCmVuZG9iagpzdGFydHhyZWYKODg4CiUlRU9GCg==',
);
/** 50 KB that claim to be a list of thirteen million objects, to whoever reads it. */
export const pdfBomb = new Uint8Array(
  Buffer.concat([
    Buffer.from('%PDF-1.5\n1 0 obj<</Type/Catalog>>endobj\n2 0 obj\n<</Type/XRef/Size 13107200/W[1 2 1]/Root 1 0 R'),
    Buffer.from('/Encrypt 9 0 R/Filter/FlateDecode/Length 51000>>\nstream\n'),
    deflateSync(Buffer.alloc(50 * 1024 ** 2)),
    Buffer.from('\nendstream\nendobj\nstartxref\n42\n%%EOF\n'),
  ]),
);

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text, 'base64'));
}

/** What Office makes of a document with a password: the container of its older formats. */
export const cfb = new Uint8Array(Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1600)]));
/** 日本語 in Shift_JIS, as Excel saves CSV. */
export const shiftJisCsv = new Uint8Array([0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea, 0x2c, 0x31, 0x0d, 0x0a]);
export const utf16Text = new Uint8Array(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('監査証跡', 'utf16le')]));
