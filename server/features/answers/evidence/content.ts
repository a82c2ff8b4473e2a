/** Whether a file is what it says it is and can be opened without harm. Looks at the bytes, never at what the browser claims. */
import { fileTypeFromBuffer } from 'file-type';
import { refused } from './evidence-errors.ts';
import { extensionOf } from './file-name.ts';
import { checkOfficeFile } from './office-file.ts';
import { asksForPassword } from './pdf-file.ts';
import { isText } from './text-file.ts';

const office = 'application/vnd.openxmlformats-officedocument';
const mediaTypes: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  docx: `${office}.wordprocessingml.document`,
  xlsx: `${office}.spreadsheetml.sheet`,
  pptx: `${office}.presentationml.presentation`,
  csv: 'text/csv',
  txt: 'text/plain',
};
export const acceptedExtensions = Object.keys(mediaTypes);

/** Resolves to the media type. Throws AppError 422 that says why the file is refused and what to do. */
export async function checkContent(bytes: Uint8Array, name: string): Promise<string> {
  const extension = extensionOf(name);
  const expected = mediaTypes[extension];
  if (!expected)
    throw refused(/^(doc|xls|ppt|dot|xlt|pot)m$|^xlsb$/.test(extension) ? 'macro_file' : 'unsupported_file');
  if (bytes.length === 0) throw refused('empty_file');
  const found = await fileTypeFromBuffer(bytes);
  if (expected.startsWith('text/')) {
    if (found || !isText(bytes)) throw refused('lying_file');
    return expected;
  }
  if (expected.startsWith(office)) return checkOffice(bytes, expected, found?.mime);
  if (found?.mime !== expected || endsAsArchive(bytes)) throw refused('lying_file');
  if (extension === 'pdf' && (await asksForPassword(bytes))) throw refused('protected_file');
  return expected;
}

async function checkOffice(bytes: Uint8Array, expected: string, found: string | undefined): Promise<string> {
  // Office encrypts by wrapping the file into the container of its older formats.
  if (found === 'application/x-cfb') throw refused('protected_file');
  if (found?.includes('macroenabled')) throw refused('macro_file');
  if (found !== 'application/zip' && found !== expected) throw refused('lying_file');
  await checkOfficeFile(bytes);
  if (found !== expected) throw refused('lying_file');
  return expected;
}

/** A file that is a PDF from the front and a ZIP archive from the back (APPNOTE 4.3.16: its end record closes the file). */
function endsAsArchive(bytes: Uint8Array): boolean {
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).subarray(-END_RECORD - 0xffff);
  for (let at = tail.lastIndexOf(END_MARK); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf(END_MARK, at - 1)) {
    if (at + END_RECORD > tail.length) continue;
    if (at + END_RECORD + tail.readUInt16LE(at + 20) === tail.length) return true;
  }
  return false;
}

const END_MARK = Buffer.from('PK\u0005\u0006');
const END_RECORD = 22;
