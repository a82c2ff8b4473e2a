/** What may be saved beside an answer. */
import type { Answer } from '../../domain/questionnaire/answer.ts';
import { type Problem, problem } from '../../domain/questionnaire/problem.ts';
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

function plansNotTaken(): Problem {
  return problem(
    '/plan',
    '依頼元の設定により、この依頼では対応予定を受け付けていません。補足に記載してください。',
    'This request takes no plans. Use the comment instead.',
  );
}
