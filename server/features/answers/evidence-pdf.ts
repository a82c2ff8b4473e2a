/** Far more than an encryption dictionary or a file identifier takes (ISO 32000-2 §7.6.2, §14.4). */
const LONGEST = 4_096;

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
  const at = file.lastIndexOf('/Encrypt');
  if (at < 0) return null;
  const rest = file.toString('latin1', at + '/Encrypt'.length, at + LONGEST);
  const [, number, generation] = /^\s*(\d{1,10})\s+(\d{1,5})\s+R\b/.exec(rest) ?? [];
  const dictionary = number === undefined ? rest : objectOf(file, `${number} ${generation} obj`);
  return dictionary === null ? null : { dictionary: dictionary.slice(0, LONGEST), id: identifierOf(file) };
}

/** What follows `5 0 obj`, where it stands last: later versions of an object replace earlier ones. */
function objectOf(file: Buffer, head: string): string | null {
  for (let at = file.lastIndexOf(head); at >= 0; at = at === 0 ? -1 : file.lastIndexOf(head, at - 1)) {
    // Not the end of `15 0 obj`.
    if (!/\d/.test(file.toString('latin1', Math.max(0, at - 1), at))) {
      return file.toString('latin1', at + head.length, at + head.length + LONGEST);
    }
  }
  return null;
}

/** The first of the two identifiers, which stays the same through all versions of a file. */
function identifierOf(file: Buffer): string {
  const at = file.lastIndexOf('/ID', file.length);
  const text = at < 0 ? '' : file.toString('latin1', at, at + LONGEST);
  return /^\/ID\s*\[\s*(<[\da-fA-F\s]*>|\((?:\\[\s\S]|[^\\)])*\))/.exec(text)?.[1] ?? '<>';
}

/** A PDF without pages that is encrypted in the same way. */
function emptyPdf({ dictionary, id }: Encryption): Uint8Array {
  const objects = ['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[]/Count 0>>', dictionary];
  const body = objects.map((text, index) => `${index + 1} 0 obj\n${text.split('endobj')[0]}\nendobj\n`).join('');
  const trailer = `trailer\n<</Size 4/Root 1 0 R/Encrypt 3 0 R/ID[${id}${id}]>>\n%%EOF\n`;
  return new Uint8Array(Buffer.from(`%PDF-1.7\n${body}${trailer}`, 'latin1'));
}
