/** The legal conclusion: an engine of its own, beside the score. It weighs facts and never points. */
import type { Scope } from '../questionnaire/checked-rule.ts';
import type { LegalFactor, LegalRule } from '../questionnaire/questionnaire.ts';
import type { LegalConclusion, LegalFactorResult } from './evaluation.ts';
import type { Holds } from './findings.ts';

export type FactorPlan = { readonly factor: LegalFactor; readonly holds: Holds | null };
export type LegalRulePlan = {
  readonly rule: LegalRule;
  readonly holds: Holds | null;
  readonly confidence: ((scope: Scope) => string) | null;
  readonly claimMismatch: Holds | null;
};
export type LegalPlan = {
  readonly groups: readonly { readonly name: string; readonly factors: readonly FactorPlan[] }[];
  /** Every factor by id, also those a rule names for want of any other. */
  readonly factors: ReadonlyMap<string, LegalFactor>;
  readonly rules: readonly LegalRulePlan[];
  readonly overlays: readonly { readonly id: string; readonly holds: Holds }[];
};
export type LegalDecision = {
  readonly conclusion: LegalConclusion;
  readonly rule: LegalRule;
  readonly factors: readonly LegalFactorResult[];
};

/**
 * First rule that holds; null when none does. `scope` holds every question, every condition and `customerIsEntrustee`, and gets
 * the factors that hold, by group.
 */
export function decideLegal(plan: LegalPlan, scope: Scope): LegalDecision | null {
  const factors: Record<string, string[]> = {};
  for (const group of plan.groups) factors[group.name] = holding(group.factors, scope);
  scope.factors = factors;
  const decided = plan.rules.find(({ holds }) => holds === null || holds(scope));
  if (decided === undefined) return null;

  const { rule } = decided;
  const ids = rule.factors.flatMap((group) => factors[group] ?? []);
  if (ids.length === 0 && rule.factorWhenNone !== undefined) ids.push(rule.factorWhenNone);
  const confidence = decided.confidence?.(scope);
  const conclusion: LegalConclusion = {
    code: rule.code,
    ...(decided.claimMismatch === null ? {} : { claimMismatch: decided.claimMismatch(scope) }),
    ...(confidence === 'high' || confidence === 'medium' ? { confidence } : {}),
    factors: ids,
    overlays: rule.overlays ? plan.overlays.flatMap(({ id, holds }) => (holds(scope) ? [id] : [])) : [],
    ...(rule.operationalDefault === undefined ? {} : { operationalDefault: rule.operationalDefault }),
  };
  return { conclusion, rule, factors: ids.map((id) => explained(plan, id)) };
}

function holding(factors: readonly FactorPlan[], scope: Scope): string[] {
  return factors.flatMap(({ factor, holds }) => (holds === null || holds(scope) ? [factor.id] : []));
}

function explained(plan: LegalPlan, id: string): LegalFactorResult {
  const factor = plan.factors.get(id);
  return { id, label: factor?.label ?? { ja: id, en: id }, restsOn: factor?.restsOn ?? [] };
}
