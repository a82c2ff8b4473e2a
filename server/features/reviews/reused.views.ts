import { saysTheSame } from '../../domain/reuse/same-answer.ts';
import type { AssessmentUnderReview } from './reviews.usecases.ts';

/**
 * Whether the vendor took the answer from an earlier one, and from when that is; null where it did not. The name of a vendor's own
 * file may name its other customers, so it is not shown.
 */
export function reusedView({ reused, collected }: AssessmentUnderReview, questionId: string) {
  const offer = reused.get(questionId);
  const row = collected.rows.find((one) => one.questionId === questionId);
  if (!offer || !row || row.value === null) return null;
  const { kind, label, on } = offer.source;
  const how = saysTheSame(offer, row) ? 'Used' : 'Changed';
  return { key: `reviews.${kind}${how}`, on, label: kind === 'previous' ? label : '' };
}
