/** How far a vendor has come after a return, section by section. */
import type { Answers } from '../questionnaire/answer.ts';
import type { CompiledQuestionnaire } from '../questionnaire/compile.ts';
import { isRequired, type SectionProgress } from '../questionnaire/progress.ts';
import { responded } from '../questionnaire/visibility.ts';
import { returnProgress } from './return-progress.ts';
import type { SubmittedAnswers } from './submitted.ts';

/** `open` may be changed; `flagged` of these came back, the others have only come to apply; `before` was handed in last. */
export type Returned = {
  readonly open: ReadonlySet<string>;
  readonly flagged: ReadonlySet<string>;
  readonly before: SubmittedAnswers;
};
type Present = { readonly answers: Answers; readonly now: SubmittedAnswers; readonly shown: ReadonlySet<string> };

/**
 * Counts only what may be changed, as `progress` counts everything: a question that came back is done once it differs from what was
 * handed in, one that has come to apply once it has a response.
 */
export function openProgress(
  compiled: CompiledQuestionnaire,
  { open, flagged, before }: Returned,
  { answers, now, shown }: Present,
): readonly SectionProgress[] {
  const unchanged = new Set(returnProgress(compiled, { flagged, before }, { now, shown }).unchanged);
  return compiled.questionnaire.sections.map(({ id: sectionId }) => {
    const asked = compiled.questions.filter(
      (one) => one.sectionId === sectionId && shown.has(one.question.id) && open.has(one.question.id),
    );
    const done = asked.filter((one) => !unchanged.has(one.question.id) && responded(one, answers[one.question.id]));
    return {
      sectionId,
      applicable: asked.length,
      answered: done.length,
      required: asked.filter(({ question }) => isRequired(question)).length,
      requiredAnswered: done.filter(({ question }) => isRequired(question)).length,
    };
  });
}
