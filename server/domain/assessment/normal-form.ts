/**
 * Normal forms of text from outside. Putting a long run of combining marks in order costs the square of its length: a megabyte of
 * them keeps a server busy for minutes. Of a run only the first 30 are kept, which is more than any language writes (UAX #15 §13,
 * Stream-Safe Text Format).
 */
export function nfc(text: string): string {
  return text.replace(LONG_RUN, '$1').normalize('NFC');
}

/** Also half-width and full-width forms become one. */
export function nfkc(text: string): string {
  return text.replace(LONG_RUN, '$1').normalize('NFKC');
}

/** The half-width ﾞ and ﾟ are letters that become marks. */
const LONG_RUN = /([\p{M}\uff9e\uff9f]{30})[\p{M}\uff9e\uff9f]+/gu;
