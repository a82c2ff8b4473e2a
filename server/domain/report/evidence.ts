import type { EvidenceFile, ReportInput } from './input.ts';
import { type EvidenceCode, evidenceTerm, type Term } from './terms.ts';

/** Part 11: the files behind the answers, by fingerprint; the files themselves are not part of the report. */
export type EvidenceRow = Omit<EvidenceFile, 'state'> & { readonly state: Term<EvidenceCode> };

export function buildEvidence({ evidenceFiles = [] }: ReportInput): EvidenceRow[] {
  return evidenceFiles.map((file) => ({ ...file, state: evidenceTerm(file.state) }));
}
