/** Answers that do not fit together, by the rules of the questionnaire. */
import type { Answers } from '../questionnaire/answer.ts';
import type { Scope } from '../questionnaire/checked-rule.ts';
import type { CompiledQuestionnaire } from '../questionnaire/compile.ts';
import type { Localized } from '../questionnaire/questionnaire.ts';
import type { AdviceContext, FindingFacts } from './advice.ts';
import { type Facts, factsOf } from './facts.ts';
import { advicePlanFor } from './plan.ts';

/** A contradiction that has come about. It is shown at `questionId`; `related` are the others it is about. */
export type FoundContradiction = {
  readonly id: string;
  readonly questionId: string;
  readonly related: readonly string[];
  readonly message: Localized;
  readonly remedy: Localized;
  readonly finding: FindingFacts | null;
};
export type ContradictionPlan = Pick<FoundContradiction, 'id' | 'message' | 'remedy' | 'finding'> & {
  readonly holds: (scope: Scope) => boolean;
  readonly questions: readonly string[];
};

/** In the order of the questionnaire's rules. For customers and vendors alike: nothing in it comes from evidence or reviews. */
export function contradictionsIn(
  compiled: CompiledQuestionnaire,
  answers: Answers,
  context: AdviceContext,
): readonly FoundContradiction[] {
  return contradictionsOf(compiled, factsOf(compiled, answers, context), context);
}

/** Told only where somebody has answered: at the first such question that is asked. */
export function contradictionsOf(
  compiled: CompiledQuestionnaire,
  facts: Facts,
  { asked }: Pick<AdviceContext, 'asked'>,
): readonly FoundContradiction[] {
  return advicePlanFor(compiled).contradictions.flatMap(({ holds, questions, ...words }) => {
    if (!holds(facts.scope)) return [];
    const answered = questions.filter((id) => isAnswered(facts, id));
    const questionId = answered.find((id) => asked?.has(id) ?? true);
    if (questionId === undefined) return [];
    return [{ ...words, questionId, related: answered.filter((id) => id !== questionId) }];
  });
}

function isAnswered({ states }: Facts, questionId: string): boolean {
  const state = states.get(questionId);
  return state !== undefined && state !== 'unanswered';
}
