import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { type Refusal, refused } from './evidence-errors.ts';

/** Far above real documents, far below what hurts whoever opens one. */
const limits = { entries: 2_000, unpacked: 200 * 1024 ** 2, ratio: 100 };

/**
 * Reads the table of contents of an Office Open XML file, and each part up to the size told there, keeping nothing: a bomb that
 * tells its size is never opened, one that tells a smaller size is stopped at it.
 * Throws AppError 422 for macros, encrypted parts, bombs, lying sizes, and parts that would leave their folder.
 */
export async function checkOfficeFile(bytes: Uint8Array): Promise<void> {
  const reason = await firstReason(bytes);
  if (reason) throw refused(reason);
}

function firstReason(bytes: Uint8Array): Promise<Refusal | null> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return new Promise((resolve) => {
    fromBuffer(buffer, { lazyEntries: true, strictFileNames: true }, (error, zip) => {
      if (error) resolve('lying_file');
      else walk(zip, bytes.length, resolve);
    });
  });
}

function walk(zip: ZipFile, size: number, done: (reason: Refusal | null) => void): void {
  let unpacked = 0;
  // yauzl refuses absolute paths, `..` and backslashes itself.
  zip.on('error', () => done('unsafe_archive'));
  zip.on('end', () => done(null));
  zip.on('entry', (entry: Entry) => {
    unpacked += entry.uncompressedSize;
    const reason =
      entryReason(entry) ?? (unpacked > Math.min(limits.unpacked, size * limits.ratio) ? 'unsafe_archive' : null);
    if (reason) done(reason);
    else readThrough(zip, entry, (lies) => (lies ? done('unsafe_archive') : zip.readEntry()));
  });
  if (zip.entryCount > limits.entries) done('unsafe_archive');
  else zip.readEntry();
}

/** yauzl ends a part with an error as soon as it holds more, or in the end less, than the table of contents says. */
function readThrough(zip: ZipFile, entry: Entry, done: (lies: boolean) => void): void {
  zip.openReadStream(entry, (error, part) => {
    if (error) return done(true);
    part
      .once('error', () => done(true))
      .once('end', () => done(false))
      .resume();
  });
}

const SYMBOLIC_LINK = 0o120000;

function entryReason(entry: Entry): Refusal | null {
  if (/(^|\/)vba(project|data)[^/]*$/i.test(entry.fileName)) return 'macro_file';
  if (entry.isEncrypted()) return 'protected_file';
  return ((entry.externalFileAttributes >>> 16) & 0o170000) === SYMBOLIC_LINK ? 'unsafe_archive' : null;
}
