import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { type Refusal, refused } from './evidence-errors.ts';
import { createPartReader } from './office-part.ts';

/** Far above real documents, far below what hurts whoever opens one. */
const limits = { entries: 2_000, unpacked: 200 * 1024 ** 2, ratio: 100 };

/**
 * Reads the table of contents of an Office Open XML file, and each part up to the size told there, keeping next to nothing: a bomb
 * that tells its size is never opened, one that tells a smaller size is stopped at it. Throws AppError 422 for macros, encrypted
 * parts, bombs, lying sizes, parts that overlap or would leave their folder, definitions of XML entities, and parts from outside.
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
  const places: Place[] = [];
  // yauzl refuses absolute paths, `..` and backslashes itself.
  zip.on('error', () => done('unsafe_archive'));
  zip.on('end', () => done(overlap(places) ? 'unsafe_archive' : null));
  zip.on('entry', (entry: Entry) => {
    unpacked += entry.uncompressedSize;
    places.push({ from: entry.relativeOffsetOfLocalHeader, length: LOCAL_HEADER + entry.compressedSize });
    const reason =
      entryReason(entry) ?? (unpacked > Math.min(limits.unpacked, size * limits.ratio) ? 'unsafe_archive' : null);
    if (reason) done(reason);
    else readThrough(zip, entry, (found) => (found ? done(found) : zip.readEntry()));
  });
  if (zip.entryCount > limits.entries) done('unsafe_archive');
  else zip.readEntry();
}

/** yauzl ends a part with an error as soon as it holds more, or in the end less, than the table of contents says. */
function readThrough(zip: ZipFile, entry: Entry, done: (reason: Refusal | null) => void): void {
  zip.openReadStream(entry, (error, part) => {
    if (error) return done('unsafe_archive');
    const reader = createPartReader(entry.fileName);
    part
      .on('data', (piece: Buffer) => reader.read(piece))
      .once('error', () => done('unsafe_archive'))
      .once('end', () => done(reader.reason()));
  });
}

/** Without name and extra field, so that what is called an overlap is one. */
const LOCAL_HEADER = 30;
type Place = { from: number; length: number };

/** Parts that share their bytes make 10 MB unpack to petabytes while each alone looks modest (D. Fifield, WOOT 2019). */
function overlap(places: readonly Place[]): boolean {
  const inOrder = places.toSorted((a, b) => a.from - b.from);
  return inOrder.some(
    ({ from, length }, index) => from + length > (inOrder[index + 1]?.from ?? Number.MAX_SAFE_INTEGER),
  );
}

const SYMBOLIC_LINK = 0o120000;

function entryReason(entry: Entry): Refusal | null {
  if (/(^|\/)vba(project|data)[^/]*$/i.test(entry.fileName)) return 'macro_file';
  if (entry.isEncrypted()) return 'protected_file';
  return ((entry.externalFileAttributes >>> 16) & 0o170000) === SYMBOLIC_LINK ? 'unsafe_archive' : null;
}
