/** So many lines of one text are printed one below the other. */
const MOST_LINES = 100;

/**
 * A text as it goes to print: one of very many lines runs on instead, with ` / ` for each break. A remark may hold 4,000 breaks;
 * with that many beside every answer no browser finishes the pages, and the customer's report would fail with the vendor's copy.
 * No word is lost.
 */
export function foldedLines(text: string): string {
  const lines = text.split(/[\n\u2028\u2029]/);
  if (lines.length <= MOST_LINES) return text;
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' / ');
}
