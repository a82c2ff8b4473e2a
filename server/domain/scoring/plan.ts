/** Everything `evaluate` needs of a questionnaire, prepared once: rules parsed, answers rated in advance, places looked up. */
import type { CompiledQuestionnaire } from '../questionnaire/compile.ts';
import type { Questionnaire } from '../questionnaire/questionnaire.ts';
import type { CertificateRules } from './certificates.ts';
import type { FindingPlan, Holds } from './findings.ts';
import type { IssuePlan } from './issues.ts';
import type { CapPlan, JudgementPlan } from './judgement.ts';
import type { LegalPlan } from './legal.ts';
import { compilerFor, conditionPlans, findingPlan, legalPlan } from './plan-rules.ts';
import { type Rate, ratingFor } from './rating.ts';
import type { SectionPlan } from './sections.ts';

export type Plan = {
  /** By place of the question in the file. */
  readonly rates: readonly Rate[];
  readonly conditions: readonly { readonly name: string; readonly holds: Holds }[];
  readonly sections: readonly SectionPlan[];
  readonly certificates: CertificateRules;
  readonly findings: readonly FindingPlan[];
  readonly observations: readonly { readonly flag: string; readonly holds: Holds }[];
  readonly legal: LegalPlan | null;
  readonly caps: readonly CapPlan[];
  readonly judgements: readonly JudgementPlan[];
  readonly issues: IssuePlan;
};

const plans = new WeakMap<CompiledQuestionnaire, Plan>();

/** The plan of a questionnaire, made when it is first asked for. Throws RuleError for a rule that cannot be used. */
export function planFor(compiled: CompiledQuestionnaire): Plan {
  const known = plans.get(compiled);
  if (known !== undefined) return known;
  const made = makePlan(compiled);
  plans.set(compiled, made);
  return made;
}

function makePlan(compiled: CompiledQuestionnaire): Plan {
  const { questionnaire, questions } = compiled;
  const rule = compilerFor(questionnaire, 'rule');
  return {
    rates: questions.map(({ question }) => ratingFor(question)),
    conditions: conditionPlans(questionnaire, rule),
    sections: sectionPlans(compiled),
    certificates: certificateRules(compiled),
    findings: (questionnaire.findings ?? []).map((finding) => findingPlan(compiled, finding, rule)),
    observations: (questionnaire.observations ?? []).map(({ flag, when }) => ({ flag, holds: rule.holds(when) })),
    legal: questionnaire.legal === undefined ? null : legalPlan(questionnaire, questionnaire.legal),
    caps: capPlans(questionnaire),
    judgements: judgementPlans(questionnaire),
    issues: issuePlan(compiled),
  };
}

function certificateRules({ questionnaire, questions }: CompiledQuestionnaire): CertificateRules {
  const kinds = questionnaire.certificateKinds ?? [];
  return {
    questions: questions.filter(({ question }) => question.type === 'certificates').map(({ index }) => index),
    numberPatterns: new Map(
      kinds.flatMap(({ id, numberPattern }) =>
        numberPattern === undefined ? [] : [[id, new RegExp(numberPattern, 'u')]],
      ),
    ),
    kinds: byId(kinds),
    scoring: questionnaire.scoring.certificates,
  };
}

function capPlans(questionnaire: Questionnaire): readonly CapPlan[] {
  const { holds } = compilerFor(questionnaire, 'cap');
  return questionnaire.scoring.caps.map(({ when, max, reason }) => ({ holds: holds(when), max, reason }));
}

function judgementPlans(questionnaire: Questionnaire): readonly JudgementPlan[] {
  const { holdsOrAlways } = compilerFor(questionnaire, 'judgement');
  return questionnaire.scoring.judgements.map(({ when, judgement, reason }) => ({
    holds: holdsOrAlways(when),
    judgement,
    reason,
  }));
}

function issuePlan({ questionnaire, questions }: CompiledQuestionnaire): IssuePlan {
  const { holds } = compilerFor(questionnaire, 'legalIssue');
  return {
    scoring: questionnaire.scoring,
    questions: questions.map(({ question }) => question),
    findings: byId(questionnaire.findings ?? []),
    kinds: questionnaire.certificateKinds ?? [],
    legal: (questionnaire.legal?.issues ?? []).map(({ when, severity, reason }) => ({
      holds: holds(when),
      severity,
      reason,
    })),
  };
}

function sectionPlans({ questionnaire, byId: compiledById }: CompiledQuestionnaire): readonly SectionPlan[] {
  return questionnaire.sections.map((section) => ({
    section,
    questions: section.questions.flatMap(({ id }) => compiledById.get(id)?.index ?? []),
    fullWeight: section.questions.reduce((sum, { weight }) => sum + weight, 0),
    isCertificates: section.questions.length > 0 && section.questions.every(({ type }) => type === 'certificates'),
  }));
}

function byId<Item extends { readonly id: string }>(items: readonly Item[]): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [item.id, item]));
}
