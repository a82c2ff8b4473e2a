import { buildCertificates } from './certificates.ts';
import { buildChain } from './chain.ts';
import { buildApproval, buildCover } from './cover.ts';
import { buildDuties } from './duties.ts';
import { buildEvidence, buildHistory, buildWithheld } from './evidence.ts';
import { buildFindings } from './findings.ts';
import { buildIncident } from './incident.ts';
import type { ReportInput } from './input.ts';
import { buildIssues } from './issues.ts';
import { buildLegal } from './legal.ts';
import { buildNotes } from './notes.ts';
import { buildPlan } from './plan.ts';
import type { Report } from './report.ts';
import { buildScope } from './scope.ts';
import { buildSections } from './sections.ts';
import { sourceOf } from './source.ts';
import { buildSummary } from './summary.ts';

/** The report of one evaluation. Pure: the same input gives the same document, member by member. */
export function buildReport(input: ReportInput): Report {
  const source = sourceOf(input);
  const issues = buildIssues(source);
  return {
    format: 'kantoku/report/1',
    number: input.number,
    version: input.version,
    issuedAt: input.issuedAt,
    draft: input.evaluation.mode === 'provisional',
    cover: buildCover(input),
    approval: buildApproval(input),
    summary: buildSummary(input),
    scope: buildScope(source),
    chain: buildChain(input),
    legal: buildLegal(source),
    findings: buildFindings(source),
    sections: buildSections(source),
    issues,
    plan: buildPlan(input, issues),
    certificates: buildCertificates(source),
    evidence: buildEvidence(source),
    ...(input.withheld ? { withheld: buildWithheld(source, input.withheld) } : {}),
    incident: buildIncident(input),
    duties: buildDuties(source),
    history: buildHistory(input),
    ...(input.rounds ? { rounds: input.rounds } : {}),
    notes: buildNotes(input),
  };
}
