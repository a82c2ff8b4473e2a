import type { Severity } from '../questionnaire/questionnaire.ts';
import { type Commitment, commitments } from './commitments.ts';
import type { Correction, ReportInput } from './input.ts';
import type { Issues } from './issues.ts';
import { correctionTerm, severityTerm, type Term } from './terms.ts';

/** Part 9: one line an issue, then what else the vendor promised; what nobody has filled in yet is null and prints as a line to write on. */
export type PlanRow = {
  readonly number: string;
  readonly ref: string;
  /** Null for a promise about an answer that is no issue. */
  readonly severity: Term<Severity> | null;
  readonly cause: string | null;
  readonly action: string | null;
  readonly prevention: string | null;
  readonly owner: string | null;
  readonly dueOn: string | null;
  readonly state: Term<NonNullable<Correction['state']>>;
  readonly verifiedBy: string | null;
  readonly verifiedOn: string | null;
  /** What the vendor has planned by which day; absent where nothing is. */
  readonly commitment?: Pick<Commitment, 'by' | 'measure' | 'late'>;
};

export function buildPlan(input: ReportInput, { issues, toConfirm }: Issues): PlanRow[] {
  const promised = commitments(input);
  const listed = new Set(issues.map(({ ref }) => ref));
  const others = promised.filter(({ ref }) => !listed.has(ref));
  const unnumbered = others.filter(({ ref }) => !toConfirm.some((issue) => issue.ref === ref));
  return [
    ...issues.map((issue) => planRow(input, issue, promised)),
    ...others.map((one) => {
      const issue = toConfirm.find(({ ref }) => ref === one.ref);
      const number = issue?.number ?? `P${String(unnumbered.indexOf(one) + 1).padStart(2, '0')}`;
      const severity = one.severity && severityTerm(one.severity);
      return planRow(input, { number, ref: one.ref, severity, dueOn: one.dueOn }, promised);
    }),
  ];
}

function planRow(
  { corrections = [] }: ReportInput,
  { number, ref, severity, dueOn }: Pick<PlanRow, 'number' | 'ref' | 'severity' | 'dueOn'>,
  promised: readonly Commitment[],
): PlanRow {
  const own = corrections.find((one) => one.ref === ref);
  const promise = promised.find((one) => one.ref === ref);
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
    ...(promise ? { commitment: { by: promise.by, measure: promise.measure, late: promise.late } } : {}),
  };
}
