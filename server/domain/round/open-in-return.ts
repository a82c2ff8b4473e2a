/** What a vendor may change after a return (差戻し). */
import type { CompiledQuestionnaire } from '../questionnaire/compile.ts';
import { shownToRespondent, visibility } from '../questionnaire/visibility.ts';
import { answersOf, type SubmittedAnswers } from './submitted.ts';

/**
 * Ids of the questions that are open: those `flagged`; those that did not apply to what was handed in `before`, should a change
 * make them apply now; and those that were shown only because another question was わからない, once that one is open.
 * The set depends on nothing that is typed meanwhile, so a page made earlier stays right.
 */
export function openInReturn(
  compiled: CompiledQuestionnaire,
  flagged: ReadonlySet<string>,
  before: SubmittedAnswers,
): ReadonlySet<string> {
  const answers = answersOf(before);
  const shown = shownToRespondent(compiled, answers);
  const asked = visibility(compiled, answers);
  const open = new Set<string>();
  for (const { question, showWhen } of compiled.order) {
    const hinges = showWhen?.dependsOn.some((needed) => open.has(needed.question.id)) ?? false;
    const undecided = asked.get(question.id) === 'pending' && hinges;
    if (flagged.has(question.id) || !shown.has(question.id) || undecided) open.add(question.id);
  }
  return open;
}
