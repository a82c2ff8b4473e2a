import { type Block, blocksOf } from './blocks.ts';
import { escaped, withoutMarks } from './guarded-model.ts';
import { inLayout, styles } from './html-layout.ts';

/** `text` was rendered from a guarded model; `link` is the one address in it that opens something, '' for none. */
export type HtmlInput = { subject: string; text: string; locale: 'ja' | 'en'; link: string };

/**
 * The HTML part of a mail, made from its text: the same words in the same order, and nothing fetched from anywhere. Only the
 * mail's own link can be followed, and it shows where it leads; an address that somebody typed stays text.
 */
export function htmlPart({ subject, text, locale, link }: HtmlInput): string {
  // The last one: above it, `--` may be somebody's own words.
  const cut = text.lastIndexOf('\n--\n');
  const [body, footer] = cut < 0 ? [text, ''] : [text.slice(0, cut), text.slice(cut + 4)];
  return inLayout({
    locale,
    subject: escaped(withoutMarks(subject)),
    body: blocksOf(body, link).map(toHtml).join('\n'),
    footer: blocksOf(footer, link).map(inFooter).join('\n'),
  });
}

function inFooter(block: Block): string {
  return block.kind === 'heading' ? `<h2 ${styles.footerHeading}>${escaped(block.text)}</h2>` : toHtml(block);
}

function toHtml(block: Block): string {
  switch (block.kind) {
    case 'title':
    case 'heading':
      return `<h2 ${styles.heading}>${escaped(block.text)}</h2>`;
    case 'subtitle':
      return `<h3 ${styles.subtitle}>${escaped(block.text)}</h3>`;
    case 'link':
      return `<p ${styles.linkBox}><a ${styles.link} href="${escaped(block.text)}">${escaped(block.text)}</a></p>`;
    case 'code':
      return `<p ${styles.code}>${escaped(block.text)}</p>`;
    case 'list':
      return `<ul ${styles.list}>${block.items.map(item).join('')}</ul>`;
    case 'steps':
      return `<ol ${styles.list} start="${block.start}">${block.items.map((text) => item({ text, nested: [] })).join('')}</ol>`;
    case 'quote':
      return `<blockquote ${styles.quote}>${block.lines.map(escaped).join('<br>')}</blockquote>`;
    case 'entry':
      return `<p ${styles.entry}><b>${escaped(block.text)}</b></p>${details(block.lines)}`;
    case 'details':
      return details(block.lines);
    case 'paragraph':
      return `<p ${styles.paragraph}>${block.lines.map(escaped).join('<br>')}</p>`;
  }
}

function details(lines: readonly string[]): string {
  return `<p ${styles.details}>${lines.map(labelled).join('<br>')}</p>`;
}

function item({ text, nested }: { text: string; nested: readonly string[] }): string {
  const below = nested.map((one) => `<li ${styles.item}>${escaped(one)}</li>`).join('');
  const inner = below === '' ? '' : `<ul ${styles.nested}>${below}</ul>`;
  return `<li ${styles.item}>${labelled(text)}${inner}</li>`;
}

/** `提出期限：…` or `Due: …`: the label steps back, so that the eye finds the value. */
function labelled(line: string): string {
  const [, label, value] = /^([^：。、（「]{1,16}：|[A-Z][A-Za-z0-9 -]{0,40}:(?= |$))(.*)$/.exec(line) ?? [];
  return label !== undefined && value !== undefined
    ? `<span ${styles.label}>${escaped(label)}</span>${escaped(value)}`
    : escaped(line);
}
