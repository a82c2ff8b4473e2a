import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writeLetter } from '../../../server/adapters/mail/letter.ts';
import { loadTemplates } from '../../../server/adapters/templates.ts';
import { sampleModel } from './sample-model.ts';

type Locale = 'ja' | 'en';
const templates = loadTemplates();
const all = readdirSync('templates/mail').map((file) => file.split('.').slice(0, 2) as [string, Locale]);
const kinds = [...new Set(all.map(([kind]) => kind))];

function letter(kind: string, locale: Locale, changes: Record<string, unknown> = {}) {
  const part = kind === 'contributor-invitation' ? { sections: ['識別・認証'] } : {};
  const message = { kind, locale, recipient: { email: 'a@b.example', name: '田中 一郎' } };
  const { html = '', ...rest } = writeLetter(
    { ...message, model: { ...sampleModel(locale), ...part, ...changes } },
    (model) => templates.mail(`${kind}.${locale}`, locale, model),
  );
  return { html, body: /<body[\s\S]*<\/body>/.exec(html)?.[0] ?? '', ...rest };
}

/** What a reader of the HTML sees, without the signs that only a text needs. */
function words(html: string): string {
  const [, shown = ''] = /<\/h1>([\s\S]*)<\/main>/.exec(html) ?? [];
  const numbered = shown.replace(/<ol [^>]*start="(\d+)"[^>]*>(.*?)<\/ol>/g, (_, start: string, items: string) =>
    items
      .split('</li>')
      .slice(0, -1)
      .map((item, index) => `${Number(start) + index}.${item}`)
      .join(''),
  );
  const text = numbered.replace(/<[^>]+>/g, '');
  return decoded(text).replace(/\s+/g, '');
}

function decoded(text: string): string {
  const signs: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
  return text.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => signs[name] ?? '');
}

function wordsOfText(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      line.replace(/^(■ |・|[ \u3000]*- |> ?|[─-]{10,}$|--$)/, '').replace(/^【(.+)】$|^\[(.+)\]$/, '$1$2'),
    )
    .join('')
    .replace(/\s+/g, '');
}

const count = (text: string, what: RegExp) => [...text.matchAll(what)].length;

describe.each(all)('the HTML part of %s.%s', (kind, locale) => {
  it('says what the text says, in the same order', () => {
    const { html, text } = letter(kind, locale);
    expect(words(html)).toBe(wordsOfText(text));
    expect(wordsOfText(text).length).toBeGreaterThan(60);
  });

  it('has the subject as its heading, and its language', () => {
    const { html, subject } = letter(kind, locale);
    expect(html).toContain(`<html lang="${locale}">`);
    expect(decoded(/<h1 [^>]+>(.*)<\/h1>/.exec(html)?.[1] ?? '')).toBe(subject);
    expect(decoded(/<title>(.*)<\/title>/.exec(html)?.[1] ?? '')).toBe(subject);
  });

  it('fetches nothing, runs nothing and leads nowhere but where the text leads', () => {
    const { html, body, text } = letter(kind, locale);
    expect(html).not.toMatch(/<(?:script|img|iframe|link|form|object|video|audio)\b|\bsrc=|url\(|@import|\son\w+=/i);
    const links = [...body.matchAll(/<a [^>]*href="([^"]*)">([^<]*)<\/a>/g)];
    expect(links.length).toBe(count(text, /^ *https:\/\/kantoku\.example\/v#.*$/gm));
    for (const [, href, shown] of links) expect([href, shown]).toEqual(Array(2).fill(sampleModel(locale).link));
    expect(count(body, /<a\b/g)).toBe(links.length);
  });
});

it.each(kinds)('the parts of "%s" are of the same kinds in both languages', (kind) => {
  const [ja, en] = (['ja', 'en'] as const).map((locale) => letter(kind, locale, { lines: ['x'] }).body);
  for (const tag of ['h2', 'h3', 'ul', 'ol', 'blockquote', 'a'])
    expect(count(en ?? '', new RegExp(`<${tag}\\b`, 'g')), tag).toBe(count(ja ?? '', new RegExp(`<${tag}\\b`, 'g')));
});

it('an English heading is marked in the HTML only', () => {
  const { text, body } = letter('invitation', 'en');
  expect(text).not.toContain('■');
  for (const heading of ['What we ask', 'Why we ask', 'How to begin', 'Please note', 'Questions?']) {
    expect(body).toMatch(new RegExp(`<h2 [^>]+>${heading.replace('?', '\\?')}</h2>`));
    expect(text).toContain(`\n${heading}\n`);
  }
});

describe('what people type', () => {
  it.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' style='position:fixed",
    '</title><base href=//evil.example>',
    '&lt;b&gt; &amp;',
    '<!--[if mso]><b>',
    '\uE000\uE001■ x',
  ])('stays text: %j', (name) => {
    const plain = letter('returned', 'ja', { contactName: 'x', customerName: 'x', note: 'x' });
    const hostile = letter('returned', 'ja', { contactName: name, customerName: name, note: name });
    const tags = (html: string) => html.replace(/>[^<]*</g, '><').replace(/<!--\[if mso\]>.*?<!\[endif\]-->/g, '');
    expect(tags(hostile.html)).toBe(tags(plain.html));
    expect(words(hostile.html)).toBe(wordsOfText(hostile.text).replaceAll(/[\uE000\uE001]/g, ''));
  });

  it.each([
    '■ 至急のお願い',
    '・項目',
    '- item',
    '1. 手順',
    '> 引用',
    '【見出し】',
    '[Heading]',
    '────────────',
    '　字下げ',
    '    48151623',
    '一行目\n■ 二行目\n\n・四行目\n--\n偽の署名',
    'x\r\n\r\n■ y\u2028・z',
  ])('never becomes a part of its own: %j', (note) => {
    const shape = (html: string) => html.replace(/<br>/g, '').replace(/>[^<]*</g, '><');
    expect(shape(letter('returned', 'ja', { note }).body)).toBe(shape(letter('returned', 'ja', { note: 'x' }).body));
  });

  it('keeps its lines, and no address in it can be followed', () => {
    const { body } = letter('returned', 'ja', { note: '1 行目\n\nhttps://evil.example/v#ktk1_x\n3 行目' });
    expect(body).toContain('1 行目<br><br>https://evil.example/v#ktk1_x<br>3 行目');
    expect(body).not.toContain('href="https://evil');
  });
});

it('a code stands by itself, large', () => {
  for (const locale of ['ja', 'en'] as const)
    expect(letter('code', locale).body).toMatch(/<p [^>]*font-size:28px[^>]*>48151623<\/p>/);
});
