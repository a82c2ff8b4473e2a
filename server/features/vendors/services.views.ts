import { usual, usualDataItems } from '../../domain/assessment/data-items.ts';
import {
  criticalities,
  criticalityWords,
  deliveryModels,
  deliveryWords,
} from '../../domain/assessment/service-words.ts';
import type { InvalidField } from '../../errors.ts';
import { choicesOf, fieldsOf, formId, type PostedForm } from '../../plugins/forms.ts';
import { serviceFields } from './services.input.ts';
import type { Service, Vendor } from './vendors.store.ts';
import { vendorFacts } from './vendors.views.ts';

/** The form of a service as it was typed, with its choices. */
export function serviceFormView(typed: PostedForm, problems: readonly InvalidField[] = []) {
  return {
    id: formId(typed),
    errors: problems,
    fields: {
      ...fieldsOf(serviceFields, typed, problems),
      deliveryModel: choicesOf('deliveryModel', deliveryChoices, typed, problems),
      criticality: choicesOf('criticality', criticalityChoices, typed, problems),
      usualItems: choicesOf('usualItems', itemChoices, typed, problems),
    },
  };
}

const deliveryChoices = deliveryModels.map((value) => ({ value, text: deliveryWords[value] }));
const criticalityChoices = criticalities.map((value) => ({
  value,
  text: criticalityWords[value].label,
  hint: criticalityWords[value].tolerance,
}));
const itemChoices = usualDataItems.map(({ id, label }) => ({ value: id, text: label }));

/** A stored service in the shape of its form. */
export function serviceAsTyped(service: Service): PostedForm {
  const known = service.dataItems.map((item) => usual(item)?.id).filter((id) => id !== undefined);
  return {
    id: service.id,
    name: service.name,
    version: service.version,
    deliveryModel: service.deliveryModel,
    entrustedWork: service.entrustedWork,
    usualItems: known,
    ownItems: service.dataItems.filter((item) => !usual(item)).join('\n'),
    dataSubjects: service.dataSubjects === null ? '' : String(service.dataSubjects),
    criticality: service.criticality,
  };
}

type ServiceForm = ReturnType<typeof serviceFormView>;

export function newServicePage(vendor: Vendor, form: ServiceForm) {
  return {
    vendor: vendorFacts(vendor),
    titleKey: 'services.newTitle',
    submitKey: 'services.saveNew',
    action: `/vendors/${vendor.id}/services`,
    ...form,
  };
}

export function editServicePage(vendor: Vendor, service: Service, form: ServiceForm) {
  return {
    vendor: vendorFacts(vendor),
    titleKey: 'services.editTitle',
    submitKey: 'vendors.save',
    action: `/vendors/${vendor.id}/services/${service.id}`,
    ...form,
  };
}
