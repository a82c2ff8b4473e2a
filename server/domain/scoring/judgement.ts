/** Cap, grade and overall judgement: tables of the questionnaire, first match. */
import type { Scope } from '../questionnaire/checked-rule.ts';
import type { Grade, Judgement, Localized, Scoring } from '../questionnaire/questionnaire.ts';
import type { FindingResult, Issue, QuestionResult } from './evaluation.ts';
import type { Holds } from './findings.ts';
import { countIssues } from './issues.ts';

export type CapPlan = { readonly holds: Holds; readonly max: number; readonly reason: Localized };
export type JudgementPlan = { readonly holds: Holds | null; readonly judgement: Judgement; readonly reason: Localized };

/** What caps see, and judgements beside it. CEL ints are bigint. */
export function findingScope(findings: readonly FindingResult[], knockouts: readonly string[]): Scope {
  return {
    knockouts: BigInt(knockouts.length),
    unknownFindings: BigInt(findings.filter(({ status }) => status === 'unknown').length),
    findingStatuses: findings.map(({ status }) => status),
  };
}

/** What judgements see of the issues and of flags on visible questions, facts included. */
export function issueScope(issues: readonly Issue[], results: readonly QuestionResult[]): Scope {
  const counts = countIssues(issues);
  return {
    majors: BigInt(counts.major),
    minors: BigInt(counts.minor),
    observations: BigInt(counts.observation),
    toConfirms: BigInt(counts.toConfirm),
    missingEvidence: results.some(({ flag }) => flag === 'missing'),
  };
}

/** The cap in force, whether or not the score reaches it. */
export function capFor(caps: readonly CapPlan[], scope: Scope): CapPlan | null {
  return caps.find(({ holds }) => holds(scope)) ?? null;
}

/** Grades are listed from the best; the last one takes everything below. `score` is rounded. */
export function gradeOf(grades: Scoring['grades'], score: number): Grade {
  return grades.find(({ min }) => score >= min)?.grade ?? 'E';
}

export function judge(plans: readonly JudgementPlan[], scope: Scope): { judgement: Judgement; reason: Localized } {
  const plan = plans.find(({ holds }) => holds === null || holds(scope));
  // The linter asks for a last row without a condition; without one nothing was decided.
  return (
    plan ?? {
      judgement: 'pending',
      reason: { ja: '判定表のどの行にも該当しない。', en: 'No row of the judgement table applies.' },
    }
  );
}
