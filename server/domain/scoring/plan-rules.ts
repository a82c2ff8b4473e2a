/** Parses and type-checks the rules of findings and of the legal conclusion. */
import { checked, type Scope } from '../questionnaire/checked-rule.ts';
import type { CompiledQuestionnaire } from '../questionnaire/compile.ts';
import { conditionOrder } from '../questionnaire/expression.ts';
import type { Expression, Finding, Legal, LegalRule, Questionnaire } from '../questionnaire/questionnaire.ts';
import { environmentFor, type Place } from '../questionnaire/rule-language.ts';
import type { FindingPlan, Holds } from './findings.ts';
import type { LegalPlan, LegalRulePlan } from './legal.ts';

export type RuleCompiler = {
  readonly holds: (expression: Expression) => Holds;
  /** Null for a rule without a condition. */
  readonly holdsOrAlways: (expression: Expression | undefined) => Holds | null;
  readonly gives: (expression: Expression) => (scope: Scope) => string;
};

/** Compiles expressions of one place; each throws RuleError for an expression that cannot be used there. */
export function compilerFor(questionnaire: Questionnaire, place: Place): RuleCompiler {
  const environment = environmentFor(questionnaire, place);
  const holds = (expression: Expression) => checked<boolean>(environment, expression, 'bool');
  return {
    holds,
    holdsOrAlways: (expression) => (expression === undefined ? null : holds(expression)),
    gives: (expression) => checked<string>(environment, expression, 'string'),
  };
}

/** Each after those it uses, so that they can be settled one by one. */
export function conditionPlans(
  questionnaire: Questionnaire,
  rule: RuleCompiler,
): readonly { name: string; holds: Holds }[] {
  const conditions = questionnaire.conditions ?? {};
  return conditionOrder(conditions).order.map((name) => ({ name, holds: rule.holds(conditions[name] ?? '') }));
}

export function findingPlan(compiled: CompiledQuestionnaire, finding: Finding, rule: RuleCompiler): FindingPlan {
  return {
    finding,
    rules: finding.rules.map(({ status, when }) => ({ status, holds: rule.holdsOrAlways(when) })),
    row: finding.row.flatMap((id) => compiled.byId.get(id)?.index ?? []),
  };
}

export function legalPlan(questionnaire: Questionnaire, legal: Legal): LegalPlan {
  const facts = compilerFor(questionnaire, 'legal');
  const rules = compilerFor(questionnaire, 'legalRule');
  const factors = Object.values(legal.factorGroups).flat();
  return {
    groups: Object.entries(legal.factorGroups).map(([name, group]) => ({
      name,
      factors: group.map((factor) => ({ factor, holds: facts.holdsOrAlways(factor.when) })),
    })),
    factors: new Map(factors.map((factor) => [factor.id, factor])),
    rules: legal.rules.map((rule) => rulePlan(rule, rules)),
    overlays: legal.overlays.map(({ id, when }) => ({ id, holds: facts.holds(when) })),
  };
}

function rulePlan(rule: LegalRule, compiler: RuleCompiler): LegalRulePlan {
  return {
    rule,
    holds: compiler.holdsOrAlways(rule.when),
    confidence: rule.confidence === undefined ? null : compiler.gives(rule.confidence),
    claimMismatch: compiler.holdsOrAlways(rule.claimMismatch),
  };
}
