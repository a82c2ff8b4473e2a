import type { FoundContradiction } from '../../domain/advice/contradictions.ts';
import { questionHref } from './addresses.ts';
import type { AssessmentUnderReview } from './reviews.usecases.ts';

/** Answers that do not fit together, so that the reviewer can ask: of the whole assessment, or of one question. */
export function contradictionsView(work: AssessmentUnderReview, questionId?: string) {
  return work.contradictions
    .filter((one) => questionId === undefined || one.questionId === questionId)
    .map((one) => contradictionView(work, one));
}

function contradictionView(work: AssessmentUnderReview, found: FoundContradiction) {
  const { questionId, related, message, remedy, finding } = found;
  return {
    message,
    remedy,
    finding: finding?.title ?? null,
    questions: [questionId, ...related].map((id) => ({
      id,
      href: questionHref(work.assessment.id, work.compiled.byId.get(id)?.sectionId ?? '', id),
    })),
  };
}
