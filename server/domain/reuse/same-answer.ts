import type { AnswerValue, ConditionalAnswer } from '../questionnaire/answer.ts';

type Said = { value: AnswerValue; naReason: string; conditional: ConditionalAnswer | null };

/** Whether two answers say the same, whatever the order of members in their records; comments and plans may differ. */
export function saysTheSame(a: Said, b: Said): boolean {
  return written([a.value, a.naReason, a.conditional]) === written([b.value, b.naReason, b.conditional]);
}

function written(said: unknown): string {
  return JSON.stringify(said, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
