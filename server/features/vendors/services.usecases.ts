import type { Transaction } from '../../../db/client.ts';
import { isIdentifier } from '../../domain/assessment/identifier.ts';
import { invalid, notFound } from '../../errors.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { type ServiceInput, serviceProblems, tidyService } from './services.input.ts';
import * as store from './services.store.ts';
import { findVendor, type Service, type Vendor } from './vendors.store.ts';

export type VendorAndService = { vendor: Vendor; service: Service };

/** A service with its vendor; AppError 404 when this organisation has no such pair. */
export async function readService(
  services: Services,
  principal: MemberPrincipal,
  vendorId: string,
  id: string,
): Promise<VendorAndService> {
  return services.database.inOrganisation(principal.organisationId, (db) =>
    requireService(db, principal.organisationId, vendorId, id),
  );
}

/** Adds a service to a vendor under `id`, which the form made: sending it twice makes one. */
export async function createService(
  services: Services,
  principal: MemberPrincipal,
  vendorId: string,
  id: string,
  input: ServiceInput,
): Promise<string> {
  if (!isIdentifier(vendorId)) throw notFound();
  const service = accepted(input);
  const { organisationId } = principal;
  const at = services.clock.now();
  await services.database.inOrganisation(organisationId, async (db) => {
    if (!(await findVendor(db, organisationId, vendorId))) throw notFound();
    const added = await store.addService(db, { organisationId, id, vendorId, ...service, createdAt: at });
    if (added) await record(db, principal, at, 'service.created', { id, vendorId, name: service.name });
  });
  return id;
}

/** Changes every field of a service. Assessments sent before keep what they were about in their reports. */
export async function updateService(
  services: Services,
  principal: MemberPrincipal,
  vendorId: string,
  id: string,
  input: ServiceInput,
): Promise<void> {
  if (!isIdentifier(vendorId) || !isIdentifier(id)) throw notFound();
  const service = accepted(input);
  const { organisationId } = principal;
  await services.database.inOrganisation(organisationId, async (db) => {
    if (!(await store.changeService(db, organisationId, vendorId, id, service))) throw notFound();
    await record(db, principal, services.clock.now(), 'service.changed', { id, vendorId, name: service.name });
  });
}

async function requireService(
  db: Transaction,
  organisationId: string,
  vendorId: string,
  id: string,
): Promise<VendorAndService> {
  if (!isIdentifier(vendorId) || !isIdentifier(id)) throw notFound();
  const [vendor, service] = await Promise.all([
    findVendor(db, organisationId, vendorId),
    store.findService(db, organisationId, vendorId, id),
  ]);
  if (!vendor || !service) throw notFound();
  return { vendor, service };
}

function record(
  db: Transaction,
  principal: MemberPrincipal,
  at: Date,
  action: 'service.created' | 'service.changed',
  { name, ...details }: { id: string; vendorId: string; name: string },
): Promise<void> {
  const { organisationId } = principal;
  return recordEvent(db, { organisationId, at, actor: actorOf(principal), action, subject: name, details });
}

function accepted(input: ServiceInput): ServiceInput {
  const service = tidyService(input);
  const problems = serviceProblems(service);
  if (problems.length > 0) {
    throw invalid({ ja: 'サービスの入力内容を直してください。', en: 'Correct the details of the service.' }, problems);
  }
  return service;
}
