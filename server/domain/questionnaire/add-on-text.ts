import { dayWords } from '../assessment/calendar.ts';
import type { Answer } from './answer.ts';
import { answerText } from './answer-text.ts';
import type { Localized, Question } from './questionnaire.ts';

/** What stands beside an answer, in people's words, one line each; empty where nothing does. */
export function addOnLines(
  question: Question,
  { conditional, plan }: Pick<Answer, 'conditional' | 'plan'>,
): Localized[] {
  const lines: Localized[] = [];
  if (conditional) {
    const value = answerText(question, conditional.value);
    lines.push({
      ja: `条件付き：${value.ja}（条件：${conditional.condition}）`,
      en: `Under a condition: ${value.en} (condition: ${conditional.condition})`,
    });
  }
  if (plan) {
    const day = dayWords(plan.by);
    lines.push({
      ja: `対応予定：${day.ja}まで　${plan.measure}`,
      en: `Planned by ${day.en}: ${plan.measure}`,
    });
  }
  return lines;
}
