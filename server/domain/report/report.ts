/** The one document that PDF, page, Excel and JSON render. Frozen when a report is issued; a correction is a new version. */
import type { CertificateRow } from './certificates.ts';
import type { Chain } from './chain.ts';
import type { Approval, Cover } from './cover.ts';
import type { DutiesPart } from './duties.ts';
import type { EvidenceRow, HistoryRow, WithheldRow } from './evidence.ts';
import type { FindingRow } from './findings.ts';
import type { IncidentPart } from './incident.ts';
import type { Round } from './input.ts';
import type { Issues } from './issues.ts';
import type { LegalPart } from './legal.ts';
import type { Notes } from './notes.ts';
import type { PlanRow } from './plan.ts';
import type { Scope } from './scope.ts';
import type { SectionPart } from './sections.ts';
import type { Summary } from './summary.ts';

/** Parts 0 to 15 in order. Texts are in every language; dates are YYYY-MM-DD (Asia/Tokyo), moments ISO 8601. */
export type Report = {
  readonly format: 'kantoku/report/1';
  readonly number: string;
  readonly version: string;
  readonly issuedAt: string;
  /** Made from a provisional evaluation: every page says so. */
  readonly draft: boolean;
  readonly cover: Cover;
  readonly approval: Approval;
  readonly summary: Summary;
  readonly scope: Scope;
  readonly chain: Chain;
  readonly legal: LegalPart | null;
  readonly findings: readonly FindingRow[];
  readonly sections: readonly SectionPart[];
  readonly issues: Issues;
  readonly plan: readonly PlanRow[];
  readonly certificates: readonly CertificateRow[];
  readonly evidence: readonly EvidenceRow[];
  /** Absent in reports issued before it was told. */
  readonly withheld?: readonly WithheldRow[];
  readonly incident: IncidentPart;
  readonly duties: DutiesPart | null;
  readonly history: readonly HistoryRow[];
  /** Absent in reports issued before rounds were kept. */
  readonly rounds?: readonly Round[];
  readonly notes: Notes;
};
