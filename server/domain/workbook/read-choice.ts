/** Understands what people write for a choice: its words in either language, its code, a tick. Never guesses. */
import type { Localized, Question } from '../questionnaire/questionnaire.ts';
import { labelOf } from './answer-cells.ts';
import { isAmong, isWord, naWords, noWords, plain, unknownWords, words, yesWords } from './words.ts';

/** The value the words stand for: an option's, `none`, `unknown`, `na`, `empty`; null when they stand for none. */
export function choiceOf(question: Question, text: string): string | null {
  const option = question.options?.find(({ value, label }) => isWord(text, label) || plain(value) === plain(text));
  if (option) return option.value;
  if (question.none && (isWord(text, question.none.label) || plain(text) === 'none')) return 'none';
  if (question.type === 'certificates' && isNoCertificate(text)) return 'empty';
  if (question.type === 'text') return null;
  if (isWord(text, words.unknown) || isAmong(text, unknownWords)) return 'unknown';
  if (isWord(text, words.na) || isAmong(text, naWords)) return 'na';
  return question.type === 'single' ? yesOrNo(question, text) : null;
}

/** Several, separated by `；`, `;` or line breaks; the words that stand for none come back as `unknown words`. */
export function choicesOf(question: Question, text: string): { values: string[]; strange: string[] } {
  const whole = choiceOf(question, text);
  if (whole !== null) return { values: [whole], strange: [] };
  const values: string[] = [];
  const strange: string[] = [];
  for (const part of text.split(/[;；\n]/).map((one) => one.trim())) {
    if (part === '') continue;
    const value = choiceOf(question, part);
    if (value === null) strange.push(part);
    else values.push(value);
  }
  return { values, strange };
}

/** Whether the row of an option is ticked; null when that cannot be told. */
export function tickOf(question: Question, value: string, text: string): boolean | null {
  if (text === '' || isAmong(text, noWords)) return false;
  if (isAmong(text, [...yesWords, '1', '選択'])) return true;
  const option = question.options?.find((one) => one.value === value);
  return option && (isWord(text, option.label) || plain(value) === plain(text)) ? true : null;
}

/** ○ and × only where the options themselves are yes and no. */
function yesOrNo({ options = [] }: Question, text: string): string | null {
  const has = (value: string) => options.some((option) => option.value === value);
  if (!has('yes') || !has('no')) return null;
  if (isAmong(text, yesWords)) return 'yes';
  return isAmong(text, noWords) ? 'no' : null;
}

function isNoCertificate(text: string): boolean {
  return isWord(text, words.noCertificates) || isAmong(text, ['なし', '無', '無し', 'none']);
}

export function notAChoice(question: Question, text: string): Localized {
  const offered = (locale: 'ja' | 'en') =>
    [
      ...(question.options ?? []).map(({ value }) => labelOf(question, value, locale)),
      ...(question.none ? [question.none.label[locale]] : []),
      words.unknown[locale],
      ...(question.notApplicable ? [words.na[locale]] : []),
    ].join(locale === 'ja' ? '／' : ' / ');
  const shown = text.length > 40 ? `${text.slice(0, 40).replace(/[\u{d800}-\u{dbff}]$/u, '')}…` : text;
  return {
    ja: `「${shown}」は選択肢にありません。次のいずれかを選んでください：${offered('ja')}`,
    en: `“${shown}” is not one of the choices. Choose one of: ${offered('en')}`,
  };
}
