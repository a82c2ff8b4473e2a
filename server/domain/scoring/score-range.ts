/** Between what and what the score lies while it is not settled which conditions hold for the customer. Never the official score. */
import type { CompiledQuestionnaire } from '../questionnaire/compile.ts';
import { effectiveAnswers, type Settlements } from '../questionnaire/effective-answers.ts';
import type { Grade } from '../questionnaire/questionnaire.ts';
import { evaluate } from './evaluate.ts';
import type { Case, Evaluation } from './evaluation.ts';

/** `from` is never above `to`. */
export type Range = { readonly from: number; readonly to: number };
/** `without` and `under` the condition; the score is null where the question is not scored. */
export type QuestionRange = {
  /** 0–1 after evidence. */
  readonly without: number | null;
  readonly under: number | null;
  /** The overall score if this condition alone holds, 0–100. */
  readonly overallUnder: number;
};
export type ScoreRange = {
  /** Questions that apply as it stands and whose condition nobody has settled, in file order; never empty. */
  readonly unsettled: readonly string[];
  /** 0–100, as printed, with the grade of each end. */
  readonly overall: Range & { readonly fromGrade: Grade; readonly toGrade: Grade };
  /** 0–100; null where the section has no score either way. */
  readonly sections: Readonly<Record<string, Range | null>>;
  readonly questions: Readonly<Record<string, QuestionRange>>;
};

/**
 * The provisional range of a case, whose `answers` may hold unsettled conditions; null when none of them waits for a word. Its ends
 * come from these ways to settle them: none holds, all hold, each the better or the worse way for its own question, and each alone.
 * Throws what `evaluate` throws.
 */
export function scoreRange(compiled: CompiledQuestionnaire, input: Case): ScoreRange | null {
  const open = compiled.questions.map(({ question }) => question.id).filter((id) => input.answers[id]?.conditional);
  if (open.length === 0) return null;
  const settled = (holds: (id: string) => boolean) => evaluate(compiled, settling(input, open, holds));
  const none = settled(() => false);
  const unsettled = open.filter((id) => resultOf(none, id)?.visibility !== 'hidden');
  if (unsettled.length === 0) return null;
  const all = settled(() => true);
  const rises = new Set(open.filter((id) => scoreOf(all, id) >= scoreOf(none, id)));
  const alone = new Map(unsettled.map((id) => [id, settled((one) => one === id)]));
  const ways = [none, all, settled((id) => rises.has(id)), settled((id) => !rises.has(id)), ...alone.values()];
  return {
    unsettled,
    overall: overallRange(ways),
    sections: Object.fromEntries(none.sections.map(({ id }) => [id, sectionRange(ways, id)])),
    questions: Object.fromEntries([...alone].map(([id, way]) => [id, questionRange(id, none, all, way)])),
  };
}

function questionRange(id: string, none: Evaluation, all: Evaluation, alone: Evaluation): QuestionRange {
  const score = (evaluation: Evaluation) => resultOf(evaluation, id)?.score ?? null;
  return { without: score(none), under: score(all), overallUnder: alone.score };
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
