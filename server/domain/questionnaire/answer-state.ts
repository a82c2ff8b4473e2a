/** Which of the states an answer is in; `unknown`, `na`, blank and 0 are four different things. */
import type { Answer, AnswerValue } from './answer.ts';
import type { Question } from './questionnaire.ts';

export type AnswerState = 'answered' | 'unknown' | 'na' | 'invalidNa' | 'unanswered';

/** Why "not applicable" does not count, if it does not. */
export type NaRefusal = 'notOffered' | 'noReason' | 'rejected';

/**
 * The state of a fitting answer. `asOf` (YYYY-MM-DD), where given, makes a later date unknown: it was not known then.
 */
export function answerState(question: Question, answer: Answer | undefined, asOf?: string): AnswerState {
  const value = answer?.value;
  if (isBlank(question, value)) return 'unanswered';
  if (question.type === 'text') return 'answered';
  if (value === 'unknown') return 'unknown';
  if (value === 'na') return naRefusal(question, answer) === null ? 'na' : 'invalidNa';
  if (question.type === 'date' && asOf !== undefined && typeof value === 'string' && isAfter(value, asOf))
    return 'unknown';
  return 'answered';
}

/** Blank means unanswered. An empty list of certificates is an answer: none. */
export function isBlank(question: Question, value: AnswerValue | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  return question.type === 'multi' && Array.isArray(value) && value.length === 0;
}

export function naRefusal(question: Question, answer: Answer | undefined): NaRefusal | null {
  if (question.notApplicable === undefined) return 'notOffered';
  if (answer?.naRejected === true) return 'rejected';
  return (answer?.naReason ?? '').trim() === '' ? 'noReason' : null;
}

function isAfter(value: string, asOf: string): boolean {
  return value !== 'none' && value > asOf;
}
