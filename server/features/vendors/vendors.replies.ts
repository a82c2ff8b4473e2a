/** Vendors and services as the JSON API gives them. Pure. */
import { inherentRisk } from '../../domain/assessment/inherent-risk.ts';
import type * as Schemas from './vendors.schemas.ts';
import type { Service, Vendor } from './vendors.store.ts';

export function vendorReply(vendor: Vendor, services: readonly Service[]): Schemas.VendorReply {
  const { id, name, nameEn, corporateNumber, address, note } = vendor;
  const own = services.filter(({ vendorId }) => vendorId === id).map(serviceReply);
  return { id, name, nameEn, corporateNumber, address, note, services: own };
}

export function serviceReply(service: Service): Schemas.ServiceReply {
  const { id, vendorId, name, version, deliveryModel, entrustedWork, dataItems, dataSubjects, criticality } = service;
  const { tier, reasons, cadence } = inherentRisk(service);
  return {
    id,
    vendorId,
    name,
    version,
    deliveryModel,
    entrustedWork,
    dataItems,
    dataSubjects,
    criticality,
    inherentRisk: { tier, reasons: [...reasons], cadence },
  };
}
