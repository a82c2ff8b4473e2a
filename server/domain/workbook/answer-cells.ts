/** What stands in the answer cell of a question, and what can be chosen there. */
import type { AnswerValue } from '../questionnaire/answer.ts';
import type { Question } from '../questionnaire/questionnaire.ts';
import type { Cell } from './book.ts';
import type { ChoiceLists } from './choice-lists.ts';
import { type Locale, words } from './words.ts';

type Context = { locale: Locale; lists: ChoiceLists };

export function answerCell(question: Question, value: AnswerValue, context: Context): Cell {
  const { locale, lists } = context;
  const choices = choicesOf(question, locale);
  return {
    value: shownValue(question, value, locale),
    look: 'answer',
    format: formatOf(question),
    ...(choices.length > 0 ? { list: lists.range(choices) } : {}),
    ...promptOf(question, locale),
  };
}

/** Options of several are separated by `；`, here and when read. */
export function conditionalCell(question: Question, value: AnswerValue, { locale, lists }: Context): Cell {
  const shown =
    question.type === 'multi' && Array.isArray(value)
      ? (value as readonly string[]).map((one) => labelOf(question, one, locale)).join('；')
      : shownValue(question, value, locale);
  const choices = [
    ...(question.type === 'single' ? (question.options ?? []).map(({ label }) => label[locale]) : []),
    ...(question.none ? [question.none.label[locale]] : []),
  ];
  return {
    value: shown,
    look: 'answer',
    ...(choices.length > 0 && question.type !== 'multi' ? { list: lists.range(choices) } : {}),
    ...(question.type === 'multi'
      ? { prompt: { ja: '複数ある場合は「；」で区切ってください。', en: 'Separate several options with “;”.' }[locale] }
      : {}),
  };
}

function choicesOf(question: Question, locale: Locale): string[] {
  if (question.type === 'text') return [];
  return [
    ...(question.type === 'single' ? (question.options ?? []).map(({ label }) => label[locale]) : []),
    ...(question.type === 'certificates' ? [words.onRecords[locale], words.noCertificates[locale]] : []),
    ...(question.none ? [question.none.label[locale]] : []),
    words.unknown[locale],
    ...(question.notApplicable ? [words.na[locale]] : []),
  ];
}

/** Options of a multiple choice have rows of their own; certificates a sheet. */
function shownValue(question: Question, value: AnswerValue, locale: Locale): string | number | null {
  if (value === null || question.type === 'text') return value as string | null;
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return labelOf(question, value, locale);
  if (question.type !== 'certificates') return null;
  return words[value.length > 0 ? 'onRecords' : 'noCertificates'][locale];
}

export function labelOf(question: Question, value: string, locale: Locale): string {
  const option = question.options?.find((one) => one.value === value);
  if (option) return option.label[locale];
  if (value === 'none' && question.none) return question.none.label[locale];
  return value === 'unknown' || value === 'na' ? words[value][locale] : value;
}

function formatOf({ type }: Question): NonNullable<Cell['format']> {
  if (type === 'date') return 'date';
  return type === 'text' ? 'text' : 'number';
}

function promptOf({ type, unit }: Question, locale: Locale): { prompt?: string } {
  if (type === 'multi') {
    return {
      prompt: {
        ja: '当てはまる選択肢の行に○を選んでください。この欄は、どれにも当てはまらない場合と、わからない場合だけ使います。',
        en: 'Put ○ in the row of each option that applies. Use this cell only when none does, or when you do not know.',
      }[locale],
    };
  }
  if (type === 'date') return { prompt: { ja: '例：2026/12/1', en: 'For example 2026-12-01' }[locale] };
  if (type !== 'number') return {};
  return {
    prompt: { ja: `数値のみ${unit ? `（単位：${unit.ja}）` : ''}`, en: `A number${unit ? ` (${unit.en})` : ''}` }[
      locale
    ],
  };
}
