import Handlebars from 'handlebars';
import type { Localized } from '../domain/questionnaire/questionnaire.ts';
import { toneOf } from './tones.ts';

export type Locale = 'ja' | 'en';
type Options = Handlebars.HelperOptions;
type Entry = { ja: string; en: string };

/**
 * The helpers templates may use: t (message), loc (pick the language of {ja,en}; said does
 * so on a page and marks Japanese that stands in for missing English, WCAG 3.1.2), term and tone (name and look of a state,
 * e.g. `term "judgement" value`), date, dateTime, number, bytes, asset.
 * headline marks a heading of an English mail. The language is that of the page, `@locale`.
 */
export function createHelpers(messages: ReadonlyMap<string, Entry>, assets: ReadonlyMap<string, string>) {
  function text(key: string, locale: Locale, values: Record<string, unknown>): string {
    const entry = messages.get(key);
    if (!entry) throw new Error(`templates/text: there is no message "${key}"`);
    return entry[locale].replace(/\{(\w+)\}/g, (_, name: string) => {
      if (values[name] === undefined || values[name] === null)
        throw new Error(`templates/text: "${key}" needs {${name}}`);
      return String(values[name]);
    });
  }
  const registered = {
    t: (key: string, options: Options) => text(key, options.data.locale as Locale, options.hash),
    loc: (words: Localized, options: Options) => words[options.data.locale as Locale] || words.ja,
    said: (words: Localized, options: Options) =>
      words[options.data.locale as Locale] || words.ja === ''
        ? words[options.data.locale as Locale]
        : new Handlebars.SafeString(`<span lang="ja">${Handlebars.escapeExpression(words.ja)}</span>`),
    term: (group: string, value: string, options: Options) =>
      text(`term.${group}.${value}`, options.data.locale as Locale, {}),
    tone: toneOf,
    // `#if @partial-block` would call the block to see whether it is true, without the page's data.
    hasBlock: (options: Options) => typeof options.data['partial-block'] === 'function',
    date: (value: string | Date | null, options: Options) => formatDate(value, options.data.locale as Locale),
    dateTime: (value: string | Date | null, options: Options) => formatDateTime(value, options.data.locale as Locale),
    // In the text of an English mail a heading is a line like any other; where HTML is made of it, it looks as in Japanese.
    headline: (options: Options) => (options.data.root.forHtml ? '■ ' : ''),
    number: (value: number, options: Options) => value.toLocaleString(options.data.locale as Locale),
    bytes: (value: number) => formatBytes(value),
    asset: (name: string) => {
      const version = assets.get(name);
      if (!version) throw new Error(`templates/assets: there is no "${name}"`);
      return `/assets/${name}?v=${version}`;
    },
  };
  const known = Object.fromEntries(Object.keys(registered).map((name) => [name, true]));
  return { registered, known, text, has: (key: string) => messages.has(key) };
}

/** 2026年12月1日(火) / Tue 1 Dec 2026, in Asia/Tokyo. A plain YYYY-MM-DD is taken as that day. */
export function formatDate(value: string | Date | null, locale: Locale): string {
  if (value === null) return '';
  const moment =
    typeof value === 'string' && value.length === 10 ? new Date(`${value}T12:00:00+09:00`) : new Date(value);
  return formatters[locale].date.format(moment).replace(',', '');
}

/** The same with the time of day, JST. */
export function formatDateTime(value: string | Date | null, locale: Locale): string {
  return value === null ? '' : `${formatters[locale].dateTime.format(new Date(value)).replace(',', '')} JST`;
}

const timeZone = 'Asia/Tokyo';
const formatters = {
  ja: {
    date: new Intl.DateTimeFormat('ja-JP', {
      timeZone,
      year: 'numeric',
      month: 'long',
      day: 'numeric',
      weekday: 'short',
    }),
    dateTime: new Intl.DateTimeFormat('ja-JP', {
      timeZone,
      year: 'numeric',
      month: 'long',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
    }),
  },
  en: {
    date: new Intl.DateTimeFormat('en-GB', {
      timeZone,
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      weekday: 'short',
    }),
    dateTime: new Intl.DateTimeFormat('en-GB', {
      timeZone,
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
    }),
  },
};

export function formatBytes(size: number): string {
  if (size < 1024) return `${size} B`;
  return size < 1024 * 1024 ? `${(size / 1024).toFixed(1)} KB` : `${(size / 1024 / 1024).toFixed(1)} MB`;
}
