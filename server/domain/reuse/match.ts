/** Which answers given earlier can be offered for which questions now. Offered is not answered: a person decides on each. */

import { answerLines } from '../questionnaire/answer-text.ts';
import type { CompiledQuestionnaire } from '../questionnaire/compile.ts';
import { respondentProblems } from '../questionnaire/fits.ts';
import type { Localized, Question } from '../questionnaire/questionnaire.ts';
import type { GivenAnswer } from './given-answer.ts';

/** `key`: the same question, in whatever version; `references`: another one that cites the same authorities. */
export type Match = { readonly question: Question; readonly given: GivenAnswer; readonly by: 'key' | 'references' };
export type Misfit = { readonly question: Question; readonly given: GivenAnswer; readonly why: Localized };
export type Matches = {
  readonly offered: readonly Match[];
  /** The question is still asked, but no longer takes this answer. */
  readonly misfits: readonly Misfit[];
  readonly unmatched: readonly GivenAnswer[];
};

/** Two questions are about the same when they share at least this part of all authorities they cite together. */
const SHARED_PART = 0.5;

/** `sameQuestionnaire`: keys are stable across versions of one questionnaire and mean nothing in another. */
export function matchAnswers(
  given: readonly GivenAnswer[],
  compiled: CompiledQuestionnaire,
  sameQuestionnaire: boolean,
): Matches {
  const offered: Match[] = [];
  const misfits: Misfit[] = [];
  const others: GivenAnswer[] = [];
  for (const one of given) {
    const question = sameQuestionnaire ? compiled.byId.get(one.question)?.question : undefined;
    if (!question) others.push(one);
    else {
      const why = misfit(question, one);
      if (why) misfits.push({ question, given: one, why });
      else offered.push({ question, given: one, by: 'key' });
    }
  }
  const taken = new Set([...offered, ...misfits].map(({ question }) => question.id));
  const open = compiled.questions.map(({ question }) => question).filter(({ id }) => !taken.has(id));
  const related = open.flatMap((question) => relatedMatch(question, others, compiled));
  const used = new Set(related.map((match) => match.given));
  return { offered: [...offered, ...related], misfits, unmatched: others.filter((one) => !used.has(one)) };
}

/** Why an answer cannot be given to this question, or null. */
function misfit(question: Question, { value, naReason, comment, conditional }: GivenAnswer): Localized | null {
  const [first] = respondentProblems(question, { value, naReason, comment, ...(conditional ? { conditional } : {}) });
  return first?.message ?? null;
}

/** The answer of the question that shares most with this one, if there is one that reads the same here. */
function relatedMatch(
  question: Question,
  given: readonly GivenAnswer[],
  { questionnaire: { certificateKinds = [] } }: CompiledQuestionnaire,
): Match[] {
  let best: { given: GivenAnswer; share: number } | null = null;
  for (const one of given) {
    if (one.type !== question.type) continue;
    const share = sharedPart(question.references, one.references);
    if (share < SHARED_PART || share <= (best?.share ?? 0)) continue;
    if (saysNothing(one) || misfit(question, one)) continue;
    const here = answerLines(question, one.value, certificateKinds);
    if (here.map(({ ja }) => ja).join('\n') === one.words.map(({ ja }) => ja).join('\n')) best = { given: one, share };
  }
  return best ? [{ question, given: best.given, by: 'references' }] : [];
}

/** わからない and 該当なし were said about that question only. */
function saysNothing({ type, value }: GivenAnswer): boolean {
  return type !== 'text' && (value === 'unknown' || value === 'na');
}

/** 0 to 1: common entries ÷ entries of either list. */
function sharedPart(a: readonly string[], b: readonly string[]): number {
  const common = new Set(a.filter((one) => b.includes(one))).size;
  return common === 0 ? 0 : common / new Set([...a, ...b]).size;
}
