import type { CustomerDuties, FindingStatus, Localized } from '../questionnaire/questionnaire.ts';
import { dutyStatus } from './duty-status.ts';
import type { DutyAnswer, ReportInput } from './input.ts';
import type { Source } from './source.ts';
import { dutyTerm, findingTerm, type Term } from './terms.ts';

/** Part 13: what the customer answers about itself; null when the questionnaire does not ask. */
export type DutiesPart = {
  readonly id: string;
  readonly title: Localized;
  readonly statement: Localized;
  readonly basis: readonly Localized[];
  readonly status: Term<FindingStatus | 'observed' | 'clear' | 'notRecorded'>;
  readonly conclusion: Localized | null;
  readonly duties: readonly {
    readonly id: string;
    readonly text: Localized;
    readonly basis: readonly Localized[];
    readonly answer: Term<DutyAnswer | 'notRecorded'>;
  }[];
};

export function buildDuties(source: Source): DutiesPart | null {
  const { questionnaire, duties: answers = {} } = source.input;
  const { customerDuties } = questionnaire;
  if (!customerDuties) return null;
  const status = statusOfDuties(source.input);
  return {
    id: customerDuties.id,
    title: customerDuties.title,
    statement: customerDuties.statement,
    basis: customerDuties.basis.map(source.cite),
    status: findingTerm(status ?? 'notRecorded'),
    conclusion: (status && customerDuties.conclusions[status]) ?? null,
    duties: askedOf(customerDuties, source.input).map(({ id, text, basis }) => ({
      id,
      text,
      basis: basis.map(source.cite),
      answer: dutyTerm(answers[id] ?? 'notRecorded'),
    })),
  };
}

/** Null: nothing was answered, or nothing is asked. */
export function statusOfDuties(input: ReportInput): FindingStatus | null {
  const { questionnaire, duties = {}, evaluation } = input;
  if (!questionnaire.customerDuties) return null;
  const asked = askedOf(questionnaire.customerDuties, input).map((duty) => duty.id);
  return dutyStatus(questionnaire, duties, asked, evaluation.legal?.code ?? null);
}

function askedOf({ duties }: CustomerDuties, { organisation }: ReportInput): CustomerDuties['duties'] {
  return duties.filter((duty) => duty.showWhen === undefined || organisation?.isEntrustee);
}
