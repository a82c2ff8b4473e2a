import { dataItemWords, usualDataItems } from '../../domain/assessment/data-items.ts';
import type { Criticality } from '../../domain/assessment/inherent-risk.ts';
import { criticalities, type DeliveryModel, deliveryModels } from '../../domain/assessment/service-words.ts';
import { oneLine, paragraphs, wholeNumber } from '../../domain/assessment/typed-input.ts';
import type { InvalidField } from '../../errors.ts';
import { listOf, type PostedForm, textOf } from '../../plugins/forms.ts';
import { problem, tooLong } from './vendors.input.ts';

export type ServiceInput = {
  name: string;
  version: string;
  deliveryModel: DeliveryModel;
  entrustedWork: string;
  /** Usual kinds as their label, own words as typed. */
  dataItems: string[];
  /** 本人の数; null when not known. */
  dataSubjects: number | null;
  criticality: Criticality;
};

/** Fields a person types into; the rest is chosen. */
export const serviceFields = ['name', 'version', 'entrustedWork', 'ownItems', 'dataSubjects'] as const;

const MAX_ITEMS = 50;

/** Ticked kinds (`usualItems`, ids) and own words (`ownItems`, one a line) become one list. */
export function serviceFromForm(form: PostedForm): ServiceInput {
  const ticked = new Set(listOf(form, 'usualItems'));
  const usual = usualDataItems.filter(({ id }) => ticked.has(id)).map(({ label }) => label.ja);
  return {
    name: textOf(form, 'name'),
    version: textOf(form, 'version'),
    deliveryModel: textOf(form, 'deliveryModel') as DeliveryModel,
    entrustedWork: textOf(form, 'entrustedWork'),
    dataItems: [...usual, ...textOf(form, 'ownItems').split(/\r?\n/)],
    dataSubjects: wholeNumber(textOf(form, 'dataSubjects')),
    criticality: textOf(form, 'criticality') as Criticality,
  };
}

export function tidyService(input: ServiceInput): ServiceInput {
  const items = input.dataItems.map((item) => dataItemWords(oneLine(item)).ja).filter((item) => item !== '');
  return {
    ...input,
    name: oneLine(input.name),
    version: oneLine(input.version),
    entrustedWork: paragraphs(input.entrustedWork),
    dataItems: [...new Set(items)],
  };
}

/** Everything wrong with a tidied service, in the order of the form. */
export function serviceProblems(service: ServiceInput): InvalidField[] {
  const problems: InvalidField[] = [];
  if (service.name === '') {
    problems.push(problem('name', 'サービスの名称を入力してください。', 'Enter the name of the service.'));
  }
  const limits = { name: 200, version: 60, entrustedWork: 2_000 } as const;
  for (const [field, limit] of Object.entries(limits) as [keyof typeof limits, number][]) {
    const length = [...service[field]].length;
    if (length > limit) problems.push(tooLong(field, limit, length));
  }
  if (!deliveryModels.includes(service.deliveryModel)) {
    problems.push(problem('deliveryModel', '提供形態を選んでください。', 'Choose how the service is delivered.'));
  }
  problems.push(...itemProblems(service.dataItems));
  if (Number.isNaN(service.dataSubjects)) {
    problems.push(
      problem(
        'dataSubjects',
        '本人の数は、0以上の整数で入力してください（例：1,200）。分からないときは空欄にしてください。',
        'Enter the number of data subjects as a whole number (e.g. 1,200), or leave it empty if unknown.',
      ),
    );
  }
  if (!criticalities.includes(service.criticality)) {
    problems.push(problem('criticality', '重要度を選んでください。', 'Choose how critical the service is.'));
  }
  return problems;
}

function itemProblems(items: readonly string[]): InvalidField[] {
  if (items.length > MAX_ITEMS) {
    return [
      problem(
        'ownItems',
        `項目は${MAX_ITEMS}件以内にまとめてください（現在${items.length}件）。`,
        `List at most ${MAX_ITEMS} kinds (now ${items.length}).`,
      ),
    ];
  }
  const long = items.find((item) => [...item].length > 100);
  return long === undefined ? [] : [tooLong('ownItems', 100, [...long].length)];
}
