import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { dataItemWords } from '../../domain/assessment/data-items.ts';
import { inherentRisk, type RiskTier } from '../../domain/assessment/inherent-risk.ts';
import { criticalityWords, deliveryWords, tierWords } from '../../domain/assessment/service-words.ts';
import { type AssessmentState, stateOn } from '../../domain/assessment/states.ts';
import type { InvalidField } from '../../errors.ts';
import { fieldsOf, formId, type PostedForm } from '../../plugins/forms.ts';
import { vendorFields } from './vendors.input.ts';
import type { Service, Vendor } from './vendors.store.ts';
import type { listVendors, readVendor } from './vendors.usecases.ts';

type Found = Awaited<ReturnType<typeof listVendors>>;
type Read = Awaited<ReturnType<typeof readVendor>>;
type Past = Read['assessments'][number];

const tiers: readonly RiskTier[] = ['high', 'medium', 'low'];
const tones = { high: 'warning', medium: 'info', low: 'neutral' } as const;

/** Rows of the list: each vendor with its services, the highest tier among them and its latest assessment. */
export function vendorRows({ vendors, services, assessments }: Found, now: Date) {
  return vendors.map((vendor) => {
    const own = services.filter(({ vendorId }) => vendorId === vendor.id);
    const latest = assessments.find(({ vendorId }) => vendorId === vendor.id);
    return {
      href: `/vendors/${vendor.id}`,
      name: vendor.name,
      nameEn: vendor.nameEn,
      services: own.map(({ name }) => name),
      tier: highest(own),
      latest: latest ? pastView(latest, now) : null,
    };
  });
}

export function vendorView(read: Read, now: Date) {
  return {
    vendor: vendorFacts(read.vendor),
    services: read.services.map((service) => serviceView(service)),
    assessments: read.assessments.map((past) => ({
      ...pastView(past, now),
      service: read.services.find(({ id }) => id === past.serviceId)?.name ?? '',
    })),
  };
}

export function newVendorPage(typed: PostedForm, problems: readonly InvalidField[] = []) {
  const words = { titleKey: 'vendors.newTitle', submitKey: 'vendors.saveNew' };
  const fields = fieldsOf(vendorFields, typed, problems);
  return { ...words, back: '/vendors', action: '/vendors', id: formId(typed), fields, errors: problems };
}

export function editVendorPage(id: string, typed: PostedForm, problems: readonly InvalidField[] = []) {
  const words = { titleKey: 'vendors.editTitle', submitKey: 'vendors.save' };
  const fields = fieldsOf(vendorFields, typed, problems);
  return { ...words, back: `/vendors/${id}`, action: `/vendors/${id}`, id, fields, errors: problems };
}

export function vendorFacts({ id, name, nameEn, corporateNumber, address, note }: Vendor) {
  return { id, href: `/vendors/${id}`, name, nameEn, corporateNumber, address, note };
}

function serviceView(service: Service) {
  const risk = inherentRisk(service);
  return {
    id: service.id,
    editHref: `/vendors/${service.vendorId}/services/${service.id}/edit`,
    assessHref: `/assessments/new?service=${service.id}`,
    name: service.name,
    version: service.version,
    delivery: deliveryWords[service.deliveryModel],
    entrustedWork: service.entrustedWork,
    dataItems: service.dataItems.map(dataItemWords),
    dataSubjects: service.dataSubjects,
    /** 0 is a number too; a template's #if would take it for none. */
    knowsSubjects: service.dataSubjects !== null,
    criticality: criticalityWords[service.criticality],
    tier: tierView(risk.tier),
    reasons: risk.reasons,
    cadence: risk.cadence,
  };
}

function tierView(tier: RiskTier) {
  return { words: tierWords[tier], tone: tones[tier] };
}

function highest(services: readonly Service[]) {
  const present = new Set(services.map((service) => inherentRisk(service).tier));
  const tier = tiers.find((one) => present.has(one));
  return tier ? tierView(tier) : null;
}

function pastView(
  past: Past,
  now: Date,
): { href: string; reference: string | null; state: AssessmentState; on: Date | null } {
  const { id, reference, state, sentAt } = past;
  return {
    href: `/assessments/${id}`,
    reference: state === 'draft' ? null : reference,
    state: stateOn(past, tokyoDate(now)),
    on: sentAt,
  };
}
