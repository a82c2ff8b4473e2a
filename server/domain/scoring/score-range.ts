/** Between what and what the score lies while it is not settled which conditions hold for the customer. Never the official score. */
import type { CompiledQuestionnaire } from '../questionnaire/compile.ts';
import { effectiveAnswers, type Settlements } from '../questionnaire/effective-answers.ts';
import type { Grade } from '../questionnaire/questionnaire.ts';
import { evaluate } from './evaluate.ts';
import type { Case, Evaluation } from './evaluation.ts';

/** `from` is never above `to`. */
export type Range = { readonly from: number; readonly to: number };
export type ScoreRange = {
  /** Questions whose condition nobody has settled, in file order. */
  readonly unsettled: readonly string[];
  /** 0–100, as printed, with the grade of each end. */
  readonly overall: Range & { readonly fromGrade: Grade; readonly toGrade: Grade };
  /** 0–100; null where the section has no score either way. */
  readonly sections: Readonly<Record<string, Range | null>>;
  /** 0–1 after evidence, of the unsettled questions that apply and are scored either way. */
  readonly questions: Readonly<Record<string, Range>>;
};

/**
 * The provisional range of a case, whose `answers` may hold unsettled conditions; null when there is none. Its ends come from four
 * ways to settle them: none holds, all hold, and each the better or the worse way for its own question. Throws what `evaluate` throws.
 */
export function scoreRange(compiled: CompiledQuestionnaire, input: Case): ScoreRange | null {
  const unsettled = compiled.questions
    .map(({ question }) => question.id)
    .filter((id) => input.answers[id]?.conditional);
  if (unsettled.length === 0) return null;
  const none = evaluate(compiled, input);
  const all = evaluate(
    compiled,
    settling(input, unsettled, () => true),
  );
  const rises = new Map(unsettled.map((id) => [id, scoreOf(all, id) >= scoreOf(none, id)]));
  const best = evaluate(
    compiled,
    settling(input, unsettled, (id) => rises.get(id) === true),
  );
  const worst = evaluate(
    compiled,
    settling(input, unsettled, (id) => rises.get(id) === false),
  );
  const ways = [none, all, best, worst];
  return {
    unsettled,
    overall: overallRange(ways),
    sections: Object.fromEntries(none.sections.map(({ id }) => [id, sectionRange(ways, id)])),
    questions: Object.fromEntries(
      unsettled.flatMap((id) => {
        const range = rangeOf([none, all].map((way) => resultOf(way, id)?.score ?? null));
        return range === null ? [] : [[id, range]];
      }),
    ),
  };
}

function settling(input: Case, ids: readonly string[], holds: (id: string) => boolean): Case {
  const settlements: Settlements = Object.fromEntries(ids.map((id) => [id, holds(id)]));
  return { ...input, answers: effectiveAnswers(input.answers, settlements) };
}

function overallRange(ways: readonly Evaluation[]): ScoreRange['overall'] {
  const sorted = [...ways].sort((a, b) => a.score - b.score);
  const [lowest, highest] = [sorted[0]!, sorted[sorted.length - 1]!];
  return { from: lowest.score, to: highest.score, fromGrade: lowest.grade, toGrade: highest.grade };
}

function sectionRange(ways: readonly Evaluation[], id: string): Range | null {
  return rangeOf(ways.map(({ sections }) => sections.find((one) => one.id === id)?.score ?? null));
}

function rangeOf(scores: readonly (number | null)[]): Range | null {
  const given = scores.filter((score) => score !== null);
  return given.length === 0 ? null : { from: Math.min(...given), to: Math.max(...given) };
}

function scoreOf(evaluation: Evaluation, id: string): number {
  return resultOf(evaluation, id)?.score ?? 0;
}

function resultOf({ why }: Evaluation, id: string) {
  return why.questions.find((result) => result.id === id);
}
