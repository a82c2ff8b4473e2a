/** The parts a mail's text is made of, as its template shapes them. */
export type Block =
  | { kind: 'heading' | 'title' | 'subtitle' | 'link' | 'code'; text: string }
  | { kind: 'list'; items: { text: string; nested: string[] }[] }
  | { kind: 'steps'; start: number; items: string[] }
  | { kind: 'entry'; text: string; lines: string[] }
  | { kind: 'quote' | 'paragraph' | 'details'; lines: string[] };

type Kind = Block['kind'] | 'step' | 'item' | 'nested' | 'rule' | 'blank';
type Line = { kind: Kind; text: string; number?: number };

/**
 * Reads the text of a mail: ■ headings, ・ or - lists with one level below, numbered steps, > quotations, indented codes, a
 * line with indented details below, a title between two rules, a name in brackets alone on its line, and the one line that is
 * `link`. All else are paragraphs.
 */
export function blocksOf(text: string, link: string): Block[] {
  const lines = text.split('\n').map((line) => read(line, link));
  const blocks: Block[] = [];
  for (const [index, line] of lines.entries()) {
    const isTitle = line.kind === 'paragraph' && lines[index - 1]?.kind === 'rule' && lines[index + 1]?.kind === 'rule';
    add(blocks, isTitle ? { ...line, kind: 'title' } : line, lines[index - 1]?.kind ?? 'blank');
  }
  return blocks;
}

/** Adds to the block begun in the line before, or begins another. */
function add(blocks: Block[], line: Line, before: Kind): void {
  const last = before === 'blank' ? undefined : blocks.at(-1);
  const { kind, text } = line;
  if (kind === 'blank' || kind === 'rule') return;
  if (kind === 'item' && last?.kind === 'list') last.items.push({ text, nested: [] });
  else if (kind === 'item') blocks.push({ kind: 'list', items: [{ text, nested: [] }] });
  else if (kind === 'nested' && last?.kind === 'list') last.items.at(-1)?.nested.push(text);
  else if (kind === 'nested') blocks.push({ kind: 'details', lines: [text] });
  else if (kind === 'step' && last?.kind === 'steps') last.items.push(text);
  else if (kind === 'step') blocks.push({ kind: 'steps', start: line.number ?? 1, items: [text] });
  else if (kind === 'details' && last?.kind === 'entry') last.lines.push(text);
  else if (kind === 'details' && last?.kind === 'paragraph' && last.lines.length === 1)
    blocks.splice(-1, 1, { kind: 'entry', text: last.lines.join(), lines: [text] });
  else if (kind === 'quote' || kind === 'paragraph' || kind === 'details') {
    if (last?.kind === kind) last.lines.push(text);
    else blocks.push({ kind, lines: [text] });
  } else if (kind !== 'list' && kind !== 'steps' && kind !== 'entry') blocks.push({ kind, text });
}

/** One level of indentation: a full-width space in Japanese, two spaces in English. */
const shapes: readonly [Kind, RegExp][] = [
  ['blank', /^(\s*)$/],
  ['rule', /^([─-]{10,})$/],
  ['heading', /^■ (.+)$/],
  ['item', /^(?:・|- )(.+)$/],
  ['nested', /^(?:\u3000| {2})- (.+)$/],
  ['quote', /^> ?(.*)$/],
  ['subtitle', /^【(.+)】$/],
  ['subtitle', /^\[(.+)\]$/],
  ['code', /^ {4}([\w-]+)$/],
  ['details', /^(?:\u3000|[ ]{2})\s*(.+)$/],
];

function read(line: string, link: string): Line {
  if (link !== '' && line.trim() === link) return { kind: 'link', text: link };
  const step = /^(\d+)\. (.+)$/.exec(line);
  if (step?.[2]) return { kind: 'step', text: step[2], number: Number(step[1]) };
  for (const [kind, shape] of shapes) {
    const text = shape.exec(line)?.[1];
    if (text !== undefined) return { kind, text };
  }
  return { kind: 'paragraph', text: line };
}
