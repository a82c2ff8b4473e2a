import { dataItemWords } from '../assessment/data-items.ts';
import { criticalityWords, deliveryWords } from '../assessment/service-words.ts';
import type { Localized } from '../questionnaire/questionnaire.ts';
import { named, same } from './cover.ts';
import type { Party, PartyRole, ReportInput } from './input.ts';
import { roleTerm, type Term } from './terms.ts';

/** Part 4: who hands personal data to whom, and what it is. */
export type Chain = {
  readonly parties: readonly ChainParty[];
  readonly entrustedWork: string | null;
  readonly deliveryModel: Localized | null;
  readonly dataItems: readonly Localized[];
  readonly dataSubjects: number | null;
  readonly criticality: Localized | null;
  readonly vendorDetails: { readonly corporateNumber: string | null; readonly address: string | null };
  /** Special kinds of data and handling the legal conclusion asks about. */
  readonly overlays: readonly {
    readonly id: string;
    readonly label: Localized;
    readonly text: Localized;
    readonly applies: boolean;
  }[];
  readonly customerIsEntrustee: boolean;
};
export type ChainParty = {
  readonly role: Term<PartyRole>;
  readonly name: Localized | null;
  readonly work: string | null;
  readonly country: string | null;
};

export function buildChain(input: ReportInput): Chain {
  const { questionnaire, evaluation, organisation, service, vendor } = input;
  return {
    parties: partiesOf(input),
    entrustedWork: service?.entrustedWork ?? null,
    deliveryModel: inWords(service?.deliveryModel, deliveryWords),
    dataItems: (service?.dataItems ?? []).map(dataItemWords),
    dataSubjects: service?.dataSubjects ?? null,
    criticality: inWords(service?.criticality, criticalityLabels),
    vendorDetails: { corporateNumber: vendor?.corporateNumber ?? null, address: vendor?.address ?? null },
    overlays: (questionnaire.legal?.overlays ?? []).map(({ id, label, text }) => ({
      id,
      label,
      text,
      applies: evaluation.legal?.overlays.includes(id) ?? false,
    })),
    customerIsEntrustee: organisation?.isEntrustee ?? false,
  };
}

const criticalityLabels = {
  high: criticalityWords.high.label,
  medium: criticalityWords.medium.label,
  low: criticalityWords.low.label,
};

/** The words of a code; whatever else was given is printed as it came. */
function inWords(value: string | undefined, words: Readonly<Record<string, Localized>>): Localized | null {
  return value === undefined ? null : (words[value] ?? same(value));
}

/** Customer and vendor always stand in the diagram; a first entrustor does when the customer is an entrustee itself. */
function partiesOf({ parties = [], organisation, vendor }: ReportInput): ChainParty[] {
  const given = (role: PartyRole) => parties.filter((party) => party.role === role).map(chainParty);
  const first = given('firstEntrustor');
  const unnamedFirst = organisation?.isEntrustee
    ? [
        unnamed('firstEntrustor', {
          ja: '委託元の顧客（個別の名称は省略）',
          en: 'Clients of the customer (not listed)',
        }),
      ]
    : [];
  return [
    ...(first.length > 0 ? first : unnamedFirst),
    ...orElse(given('customer'), unnamed('customer', named(organisation))),
    ...orElse(given('vendor'), unnamed('vendor', named(vendor))),
    ...given('subEntrustee'),
  ];
}

function chainParty(party: Party): ChainParty {
  return {
    role: roleTerm(party.role),
    name: named(party) ?? same(party.name),
    work: party.work ?? null,
    country: party.country ?? null,
  };
}

function unnamed(role: PartyRole, name: Localized | null): ChainParty {
  return { role: roleTerm(role), name, work: null, country: null };
}

function orElse(parties: ChainParty[], fallback: ChainParty): ChainParty[] {
  return parties.length > 0 ? parties : [fallback];
}
