/** Conditions and plans as the customer reads them: what they would change, and what was settled or promised. */
import { answerText } from '../../domain/questionnaire/answer-text.ts';
import { commitments } from '../../domain/report/commitments.ts';
import type { Message } from '../../errors.ts';
import { answersHref, questionHref } from './addresses.ts';
import type { ReviewItem } from './filters.ts';
import { markedAt } from './review-rules.ts';
import type { AssessmentUnderReview } from './reviews.usecases.ts';

/** The condition of one question with the form to settle it; null where there is none. `of`: points of the whole it can reach. */
export function conditionView(work: AssessmentUnderReview, { question, subjects }: ReviewItem, of: number | null) {
  const { assessment, collected, reviewers, mayReview } = work;
  const { review } = subjects[0];
  const answer = collected.answers[question.id];
  const conditional = answer?.settled?.conditional ?? answer?.conditional;
  if (!conditional) return null;
  const settled = answer?.settled ? (answer.settled.holds ? 'holds' : 'notHeld') : 'unsettled';
  const tones = { holds: 'good', notHeld: 'off', unsettled: 'warning' } as const;
  return {
    anchor: `c-${question.id}`,
    action: `/assessments/${assessment.id}/conditions/${encodeURIComponent(question.id)}`,
    condition: conditional.condition,
    value: answerText(question, conditional.value),
    settledKey: `conditions.settled.${settled}`,
    tone: tones[settled],
    isSettled: settled !== 'unsettled',
    usedKey: `conditions.used.${settled}`,
    range: rangeOf(work, question.id, of),
    mayReview,
    reason: review?.conditionReason ?? '',
    by: settled === 'unsettled' ? null : (reviewers.get(review?.reviewedBy ?? '') ?? ''),
    seen: markedAt(review),
    problem: null as Message | null,
  };
}

/** The plan beside an answer that falls short; null where there is none. */
export function planView({ evaluation, compiled, assessment }: AssessmentUnderReview, { question }: ReviewItem) {
  const { questionnaire } = compiled;
  const all = commitments({ questionnaire, evaluation, issuedAt: countsFrom(assessment, evaluation.asOf) });
  const own = all.find(({ ref }) => ref === question.id);
  return own ? { by: own.by, measure: own.measure, dueOn: own.dueOn, late: own.late } : null;
}

/** Everything the vendor promised, in the order of the questionnaire. */
export function commitmentRows({ evaluation, compiled, assessment }: AssessmentUnderReview) {
  const { questionnaire } = compiled;
  const all = commitments({ questionnaire, evaluation, issuedAt: countsFrom(assessment, evaluation.asOf) });
  return all.map((one) => ({
    ...one,
    href: questionHref(assessment.id, compiled.byId.get(one.ref)?.sectionId ?? '', one.ref),
  }));
}

/** Between what and what the score lies while conditions are not settled; null once they are. */
export function overallRangeView({ range, assessment }: AssessmentUnderReview) {
  if (!range) return null;
  const { from, to, fromGrade, toGrade } = range.overall;
  return {
    count: range.unsettled.length,
    from: from.toFixed(1),
    to: to.toFixed(1),
    fromGrade,
    toGrade,
    href: `${answersHref(assessment.id)}?show=unsettled#questions`,
  };
}

type WithConditions = { questions: readonly { id: string; condition: ReturnType<typeof conditionView> }[] };

/** Puts the reason that was typed back into its form, with what to mend. */
export function keepConditionTyped<Model extends WithConditions>(
  view: Model,
  id: string,
  reason: string,
  problem: Message,
) {
  const questions = view.questions.map((question) =>
    question.id === id && question.condition
      ? { ...question, condition: { ...question.condition, reason, problem } }
      : question,
  );
  return { ...view, questions };
}

function rangeOf({ range, evaluation }: AssessmentUnderReview, id: string, of: number | null) {
  const own = range?.questions[id];
  if (!range || !own || own.without === null || own.under === null) return null;
  const points = (share: number) => (of === null ? null : (of * share).toFixed(2));
  const percent = (share: number) => String(Math.round(share * 100));
  return {
    without: { percent: percent(own.without), points: points(own.without) },
    under: { percent: percent(own.under), points: points(own.under) },
    overall: { without: evaluation.score.toFixed(1), under: own.overallUnder.toFixed(1) },
  };
}

/** Days for a correction count from the finalisation; before it, from the day of the evaluation as it stands. */
function countsFrom({ finalisedAt }: AssessmentUnderReview['assessment'], asOf: string): string {
  return finalisedAt?.toISOString() ?? `${asOf}T00:00:00+09:00`;
}
