/** What an answer master can need, several times over: the format itself is seven deep, and a long one holds some ten thousand values. */
const MOST = { depth: 16, values: 100_000 };

/**
 * Whether JSON text (UTF-8 bytes) nests deeper or holds more values than an answer master. One pass that keeps nothing, to be made
 * before the text is parsed: parsing builds every value, which for a hostile file takes a hundred times as long.
 */
export function isBeyondMaster(bytes: Uint8Array): boolean {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const sign = bytes[at];
    if (sign === QUOTE) at = endOfString(bytes, at + 1);
    else if (sign === OPEN_LIST || sign === OPEN_OBJECT) {
      depth += 1;
      values += 1;
    } else if (sign === CLOSE_LIST || sign === CLOSE_OBJECT) depth -= 1;
    else if (sign === COMMA) values += 1;
    if (depth > MOST.depth || values > MOST.values) return true;
  }
  return false;
}

/** In UTF-8 none of these bytes is ever part of another character. */
const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Where the quotation mark that ends a string stands; beyond the end when none does. */
function endOfString(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}
