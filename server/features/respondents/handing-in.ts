import type { CompiledQuestion, CompiledQuestionnaire } from '../../domain/questionnaire/compile.ts';
import { type ReturnProgress, returnProgress } from '../../domain/round/return-progress.ts';
import { type SubmittedAnswers, submittedAnswers } from '../../domain/round/submitted.ts';
import type { CollectedAnswers } from '../answers/answers.usecases.ts';
import type { ReturnedRound } from '../rounds/returned-round.usecases.ts';
import { openQuestions } from './open-questions.ts';

/** What would be handed in now. `missing`: without a response, though one could be given. `round`: null unless returned. */
export type HandingIn = {
  shown: readonly CompiledQuestion[];
  missing: readonly CompiledQuestion[];
  answers: SubmittedAnswers;
  round: ReturnProgress | null;
};

export function handingIn(
  compiled: CompiledQuestionnaire,
  { answers, rows, files }: Pick<CollectedAnswers, 'answers' | 'rows' | 'files'>,
  returned: ReturnedRound | null,
): HandingIn {
  const { shown, unanswered } = openQuestions(compiled, answers);
  const ids = new Set(shown.map(({ question }) => question.id));
  const now = submittedAnswers(ids, rows, files);
  const flagged = new Set(returned?.reasons.keys());
  return {
    shown,
    missing: unanswered.filter(({ question }) => returned?.open.has(question.id) ?? true),
    answers: now,
    round: returned && returnProgress(compiled, { flagged, before: returned.before }, { now, shown: ids }),
  };
}
