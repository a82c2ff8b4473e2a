/** The issues of an evaluation: at most one a question, at most one a kind of certificate, then findings and the legal conclusion. */
import type { Scope } from '../questionnaire/checked-rule.ts';
import type {
  CertificateKind,
  CertificateStatus,
  Finding,
  FindingStatus,
  Localized,
  Question,
  Scoring,
  Severity,
} from '../questionnaire/questionnaire.ts';
import type { CertificateResult, FindingResult, Issue, QuestionResult } from './evaluation.ts';
import type { Holds } from './findings.ts';
import {
  failingReason,
  findingReason,
  lowScoreReason,
  missingReason,
  openReason,
  rejectedReason,
} from './issue-reasons.ts';

export type IssuePlan = {
  readonly scoring: Scoring;
  readonly questions: readonly Question[];
  readonly findings: ReadonlyMap<string, Finding>;
  readonly kinds: readonly CertificateKind[];
  readonly legal: readonly { readonly holds: Holds; readonly severity: Severity; readonly reason: Localized }[];
};

/** In file order of the questions. */
export function questionIssues(
  plan: IssuePlan,
  results: readonly QuestionResult[],
  findings: ReadonlyMap<string, FindingStatus>,
): readonly Issue[] {
  const issues: Issue[] = [];
  plan.questions.forEach((question, index) => {
    const result = results[index];
    if (result === undefined || result.visibility === 'hidden') return;
    if (question.weight === 0 && question.legalFact !== true) return;
    const issue = issueOf(plan, question, result, findings);
    if (issue !== null) issues.push(issue);
  });
  return issues;
}

/** Every rejected record, and one issue a kind at most, from the best of its other records. */
export function certificateIssues(plan: IssuePlan, results: readonly CertificateResult[]): readonly Issue[] {
  const { issues: severities, certificates } = plan.scoring;
  const best = new Map<string, CertificateResult>();
  for (const one of results) {
    const held = best.get(one.kind);
    if (held === undefined || rank(certificates.order, one.status) < rank(certificates.order, held.status))
      best.set(one.kind, one);
  }
  return results.flatMap((one) => {
    const severity = severities.certificates[one.status];
    const named = one.status === 'rejected' || best.get(one.kind) === one;
    return named && severity !== undefined ? [{ ref: one.ref, severity, reason: one.reason }] : [];
  });
}

export function findingIssues(plan: IssuePlan, findings: readonly FindingResult[]): readonly Issue[] {
  return findings.flatMap((result) => {
    const severity = plan.scoring.issues.findings[result.status];
    const finding = plan.findings.get(result.id);
    if (severity === undefined || finding === undefined) return [];
    return [{ ref: result.id, severity, reason: findingReason(finding, result) }];
  });
}

/** `scope` holds legalCode and claimMismatch beside the answers. */
export function legalIssues(plan: IssuePlan, scope: Scope): readonly Issue[] {
  const issue = plan.legal.find(({ holds }) => holds(scope));
  return issue === undefined ? [] : [{ ref: 'LEGAL', severity: issue.severity, reason: issue.reason }];
}

export function countIssues(issues: readonly Issue[]): Readonly<Record<Severity, number>> {
  const counts: Record<Severity, number> = { major: 0, minor: 0, observation: 0, toConfirm: 0 };
  for (const { severity } of issues) counts[severity] += 1;
  return counts;
}

/** First match. A legal fact is only rejected or open: what it says is weighed by the findings and the legal conclusion. */
function issueOf(
  plan: IssuePlan,
  question: Question,
  result: QuestionResult,
  findings: ReadonlyMap<string, FindingStatus>,
): Issue | null {
  const { issues: severities } = plan.scoring;
  const ref = question.id;
  const scored = question.weight > 0;
  if (result.flag === 'rejected') {
    return { ref, severity: severities.rejectedEvidence, reason: rejectedReason(question, result, plan.kinds) };
  }
  if (scored && result.fails) {
    const tagged = plan.findings.get(question.finding ?? '');
    const finding = tagged !== undefined && findings.get(tagged.id) === 'fail' ? tagged : undefined;
    const severity =
      tagged === undefined
        ? untaggedSeverity(plan, question)
        : severities.failingTagged[finding ? 'findingFails' : 'otherwise'];
    return { ref, severity, reason: failingReason(question, result, plan.kinds, finding) };
  }
  if (result.state !== 'answered') {
    return result.state === 'na' ? null : { ref, severity: severities.open, reason: openReason(result) };
  }
  if (scored && result.flag === 'missing')
    return { ref, severity: severities.missingEvidence, reason: missingReason() };
  if (scored && (result.scoreBeforeEvidence ?? 1) < severities.lowScore.below) {
    return { ref, severity: severities.lowScore.severity, reason: lowScoreReason(question, result, plan.kinds) };
  }
  return null;
}

function untaggedSeverity(plan: IssuePlan, question: Question): Severity {
  if (question.failureSeverity !== undefined) return question.failureSeverity;
  const { failingByWeight } = plan.scoring.issues;
  return failingByWeight.find(({ min }) => question.weight >= min)?.severity ?? 'observation';
}

/** A status that is not listed, such as rejected, comes last. */
function rank(order: readonly CertificateStatus[], status: CertificateStatus): number {
  const place = order.indexOf(status);
  return place < 0 ? order.length : place;
}
