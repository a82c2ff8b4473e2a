/** What may be saved beside an answer, and what a save does to a condition the customer has settled. */
import { and, eq, isNotNull } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { reviews } from '../../../db/schema/index.ts';
import type { Answer } from '../../domain/questionnaire/answer.ts';
import { type Problem, problem } from '../../domain/questionnaire/problem.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import type { AddOns } from './add-ons-of-form.ts';
import type { SaveOutcome } from './save-answer.store.ts';

/** The answer to check with its add-ons: those of the change, and a stored condition that the change leaves beside a new value. */
export function withAddOns(
  answer: Answer,
  { plan, conditional }: AddOns,
  { saved, conditionBefore }: SaveOutcome,
): Answer {
  const kept = saved === null ? undefined : conditionBefore;
  return { ...answer, plan, conditional: conditional === undefined ? kept : conditional };
}

/** A plan is refused where the customer takes none. */
export function planRefusal({ plan }: AddOns, { takesPlans }: SaveOutcome): readonly Problem[] {
  return plan && !takesPlans ? [plansNotTaken()] : [];
}

/** What was settled about the condition was about another answer: it waits for the customer again, and counts as not met. */
export async function reopenCondition(
  db: Transaction,
  respondent: RespondentPrincipal,
  questionId: string,
  at: Date,
): Promise<void> {
  const { organisationId, assessmentId } = respondent;
  const reopened = await db
    .update(reviews)
    .set({ conditionHolds: null, conditionReason: '' })
    .where(
      and(
        eq(reviews.organisationId, organisationId),
        eq(reviews.assessmentId, assessmentId),
        eq(reviews.subject, questionId),
        isNotNull(reviews.conditionHolds),
      ),
    )
    .returning({ subject: reviews.subject });
  if (reopened.length === 0) return;
  const event = { organisationId, assessmentId, at, actor: actorOf(respondent), subject: questionId };
  await recordEvent(db, { ...event, action: 'condition.reopened', details: {} });
}

function plansNotTaken(): Problem {
  return problem(
    '/plan',
    '依頼元の設定により、この依頼では対応予定を受け付けていません。補足に記載してください。',
    'This request takes no plans. Use the comment instead.',
  );
}
