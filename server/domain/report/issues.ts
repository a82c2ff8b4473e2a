import type { Localized, Severity } from '../questionnaire/questionnaire.ts';
import type { Issue } from '../scoring/evaluation.ts';
import { dueOn } from './due.ts';
import { impactOf } from './impact.ts';
import { subjectOf } from './issue-subject.ts';
import type { Quote } from './quote.ts';
import type { Source } from './source.ts';
import { severityTerm, type Term, type Urgency, urgencyTerm } from './terms.ts';

/** Part 8: shortcomings, numbered; what only has to be answered or confirmed stands apart from them. */
export type Issues = { readonly issues: readonly IssueRow[]; readonly toConfirm: readonly IssueRow[] };
export type IssueRow = {
  readonly number: string;
  /** Question, certificate record, finding or LEGAL. */
  readonly ref: string;
  readonly severity: Term<Severity>;
  readonly urgency: Term<Urgency>;
  readonly subject: Localized;
  readonly content: Localized;
  readonly basis: readonly Localized[];
  readonly quotes: readonly Quote[];
  readonly impact: Localized;
  readonly recommendation: Localized;
  /** Last day for the correction, YYYY-MM-DD; null: by the next evaluation. */
  readonly dueOn: string | null;
};

const RANK: Readonly<Record<Severity, number>> = { major: 0, minor: 1, observation: 2, toConfirm: 3 };

export function buildIssues(source: Source): Issues {
  const findings = new Set(source.input.questionnaire.findings?.map((finding) => finding.id));
  const rank = ({ ref, severity }: Issue) => RANK[severity] * 2 + (findings.has(ref) ? 0 : 1);
  const sorted = [...source.input.evaluation.issues].sort((a, b) => rank(a) - rank(b));
  const shortcomings = sorted.filter((issue) => issue.severity !== 'toConfirm');
  const open = sorted.filter((issue) => issue.severity === 'toConfirm');
  return {
    issues: shortcomings.map((issue, index) => issueRow(source, issue, numbered('', index))),
    toConfirm: open.map((issue, index) => issueRow(source, issue, numbered('C', index))),
  };
}

function numbered(prefix: string, index: number): string {
  return `${prefix}${String(index + 1).padStart(2, '0')}`;
}

function issueRow(source: Source, issue: Issue, number: string): IssueRow {
  const subject = subjectOf(source, issue.ref);
  return {
    number,
    ref: issue.ref,
    severity: severityTerm(issue.severity),
    urgency: urgencyTerm(urgencyOf(source, issue)),
    subject: subject.title,
    content: withoutTitle(issue.reason, subject.title),
    basis: subject.basis,
    quotes: subject.quotes,
    impact: impactOf(source, issue),
    recommendation: subject.recommendation,
    dueOn: dueOn(source.input, issue),
  };
}

/** The scorer's sentence may begin with the title that already stands before it. */
function withoutTitle(reason: Localized, title: Localized): Localized {
  return { ja: after(reason.ja, `${title.ja}：`), en: after(reason.en, `${title.en}: `) };
}

function after(text: string, start: string): string {
  return text.startsWith(start) ? text.slice(start.length) : text;
}

/** Immediate: it decides a knock-out. Otherwise by severity. */
function urgencyOf({ input, questions }: Source, { ref, severity }: Issue): Urgency {
  if (severity === 'toConfirm') return 'medium';
  const { knockouts } = input.evaluation;
  const finding = questions.get(ref)?.question.finding;
  if (knockouts.includes(ref) || (finding && knockouts.includes(finding)))
    return severity === 'major' ? 'immediate' : 'high';
  return ({ major: 'high', minor: 'medium', observation: 'low' } as const)[severity];
}
