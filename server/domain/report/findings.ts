import type { CustomerDuties, Finding, FindingStatus, Localized, Observation } from '../questionnaire/questionnaire.ts';
import { statusOfDuties } from './duties.ts';
import { type Quote, quotes } from './quote.ts';
import type { Source } from './source.ts';
import { findingTerm, type Term } from './terms.ts';

/** Part 6, the signature page: what the regulator stated, beside what this service answers. */
export type FindingRow = {
  readonly id: string;
  readonly title: Localized;
  readonly statement: Localized;
  readonly basis: readonly Localized[];
  readonly status: Term<FindingStatus | 'observed' | 'clear' | 'notRecorded'>;
  readonly conclusion: Localized;
  /** The rule that decided, in the words of the evaluation; null where it would repeat the conclusion. */
  readonly reason: Localized | null;
  readonly quotes: readonly Quote[];
};

/** Ordered by id, so that the customer's duty stands in its place among the vendor's findings. */
export function buildFindings(source: Source): FindingRow[] {
  const { findings = [], observations = [], customerDuties } = source.input.questionnaire;
  return [
    ...findings.map((finding) => findingRow(source, finding)),
    ...observations.map((observation) => observationRow(source, observation)),
    ...(customerDuties ? [dutyRow(source, customerDuties)] : []),
  ].sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
}

function findingRow(source: Source, finding: Finding): FindingRow {
  const { evaluation } = source.input;
  const status = evaluation.findings[finding.id] ?? 'unknown';
  const reason = evaluation.why.findings.find((one) => one.id === finding.id)?.reason;
  const conclusion = finding.conclusions[status] ?? findingTerm(status).label;
  return {
    ...common(source, finding),
    status: findingTerm(status),
    conclusion,
    reason: reason && reason.ja !== conclusion.ja ? reason : null,
    quotes: quotes(source, finding.row).filter((quote) => quote.state !== 'hidden'),
  };
}

function observationRow(source: Source, observation: Observation): FindingRow {
  const status = source.input.evaluation[observation.flag] ? 'observed' : 'clear';
  return {
    ...common(source, observation),
    status: findingTerm(status),
    conclusion: observation.conclusions[status],
    reason: null,
    quotes: quotes(source, observation.row).filter((quote) => quote.state !== 'hidden'),
  };
}

/** Answered by the customer about itself; the vendor's score does not know it. */
function dutyRow(source: Source, duties: CustomerDuties): FindingRow {
  const status = statusOfDuties(source.input);
  return {
    ...common(source, duties),
    status: findingTerm(status ?? 'notRecorded'),
    conclusion: (status && duties.conclusions[status]) ?? {
      ja: '委託元の対応は記録されていない（13章に記入する）。',
      en: 'The customer has not recorded its steps yet (to be filled in in part 13).',
    },
    reason: null,
    quotes: [],
  };
}

function common(source: Source, one: Finding | Observation | CustomerDuties) {
  return { id: one.id, title: one.title, statement: one.statement, basis: one.basis.map(source.cite) };
}
