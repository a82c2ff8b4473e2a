/** Encodings in which Japanese offices save text: UTF-8, Shift_JIS (Excel's CSV), UTF-16 with a byte order mark (Excel's "Unicode text"). */
export function isText(bytes: Uint8Array): boolean {
  const marked =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  return (marked ? [marked] : ['utf-8', 'shift_jis']).some((encoding) => reads(bytes, encoding));
}

/** Binary data that happens to decode gives itself away by control characters. */
function reads(bytes: Uint8Array, encoding: string): boolean {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    return !/[\0-\x08\x0e-\x19\x1b-\x1f\x7f]/.test(text);
  } catch {
    return false;
  }
}
