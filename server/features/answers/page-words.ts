import type { Locale } from '../../adapters/template-helpers.ts';
import type { Localized } from '../../domain/questionnaire/questionnaire.ts';

export type PageWords = { text: string; lang: Locale | null };

/** Words in the page's language; where a questionnaire lacks them, the Japanese ones, marked as such for screen readers. */
export function wordsOf(words: Localized, locale: Locale): PageWords {
  return words[locale] === '' && locale !== 'ja' ? { text: words.ja, lang: 'ja' } : { text: words[locale], lang: null };
}
