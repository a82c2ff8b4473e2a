/** Far more than an encryption dictionary or a file identifier takes (ISO 32000-2 §7.6.2, §14.4). */
const LONGEST = 4_096;
const MOST_PLACES = 1_000;

/**
 * Whether a PDF asks for a password. Many certificates forbid printing or copying (an owner password only); those open for
 * everybody and are welcome. Only what says how the file is encrypted is given to the parser, in a file made for it: of the whole,
 * 400 KB can ask for minutes and gigabytes. A file that cannot be understood asks for none.
 */
export async function asksForPassword(bytes: Uint8Array): Promise<boolean> {
  const encryption = encryptionOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  if (!encryption) return false;
  const { getDocument, PasswordException } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const task = getDocument({ data: emptyPdf(encryption), useSystemFonts: false, verbosity: 0 });
  try {
    await task.promise;
    return false;
  } catch (error) {
    return error instanceof PasswordException;
  } finally {
    await task.destroy();
  }
}

/** Dictionary and file identifier as written; both stand outside of streams, and neither is itself encrypted. */
type Encryption = { dictionary: string; id: string };

function encryptionOf(file: Buffer): Encryption | null {
  const at = lastPlaceOf(file, '/Encrypt');
  if (at < 0) return null;
  const rest = textAt(file, at + '/Encrypt'.length);
  const [, number, generation] = /^\s*(\d{1,10})\s+(\d{1,5})\s+R\b/.exec(rest) ?? [];
  if (number === undefined) return { dictionary: rest, id: identifierOf(file) };
  const head = `${number} ${generation} obj`;
  const object = lastPlaceOf(file, head);
  return object < 0 ? null : { dictionary: textAt(file, object + head.length), id: identifierOf(file) };
}

/** The first of the two identifiers, which stays the same through all versions of a file. */
function identifierOf(file: Buffer): string {
  const at = lastPlaceOf(file, '/ID');
  const text = at < 0 ? '' : textAt(file, at);
  return /^\/ID\s*\[\s*(<[\da-fA-F\s]*>|\((?:\\[\s\S]|[^\\)])*\))/.exec(text)?.[1] ?? '<>';
}

/** Later versions of an object or a trailer stand behind earlier ones. Neither `/EncryptMetadata` nor `15 0 obj` is meant. */
function lastPlaceOf(file: Buffer, word: string): number {
  let at = file.lastIndexOf(word);
  for (let tries = 0; at >= 0 && tries < MOST_PLACES; tries += 1) {
    const [before, after] = [file[at - 1] ?? 0, file[at + word.length] ?? 0];
    const isPart = word.startsWith('/')
      ? /[A-Za-z]/.test(String.fromCharCode(after))
      : before >= 0x30 && before <= 0x39;
    if (!isPart) return at;
    at = at === 0 ? -1 : file.lastIndexOf(word, at - 1);
  }
  return -1;
}

function textAt(file: Buffer, at: number): string {
  return file.toString('latin1', at, at + LONGEST);
}

/** A PDF without pages that is encrypted in the same way. */
function emptyPdf({ dictionary, id }: Encryption): Uint8Array {
  const objects = ['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[]/Count 0>>', dictionary];
  const body = objects.map((text, index) => `${index + 1} 0 obj\n${text.split('endobj')[0]}\nendobj\n`).join('');
  const trailer = `trailer\n<</Size 4/Root 1 0 R/Encrypt 3 0 R/ID[${id}${id}]>>\n%%EOF\n`;
  return new Uint8Array(Buffer.from(`%PDF-1.7\n${body}${trailer}`, 'latin1'));
}
