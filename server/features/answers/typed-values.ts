/** Numbers and days as people type them: full-width digits, separators and Japanese dates are understood, nothing is guessed. */
import { nfkc } from '../../domain/assessment/normal-form.ts';
import type { AnswerValue } from '../../domain/questionnaire/answer.ts';
import { type Problem, problem } from '../../domain/questionnaire/problem.ts';

export type ReadValue = { value: AnswerValue } | { problems: readonly Problem[] };

/** 1,200 and １２００ are 1200; a unit or a range is not a number. */
export function readNumber(typed: string): ReadValue {
  const text = nfkc(typed)
    .replace(/[\s,、]/g, '')
    .replace(/^[−‐–—ー]/, '-');
  if (text === '') return { value: null };
  if (/^[-+]?(\d+\.?\d*|\.\d+)$/.test(text) && text.length <= 15) return { value: Number(text) };
  return {
    problems: [
      problem(
        '/value',
        '数値だけを入力してください（例：12 または 1,200）。単位や「約」などの語は不要です。範囲がある場合は、最も不利な値を入力し、補足に事情を記載してください。',
        'Give a number only, such as 12 or 1,200, without a unit or words like "about". For a range, give the least favourable value and explain in the comment.',
      ),
    ],
  };
}

export function unreadableDay(path: string): Problem {
  return problem(
    path,
    '日付を読み取れませんでした。2026-12-01、2026/12/1、2026年12月1日、令和8年12月1日 のいずれかの形で、実在する日を入力してください。',
    'This could not be read as a date. Give a real day, for example 2026-12-01 or 2026/12/1.',
  );
}
