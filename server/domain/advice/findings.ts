/** Which answers make a finding fail, partly fail or undecidable, told at the questions of its row. */
import type { Scope } from '../questionnaire/checked-rule.ts';
import type { CompiledQuestionnaire } from '../questionnaire/compile.ts';
import type { Finding, FindingStatus } from '../questionnaire/questionnaire.ts';
import type { FindingFacts } from './advice.ts';
import type { Facts } from './facts.ts';
import { type Formula, type Outcome, outcomeOf } from './grounds.ts';

export type CauseStatus = 'fail' | 'partial' | 'unknown' | 'observed';

/** One question that a finding comes from. `related` are the questions that bring it about together with this one. */
export type Cause = {
  readonly questionId: string;
  readonly status: CauseStatus;
  readonly finding: FindingFacts;
  readonly related: readonly string[];
};
export type AdviceFinding = {
  readonly facts: FindingFacts;
  readonly row: readonly string[];
  readonly rules: readonly { readonly status: FindingStatus | 'observed'; readonly formula: Formula | null }[];
};

export function findingFacts({ code, title, statement }: Pick<Finding, 'code' | 'title' | 'statement'>): FindingFacts {
  return { code, title, statement };
}

/** The worst cause of each question of the row; nothing once it is certain that the finding does not apply. */
export function causesOf(compiled: CompiledQuestionnaire, finding: AdviceFinding, facts: Facts): readonly Cause[] {
  const found = new Map<string, Cause>();
  const passed: string[][] = [];
  let isCertain = true;
  for (const { status, formula } of finding.rules) {
    const outcome = formula === null ? ALWAYS : outcomeOf(formula, facts.scope as Scope);
    if (isCause(status)) {
      if (outcome.value !== true || (status !== 'unknown' && !isCertain)) continue;
      for (const cause of told(compiled, finding, { status, outcome, passed, facts })) {
        if (!found.has(cause.questionId)) found.set(cause.questionId, cause);
      }
    } else if (outcome.value === true) break;
    else if (outcome.value === null) isCertain = false;
    else passed.push(...outcome.grounds.map((ground) => [...ground]));
  }
  return [...found.values()];
}

const ALWAYS: Outcome = { value: true, grounds: [] };

function isCause(status: FindingStatus | 'observed'): status is CauseStatus {
  return status === 'fail' || status === 'partial' || status === 'unknown' || status === 'observed';
}

type Held = { status: CauseStatus; outcome: Outcome; passed: readonly (readonly string[])[]; facts: Facts };

/** Where no ground names a question of the row, what kept the finding from passing earlier does. */
function told(
  compiled: CompiledQuestionnaire,
  { facts: named, row }: AdviceFinding,
  { status, outcome, passed, facts }: Held,
): readonly Cause[] {
  const ids = new Map(compiled.questions.map(({ variable, question }) => [variable, question.id]));
  const inIds = (grounds: readonly (readonly string[])[]) =>
    grounds.map((ground) => ground.flatMap((name) => ids.get(name) ?? []));
  const own = inIds(outcome.grounds);
  const grounds = own.flat().some((id) => row.includes(id)) ? own : together(inIds(passed), own);
  const isTold = (id: string) => facts.states.get(id) === (status === 'unknown' ? 'unknown' : 'answered');
  return row
    .filter((id) => isTold(id) && grounds.some((ground) => ground.includes(id)))
    .map((questionId) => {
      const partners = grounds.filter((ground) => ground.includes(questionId)).flat();
      const related = [...new Set(partners)].filter((id) => id !== questionId && facts.states.get(id) === 'answered');
      return { questionId, status, finding: named, related };
    });
}

function together(before: readonly string[][], now: readonly string[][]): readonly string[][] {
  const all = now.flat();
  return before.map((ground) => [...ground, ...all]);
}
