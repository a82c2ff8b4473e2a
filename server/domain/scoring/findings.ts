/** The regulator's findings: the first rule that holds decides, and rejected evidence never lets one pass. */

import type { AnswerView } from '../questionnaire/answer-view.ts';
import type { Scope } from '../questionnaire/checked-rule.ts';
import type { Finding, FindingStatus, Localized } from '../questionnaire/questionnaire.ts';
import type { FindingResult } from './evaluation.ts';

export type Holds = (scope: Scope) => boolean;
export type FindingPlan = {
  readonly finding: Finding;
  readonly rules: readonly { readonly status: FindingStatus; readonly holds: Holds | null }[];
  /** Places of the questions of its row in the file. */
  readonly row: readonly number[];
};

export function decideFinding(plan: FindingPlan, scope: Scope, views: readonly AnswerView[]): FindingResult {
  const rule = plan.rules.findIndex(({ holds }) => holds === null || holds(scope));
  const decided = plan.rules[rule]?.status ?? 'unknown';
  const contradicted =
    (decided === 'pass' || decided === 'managed') && plan.row.some((index) => views[index]?.rejected === true);
  const status = contradicted ? 'unverified' : decided;
  return { id: plan.finding.id, status, rule, reason: conclusionOf(plan.finding, status) };
}

function conclusionOf(finding: Finding, status: FindingStatus): Localized {
  return finding.conclusions[status] ?? finding.title;
}
