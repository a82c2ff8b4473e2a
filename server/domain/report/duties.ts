import type { FindingStatus, Localized } from '../questionnaire/questionnaire.ts';
import type { DutyAnswer } from './input.ts';
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
  const { questionnaire, duties: answers = {}, dutiesStatus, organisation } = source.input;
  const { customerDuties } = questionnaire;
  if (!customerDuties) return null;
  const asked = customerDuties.duties.filter((duty) => duty.showWhen === undefined || organisation?.isEntrustee);
  return {
    id: customerDuties.id,
    title: customerDuties.title,
    statement: customerDuties.statement,
    basis: customerDuties.basis.map(source.cite),
    status: findingTerm(dutiesStatus ?? 'notRecorded'),
    conclusion: (dutiesStatus && customerDuties.conclusions[dutiesStatus]) ?? null,
    duties: asked.map(({ id, text, basis }) => ({
      id,
      text,
      basis: basis.map(source.cite),
      answer: dutyTerm(answers[id] ?? 'notRecorded'),
    })),
  };
}
