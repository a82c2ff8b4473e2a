/** How far a vendor has come with what was returned. */
import type { CompiledQuestionnaire } from '../questionnaire/compile.ts';
import { type AnswerChange, compareRounds } from './compare.ts';
import type { SubmittedAnswers } from './submitted.ts';

export type ReturnProgress = {
  /** Everything that differs from what was handed in last. */
  readonly changes: readonly AnswerChange[];
  /** Ids of the returned questions that apply, in the order of the questionnaire, and of those still as they were. */
  readonly returned: readonly string[];
  readonly unchanged: readonly string[];
};

/** `now` are the answers as they would be handed in; `shown` the questions that apply. */
export function returnProgress(
  { questions }: CompiledQuestionnaire,
  { flagged, before }: { flagged: ReadonlySet<string>; before: SubmittedAnswers },
  { now, shown }: { now: SubmittedAnswers; shown: ReadonlySet<string> },
): ReturnProgress {
  const ids = questions.map(({ question }) => question.id);
  const changes = compareRounds(ids, before, now);
  const changed = new Set(changes.map(({ questionId }) => questionId));
  const returned = ids.filter((id) => flagged.has(id) && shown.has(id));
  return { changes, returned, unchanged: returned.filter((id) => !changed.has(id)) };
}
