import type { Answer } from '../questionnaire/answer.ts';
import { answerState } from '../questionnaire/answer-state.ts';
import { knownView } from '../questionnaire/answer-view.ts';
import type { CompiledQuestion, CompiledQuestionnaire } from '../questionnaire/compile.ts';
import { answerProblems } from '../questionnaire/fits.ts';
import type { QuestionResult } from './evaluation.ts';
import { planFor } from './plan.ts';

/**
 * Whether there is something a plan could mend: a shortcoming, a part only, or わからない. `asOf` (YYYY-MM-DD) counts the months
 * of a date. What is blank, or does not fit, falls short of nothing yet.
 */
export function fallsShort(
  compiled: CompiledQuestionnaire,
  { question, index }: CompiledQuestion,
  answer: Answer | undefined,
  asOf: string,
): boolean {
  const state = answerState(question, answer, asOf);
  if (state === 'unknown') return question.weight > 0;
  if (state !== 'answered' || answer === undefined || answerProblems(question, answer).length > 0) return false;
  const { score, fails } = planFor(compiled).rates[index]!(knownView(question.type, answer.value), asOf);
  return isShort(score, fails);
}

/** The same of a question that has been scored; evidence has no part in it. */
export function fellShort({ state, weight, scoreBeforeEvidence, fails }: QuestionResult): boolean {
  if (state === 'unknown') return weight > 0;
  return state === 'answered' && isShort(scoreBeforeEvidence, fails);
}

function isShort(score: number | null, fails: boolean): boolean {
  return score !== null && (fails || score < 1);
}
