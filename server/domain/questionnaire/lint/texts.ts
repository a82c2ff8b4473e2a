/** Every text is there in both languages. The schema asks for the keys; blanks and copies are found here. */
import type { Questionnaire } from '../questionnaire.ts';
import { type LintMessage, lintError, lintWarning, type Path } from './lint-message.ts';

const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

export function lintTexts(questionnaire: Questionnaire): readonly LintMessage[] {
  const found: LintMessage[] = [];
  look(questionnaire, [], found);
  return found;
}

function look(value: unknown, path: Path, found: LintMessage[]): void {
  if (typeof value !== 'object' || value === null) return;
  if ('ja' in value && 'en' in value) found.push(...textProblems(value.ja, value.en, path));
  else
    for (const [key, item] of Object.entries(value))
      look(item, [...path, Array.isArray(value) ? Number(key) : key], found);
}

function textProblems(ja: unknown, en: unknown, path: Path): readonly LintMessage[] {
  const blank = [ja, en].findIndex((text) => typeof text !== 'string' || text.trim() === '');
  if (blank >= 0) {
    const language = blank === 0 ? 'ja' : 'en';
    return [
      lintError(
        'missing-language',
        [...path, language],
        `${language} の文章がありません。書き加えてください。`,
        `The ${language} text is empty. Write it.`,
      ),
    ];
  }
  if (JAPANESE.test(String(en))) {
    return [
      lintWarning(
        'untranslated',
        [...path, 'en'],
        '英語の文章に日本語が残っています。英訳してください。',
        'The English text contains Japanese. Translate it.',
      ),
    ];
  }
  return [];
}
