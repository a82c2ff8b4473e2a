import { answerText } from '../questionnaire/answer-text.ts';
import type { Localized, Question } from '../questionnaire/questionnaire.ts';
import type { QuestionResult } from '../scoring/evaluation.ts';
import type { Source } from './source.ts';
import { type SettledCode, settledTerm, type Term } from './terms.ts';

/** A conditional answer beside the one that is scored. */
export type ConditionNote = {
  readonly condition: string;
  readonly settled: Term<SettledCode>;
  /** Whether `other` holds under the condition or without it. */
  readonly otherIs: 'under' | 'without';
  /** The answer that is not scored. */
  readonly other: Localized;
  readonly reason: string | null;
};

/** Absent where the answer carries no condition, so that documents without any stay as they were. */
export function conditionNote(
  { reviews }: Source,
  question: Question,
  { answer }: QuestionResult,
): { readonly condition?: ConditionNote } {
  const settled = answer?.settled;
  const conditional = settled?.conditional ?? answer?.conditional;
  if (!conditional) return {};
  const holds = settled?.holds === true;
  return {
    condition: {
      condition: conditional.condition,
      settled: settledTerm(settled ? (holds ? 'holds' : 'notHeld') : 'unsettled'),
      otherIs: holds ? 'without' : 'under',
      other: answerText(question, holds ? settled?.base : conditional.value),
      reason: reviews.get(question.id)?.conditionReason || null,
    },
  };
}
