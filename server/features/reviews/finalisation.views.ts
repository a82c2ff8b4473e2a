import type { Message } from '../../errors.ts';
import { answersHref } from './addresses.ts';
import { certificateRows } from './certificates.views.ts';
import { type Filter, matching, reviewItems } from './filters.ts';
import { fingerprintOf } from './finalise.usecases.ts';
import { headView } from './overview.views.ts';
import type { AssessmentUnderReview } from './reviews.usecases.ts';
import { findingRows, legalView, resultView } from './standing.views.ts';

/** What would be settled at the date shown. `typed` is the date as it was typed; `problem` says why it cannot be used. */
export function finalisationView(work: AssessmentUnderReview, typed: string, problem: Message | null) {
  const items = reviewItems(work);
  const left = (['unreviewed', 'unsettled', 'noEvidence', 'toConfirm', 'notApplicable'] as const).map((filter) =>
    leftView(work, filter, matching(items, filter).length),
  );
  const flagged = {
    labelKey: 'finalise.left.flagged',
    count: work.round.flagged.size,
    href: `/assessments/${work.assessment.id}/return`,
  };
  return {
    assessment: headView(work),
    result: resultView(work),
    findings: findingRows(work),
    legal: legalView(work),
    certificates: certificateRows(work),
    left: [...left, flagged].filter(({ count }) => count > 0),
    field: { id: 'asOf', name: 'asOf', value: typed, error: problem },
    errors: problem ? [{ path: 'asOf', message: problem }] : ([] as { path: string; message: Message }[]),
    seen: fingerprintOf(work.evaluation),
    ready: problem === null,
  };
}

function leftView({ assessment }: AssessmentUnderReview, filter: Filter, count: number) {
  const href = `${answersHref(assessment.id)}?show=${filter}#questions`;
  return { labelKey: `finalise.left.${filter}`, count, href };
}
