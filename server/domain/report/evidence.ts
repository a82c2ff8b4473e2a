import { hasExpired, type ScanCode } from '../assessment/evidence-file.ts';
import type { HistoryEvent, ReportInput } from './input.ts';
import type { NumberedFile, Source } from './source.ts';
import { type EvidenceCode, evidenceTerm, scanTerm, type Term } from './terms.ts';

/** Part 11: the files behind the answers, by fingerprint; the files themselves are not part of the report. */
export type EvidenceRow = Omit<NumberedFile, 'state' | 'effectiveOn' | 'expiresOn' | 'scan'> & {
  readonly effectiveOn: string | null;
  readonly expiresOn: string | null;
  /** On the date of evaluation. */
  readonly expired: boolean;
  readonly scan: Term<ScanCode>;
  readonly state: Term<EvidenceCode>;
};

/** Part 14: who did what, when. */
export type HistoryRow = Omit<HistoryEvent, 'detail'> & { readonly detail: string | null };

export function buildEvidence({ files, input }: Source): EvidenceRow[] {
  return files.map((file) => ({
    ...file,
    effectiveOn: file.effectiveOn ?? null,
    expiresOn: file.expiresOn ?? null,
    expired: hasExpired(file.expiresOn, input.evaluation.asOf),
    scan: scanTerm(file.scan ?? 'notScanned'),
    state: evidenceTerm(file.state),
  }));
}

export function buildHistory({ history = [] }: ReportInput): HistoryRow[] {
  return history.map(({ at, actor, action, detail = null }) => ({ at, actor, action, detail }));
}
