import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createHelpers, formatBytes, formatDate, formatDateTime } from '../../server/adapters/template-helpers.ts';
import { loadTemplates } from '../../server/adapters/templates.ts';
import { toneOf } from '../../server/adapters/tones.ts';

const root = new URL('../../templates/', import.meta.url).pathname;
const texts = readdirSync(join(root, 'text')).map((file) => ({
  file,
  entries: JSON.parse(readFileSync(join(root, 'text', file), 'utf8')) as Record<string, { ja: string; en: string }>,
}));
const templates = loadTemplates();
const shell = { styles: [], scripts: [], languages: [], items: [], account: null, member: null, home: '/', done: null };

describe('Templates', () => {
  test('A page stands in its language, with assets by their content', () => {
    const page = templates.page('errors/error', 'en', { ...errorModel, shell: { ...shell, styles: ['kantoku.css'] } });
    expect(page).toContain('<html lang="en">');
    expect(page).toMatch(
      /href="\/assets\/kantoku\.css\?v&#x3D;[\da-f]{10}"|href="\/assets\/kantoku\.css\?v=[\da-f]{10}"/,
    );
    expect(page).toContain('Page not found');
  });

  test('What people wrote is text, whatever it looks like', () => {
    const nasty = '"><script>alert(1)</script><img src=x onerror=alert(1)> {{t "x"}}';
    const page = templates.page('errors/error', 'ja', { ...errorModel, shell, message: { ja: nasty, en: nasty } });
    expect(page).not.toContain('<script>alert');
    expect(page).not.toContain('<img');
    expect(page).toContain('{{t');
  });

  test('A field the template names and the model lacks is an error, not a blank', () => {
    const { message, ...rest } = errorModel;
    expect(message).toBeDefined();
    expect(() => templates.page('errors/error', 'ja', { ...rest, shell })).toThrow();
    expect(() => templates.page('errors/nothing', 'ja', {})).toThrow(/there is no/);
  });

  test('A missing message, value or asset is an error', () => {
    const { text, registered } = createHelpers(new Map([['a.b', { ja: '{n}件', en: '{n} items' }]]), new Map());
    expect(text('a.b', 'ja', { n: 3 })).toBe('3件');
    expect(() => text('a.c', 'ja', {})).toThrow(/no message/);
    expect(() => text('a.b', 'en', {})).toThrow(/needs \{n\}/);
    expect(() => registered.asset('none.css')).toThrow(/no "none.css"/);
  });

  test('Days and times are those of Tokyo', () => {
    expect(formatDate('2026-12-01', 'ja')).toBe('2026年12月1日(火)');
    expect(formatDate('2026-12-01', 'en')).toBe('Tue 1 Dec 2026');
    expect(formatDateTime('2026-11-30T15:05:00Z', 'ja')).toBe('2026年12月1日 00:05 JST');
    expect(formatDateTime(null, 'ja')).toBe('');
    expect([formatBytes(900), formatBytes(2048), formatBytes(26_214_400)]).toEqual(['900 B', '2.0 KB', '25.0 MB']);
  });
});

describe('Words', () => {
  const all = texts.flatMap(({ file, entries }) =>
    Object.entries(entries).map(([key, entry]) => ({ file, key, ...entry })),
  );

  test('Every message is there in both languages, with the same values', () => {
    expect(all.length).toBeGreaterThan(200);
    for (const { file, key, ja, en } of all) {
      expect(`${file} ${key}: ${typeof ja} ${typeof en}`).toBe(`${file} ${key}: string string`);
      expect(`${key} ${valuesOf(ja)}`).toBe(`${key} ${valuesOf(en)}`);
    }
  });

  test('Japanese keeps to half-width digits and full-width brackets and colons', () => {
    for (const { key, ja } of all) {
      const words = ja.replace(/\{\w+\}|https?:\S+|[\w.+-]+@[\w.-]+/g, '');
      expect(`${key} ${/[０-９Ａ-Ｚａ-ｚ]/.exec(words)?.[0] ?? ''}`).toBe(`${key} `);
      expect(
        `${key} ${/[ぁ-んァ-ヶ一-龠]\s?[:(]|\)[ぁ-んァ-ヶ一-龠]/.exec(words.replace(/\([月火水木金土日]\)/g, ''))?.[0] ?? ''}`,
      ).toBe(`${key} `);
    }
  });

  test('Every message a template asks for exists', () => {
    const keys = new Set(all.map(({ key }) => key));
    for (const folder of ['layouts', 'partials', 'pages']) {
      for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((one) =>
        one.endsWith('.hbs'),
      )) {
        for (const [, key = ''] of readFileSync(join(root, folder, file), 'utf8').matchAll(/[({]t "([^"]+)"/g)) {
          expect(`${file} ${key} ${keys.has(key)}`).toBe(`${file} ${key} true`);
        }
      }
    }
  });

  test('Every state, judgement and severity has a name and a look', () => {
    const named = all.map(({ key }) =>
      /^term\.(state|judgement|severity|evidence|finding|criticality|progress)\.(\w+)$/.exec(key),
    );
    const found = named.filter((match) => match !== null);
    expect(found.length).toBeGreaterThan(25);
    for (const [, group = '', value = ''] of found) expect(toneOf(group, value)).toMatch(/^[a-z]+$/);
    expect(() => toneOf('state', 'lost')).toThrow(/no look/);
  });
});

test('Styles and scripts of one page stay below 60 KB compressed', () => {
  const assets = readdirSync(join(root, 'assets')).filter((name) => /\.(css|js)$/.test(name));
  const size = assets.reduce((sum, name) => sum + gzipSync(readFileSync(join(root, 'assets', name))).length, 0);
  expect(assets.length).toBeGreaterThan(5);
  expect(size).toBeLessThan(60 * 1024);
});

const errorModel = {
  ...{ heading: 'error.heading.404', status: 404, errors: [], fields: [], errorId: null, signIn: null },
  message: { ja: '見つかりません', en: 'Not found' },
};

function valuesOf(text: string): string {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort().join(',');
}
