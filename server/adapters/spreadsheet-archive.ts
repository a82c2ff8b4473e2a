import { type Entry, fromBuffer, type ZipFile } from 'yauzl';

/** Far above any answered workbook, far below what hurts the process that reads it. */
export const limits = { bytes: 10 * 1024 ** 2, entries: 200, unpacked: 100 * 1024 ** 2, ratio: 100 };
/**
 * Unpacked bytes of all lists of relationships (`.rels`, ECMA-376 part 2 §6.5) together: a link takes about 200, so this is room for
 * thousands. Readers look them up one by one, so their cost grows with the square of their number.
 */
const MOST_RELATIONSHIPS = 1024 ** 2;

export type Refusal =
  | 'tooLarge'
  | 'notAWorkbook'
  | 'oldFormat'
  | 'openDocument'
  | 'protected'
  | 'macros'
  | 'links'
  | 'bomb'
  | 'slow'
  | 'unreadable';

/**
 * Why the bytes must not be given to a spreadsheet library, or null. Looks at the table of contents of the archive and reads each
 * part through without keeping it: a bomb that tells its size is never opened, one that tells a smaller size is stopped at it.
 */
export async function refusalOf(bytes: Uint8Array): Promise<Refusal | null> {
  if (bytes.length > limits.bytes) return 'tooLarge';
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 8));
  // The container of the older Office formats: .xls, or a newer file that Office has encrypted (password, sensitivity label).
  if (start.toString('hex') === 'd0cf11e0a1b11ae1') return holdsEncryption(bytes) ? 'protected' : 'oldFormat';
  if (start.toString('latin1', 0, 4) !== 'PK\x03\x04') return 'notAWorkbook';
  return archiveRefusal(bytes);
}

/** [MS-OFFCRYPTO] §2.3.4.4: the stream `EncryptedPackage`, whose name stands in the container as UTF-16. */
function holdsEncryption(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(Buffer.from('EncryptedPackage', 'utf16le'));
}

function archiveRefusal(bytes: Uint8Array): Promise<Refusal | null> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return new Promise((resolve) => {
    fromBuffer(buffer, { lazyEntries: true, strictFileNames: true }, (error, zip) => {
      if (error) resolve('unreadable');
      else walk(zip, bytes.length, resolve);
    });
  });
}

function walk(zip: ZipFile, size: number, done: (refusal: Refusal | null) => void): void {
  const unpacked = { all: 0, relationships: 0 };
  const names = new Set<string>();
  // yauzl refuses absolute paths, `..`, backslashes and broken tables of contents itself.
  zip.on('error', () => done('unreadable'));
  zip.on('end', () => done(kindRefusal(names)));
  zip.on('entry', (entry: Entry) => {
    unpacked.all += entry.uncompressedSize;
    if (/\.rels$/i.test(entry.fileName)) unpacked.relationships += entry.uncompressedSize;
    const tooMuch =
      unpacked.all > Math.min(limits.unpacked, size * limits.ratio) || unpacked.relationships > MOST_RELATIONSHIPS;
    const refusal = entryRefusal(entry, names) ?? (tooMuch ? 'bomb' : null);
    names.add(entry.fileName);
    if (refusal) done(refusal);
    else readThrough(zip, entry, (lies) => (lies ? done('bomb') : zip.readEntry()));
  });
  if (zip.entryCount > limits.entries) done('bomb');
  else zip.readEntry();
}

function entryRefusal(entry: Entry, names: ReadonlySet<string>): Refusal | null {
  const { fileName } = entry;
  if (entry.isEncrypted()) return 'protected';
  if (/(^|\/)vba(project|data)[^/]*$|(^|\/)macrosheets\//i.test(fileName)) return 'macros';
  if (/(^|\/)(externalLinks|connections\.xml|ddeLinks)/i.test(fileName)) return 'links';
  // Two parts of one name: each reader picks another.
  return names.has(fileName) ? 'bomb' : null;
}

function kindRefusal(names: ReadonlySet<string>): Refusal | null {
  if (names.has('xl/workbook.xml')) return null;
  return names.has('content.xml') ? 'openDocument' : 'notAWorkbook';
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
