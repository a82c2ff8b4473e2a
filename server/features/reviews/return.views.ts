import { changeWords } from '../../domain/round/change-words.ts';
import type { Message } from '../../errors.ts';
import { flaggedAt } from '../rounds/flag-question.usecases.ts';
import type { ReviewItem } from './filters.ts';
import type { AssessmentUnderReview } from './reviews.usecases.ts';

/** What a question has to do with rounds: old and new text, why it was returned, and the form to return it. */
export function returnView(work: AssessmentUnderReview, { question }: ReviewItem) {
  const { round, assessment, mayReview } = work;
  const change = round.changes.get(question.id);
  const shown = new Set(work.subjects.map((subject) => subject.question.id));
  const words = change ? changeWords(work.compiled, [change], { shown, files: round.files })[0] : undefined;
  const returned = round.returned.get(question.id);
  const flag = round.flagged.get(question.id);
  const href = `/assessments/${assessment.id}/returned-questions/${encodeURIComponent(question.id)}`;
  return {
    change: words ?? null,
    returned: returned ? { reason: returned.reason, unchanged: change === undefined } : null,
    flag: {
      action: href,
      removal: `${href}/removal`,
      isFlagged: flag !== undefined,
      reason: flag?.reason ?? '',
      at: flag?.markedAt ?? null,
      seen: flaggedAt(flag),
      mayFlag: mayReview,
      unfolded: false,
      problem: null as Message | null,
    },
  };
}

type WithFlags = { questions: readonly ({ id: string } & ReturnType<typeof returnView>)[] };

/** Puts the reason that was typed back into its form, with what to mend. */
export function keepFlagTyped<Model extends WithFlags>(view: Model, id: string, reason: string, problem: Message) {
  const questions = view.questions.map((question) =>
    question.id === id ? { ...question, flag: { ...question.flag, reason, problem, unfolded: true } } : question,
  );
  return { ...view, questions };
}
