import type { Severity } from '../questionnaire/questionnaire.ts';
import type { Correction, ReportInput } from './input.ts';
import type { IssueRow } from './issues.ts';
import { correctionTerm, type Term } from './terms.ts';

/** Part 9: one line an issue; what nobody has filled in yet is null and prints as a line to write on. */
export type PlanRow = {
  readonly number: string;
  readonly ref: string;
  readonly severity: Term<Severity>;
  readonly cause: string | null;
  readonly action: string | null;
  readonly prevention: string | null;
  readonly owner: string | null;
  readonly dueOn: string | null;
  readonly state: Term<NonNullable<Correction['state']>>;
  readonly verifiedBy: string | null;
  readonly verifiedOn: string | null;
};

export function buildPlan({ corrections = [] }: ReportInput, issues: readonly IssueRow[]): PlanRow[] {
  return issues.map(({ number, ref, severity, dueOn }) => {
    const own = corrections.find((one) => one.ref === ref);
    return {
      number,
      ref,
      severity,
      cause: own?.cause ?? null,
      action: own?.action ?? null,
      prevention: own?.prevention ?? null,
      owner: own?.owner ?? null,
      dueOn,
      state: correctionTerm(own?.state ?? 'open'),
      verifiedBy: own?.verifiedBy ?? null,
      verifiedOn: own?.verifiedOn ?? null,
    };
  });
}
