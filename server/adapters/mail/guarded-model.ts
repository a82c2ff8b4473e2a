/** Private-use characters: no keyboard types them, and they are taken out of what people typed. */
const LINE_BREAK = '\uE000';
const NO_SHAPE = '\uE001';

/** What the lines of a mail's template begin with where they mean more than text; see blocks.ts. */
const SHAPE = /^(?:[■・>【[\s─-]|\d+\. )/;

/**
 * The same model with every value on one line, and none that begins like a heading, a list or a rule: what the text then says by
 * its shape comes from the template alone, whatever people have typed.
 */
export function guarded(value: unknown): unknown {
  if (typeof value === 'string') return guardedText(value);
  if (Array.isArray(value)) return value.map(guarded);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, guarded(entry)]));
}

/** Escapes guarded text for HTML, and puts back the line breaks inside the values. */
export function escaped(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => entities[character] ?? '')
    .replaceAll(NO_SHAPE, '')
    .replaceAll(LINE_BREAK, '<br>');
}

/** For a text that was not guarded: the two marks mean nothing in it. */
export function withoutMarks(text: string): string {
  return text.replace(/[\uE000\uE001]/g, '');
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function guardedText(text: string): string {
  const line = withoutMarks(text).replace(/\r\n|[\n\v\f\r\x85\u2028\u2029]/g, LINE_BREAK);
  return SHAPE.test(line) ? `${NO_SHAPE}${line}` : line;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
