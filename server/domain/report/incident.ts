import { type Deadlines, deadlines } from '../incident/deadlines.ts';
import { REPORTABLE, REPORTABLE_MY_NUMBER, type ReportableSituation } from '../incident/reportable.ts';
import { type ReportingDuty, reportingDuty } from '../incident/reporting-duty.ts';
import type { ReportInput } from './input.ts';
import { legalTerm, type Term } from './terms.ts';

/** Part 12. */
export type IncidentPart = {
  readonly conclusion: Term | null;
  readonly duty: ReportingDuty;
  readonly situations: readonly ReportableSituation[];
  /** For a breach that became known on this day: of the incident, else of the evaluation date as an example. */
  readonly knownOn: string;
  readonly isExample: boolean;
  readonly ordinary: Deadlines;
  readonly improperPurpose: Deadlines;
  /** Which of the two holds for the recorded incident; null for an example. */
  readonly applicable: 'ordinary' | 'improperPurpose' | null;
  readonly contacts: string | null;
};

/** The overlay that says Individual Numbers are stored, as every questionnaire names it. */
const MY_NUMBER = 'MYNUMBER';
/** The overlay that says the data came from an entrustor further up, or goes to a sub-entrustee. */
const SUB_ENTRUSTMENT = 'SUB_ENTRUSTMENT';

export function buildIncident({ evaluation, incident, holidays, organisation }: ReportInput): IncidentPart {
  const knownOn = incident?.knownOn ?? evaluation.asOf;
  const overlays = evaluation.legal?.overlays ?? [];
  const closed = new Set(holidays);
  const chain = organisation?.isEntrustee ?? overlays.includes(SUB_ENTRUSTMENT);
  return {
    conclusion: evaluation.legal ? legalTerm(evaluation.legal.code) : null,
    duty: reportingDuty(evaluation.legal?.code ?? null, chain),
    situations: overlays.includes(MY_NUMBER) ? [...REPORTABLE, REPORTABLE_MY_NUMBER] : REPORTABLE,
    knownOn,
    isExample: incident === undefined,
    ordinary: deadlines(knownOn, false, closed),
    improperPurpose: deadlines(knownOn, true, closed),
    applicable: incident ? (incident.improperPurpose ? 'improperPurpose' : 'ordinary') : null,
    contacts: incident?.contacts ?? null,
  };
}
