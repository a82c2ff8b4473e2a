import type { Answers } from '../questionnaire/answer.ts';
import type { CompiledQuestionnaire } from '../questionnaire/compile.ts';
import type { Advice, AdviceContext } from './advice.ts';
import { contradictionsOf } from './contradictions.ts';
import { type Facts, factsOf } from './facts.ts';
import { type Cause, type CauseStatus, causesOf } from './findings.ts';
import { advicePlanFor } from './plan.ts';
import { mendUnknown, whatWords } from './words.ts';

const WORST_FIRST: readonly CauseStatus[] = ['fail', 'partial', 'unknown', 'observed'];

/**
 * What to tell a respondent, by question id, in file order; a question answered well, or not yet, has no entry. A finding is told
 * only at answers that bring it about, a shortcoming only where no finding says more.
 */
export function adviceFor(
  compiled: CompiledQuestionnaire,
  answers: Answers,
  context: AdviceContext,
): ReadonlyMap<string, readonly Advice[]> {
  const facts = factsOf(compiled, answers, context);
  const causes = advicePlanFor(compiled).findings.flatMap((finding) => causesOf(compiled, finding, facts));
  const contradictions = contradictionsOf(compiled, facts, context);
  const told = new Map<string, readonly Advice[]>();
  for (const { question } of compiled.questions) {
    if (context.asked?.has(question.id) === false) continue;
    const own = causes.filter(({ questionId }) => questionId === question.id);
    const advice = [
      ...findingAdvice(own, question.advice),
      ...contradictions.filter(({ questionId }) => questionId === question.id).map(contradictionAdvice),
      ...(own.length === 0 && fallsShort(facts, question.id) ? [shortcoming(question.advice)] : []),
    ];
    if (advice.length > 0) told.set(question.id, advice);
  }
  return told;
}

/** Several findings that one answer touches are told at once, in the words of the worst. */
function findingAdvice(causes: readonly Cause[], mend: Advice['mend']): readonly Advice[] {
  const status = WORST_FIRST.find((one) => causes.some((cause) => cause.status === one));
  if (status === undefined) return [];
  const worst = causes.filter((cause) => cause.status === status);
  return [
    {
      kind: 'finding',
      what: whatWords[status],
      findings: worst.map(({ finding }) => finding),
      mend: status === 'unknown' ? mendUnknown : mend,
      related: [...new Set(worst.flatMap(({ related }) => related))],
    },
  ];
}

function contradictionAdvice(found: ReturnType<typeof contradictionsOf>[number]): Advice {
  const { message, remedy, finding, related } = found;
  return { kind: 'contradiction', what: message, findings: finding === null ? [] : [finding], mend: remedy, related };
}

function shortcoming(mend: Advice['mend']): Advice {
  return { kind: 'shortcoming', what: whatWords.shortcoming, findings: [], mend, related: [] };
}

function fallsShort({ views }: Facts, questionId: string): boolean {
  const view = views.get(questionId);
  return view?.known === true && view.fails;
}
