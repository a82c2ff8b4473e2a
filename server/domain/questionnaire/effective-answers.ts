import type { Answer, Answers } from './answer.ts';

/** Question ids with the customer's word: does the condition of its conditional answer hold? Absent: not settled. */
export type Settlements = Readonly<Record<string, boolean>>;

/**
 * The answers that count. A condition settled to hold puts the conditional value in the place of `value`; settled not to hold it
 * leaves `value`, and so does one that is not settled. What was settled stays readable in `settled`.
 */
export function effectiveAnswers(answers: Answers, settlements: Settlements): Answers {
  const settled = Object.entries(answers).flatMap(([id, answer]) => {
    const holds = settlements[id];
    return holds === undefined || !answer.conditional ? [] : [[id, effective(answer, holds)] as const];
  });
  return settled.length === 0 ? answers : { ...answers, ...Object.fromEntries(settled) };
}

function effective({ conditional, ...answer }: Answer, holds: boolean): Answer {
  if (!conditional) return answer;
  const base = answer.value ?? null;
  return { ...answer, value: holds ? conditional.value : base, settled: { holds, base, conditional } };
}
