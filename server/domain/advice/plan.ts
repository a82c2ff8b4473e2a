/** The rules of advice of a questionnaire, prepared once. */
import { checked, writtenConditions } from '../questionnaire/checked-rule.ts';
import type { CompiledQuestionnaire } from '../questionnaire/compile.ts';
import { contradictionRules } from '../questionnaire/contradictions.ts';
import { writtenOut } from '../questionnaire/expression.ts';
import type { Expression } from '../questionnaire/questionnaire.ts';
import { environmentFor } from '../questionnaire/rule-language.ts';
import type { FindingFacts } from './advice.ts';
import type { ContradictionPlan } from './contradictions.ts';
import { type AdviceFinding, findingFacts } from './findings.ts';
import { formulaOf } from './grounds.ts';

export type AdvicePlan = {
  readonly findings: readonly AdviceFinding[];
  readonly contradictions: readonly ContradictionPlan[];
};

const plans = new WeakMap<CompiledQuestionnaire, AdvicePlan>();

/** Made when it is first asked for. Throws RuleError for a rule that cannot be used. */
export function advicePlanFor(compiled: CompiledQuestionnaire): AdvicePlan {
  const known = plans.get(compiled);
  if (known !== undefined) return known;
  const made = { findings: findingPlans(compiled), contradictions: contradictionPlans(compiled) };
  plans.set(compiled, made);
  return made;
}

function findingPlans({ questionnaire }: CompiledQuestionnaire): readonly AdviceFinding[] {
  const environment = environmentFor(questionnaire, 'rule');
  const conditions = writtenConditions(questionnaire);
  const formula = (when: Expression) => formulaOf(writtenOut(when, conditions), environment);
  const findings = (questionnaire.findings ?? []).map((finding) => ({
    facts: findingFacts(finding),
    row: finding.row,
    rules: finding.rules.map(({ status, when }) => ({ status, formula: when === undefined ? null : formula(when) })),
  }));
  const observations = (questionnaire.observations ?? []).map((observation) => ({
    facts: findingFacts(observation),
    row: observation.row,
    rules: [{ status: 'observed' as const, formula: formula(observation.when) }],
  }));
  return [...findings, ...observations];
}

function contradictionPlans({ questionnaire }: CompiledQuestionnaire): readonly ContradictionPlan[] {
  const environment = environmentFor(questionnaire, 'contradiction');
  const named = new Map<string, FindingFacts>(
    (questionnaire.findings ?? []).map((finding) => [finding.id, findingFacts(finding)]),
  );
  return (questionnaire.contradictions ?? []).flatMap((one) =>
    contradictionRules(one).map(({ when, questions }) => ({
      id: one.id,
      holds: checked<boolean>(environment, when, 'bool'),
      questions,
      message: one.message,
      remedy: one.remedy,
      finding: named.get(one.finding ?? '') ?? null,
    })),
  );
}
