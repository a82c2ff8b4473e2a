import { isIdentifier } from '../../domain/assessment/identifier.ts';
import { invalid, notFound } from '../../errors.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { listServices } from './services.store.ts';
import { tidyVendor, type VendorInput, vendorProblems } from './vendors.input.ts';
import * as store from './vendors.store.ts';

export const VENDORS_A_PAGE = 50;

/** One page of the vendors whose name contains `search`, with their services and assessments; `page` counts from 1. */
export async function listVendors(
  services: Services,
  principal: MemberPrincipal,
  { search, page }: { search: string; page: number },
) {
  const { organisationId } = principal;
  return services.database.inOrganisation(organisationId, async (db) => {
    const limit = VENDORS_A_PAGE;
    const vendors = await store.listVendors(db, organisationId, { search, limit, offset: (page - 1) * limit });
    const ids = vendors.map(({ id }) => id);
    const [total, entrusted, assessments] = await Promise.all([
      store.countVendors(db, organisationId, search),
      ids.length === 0 ? [] : listServices(db, organisationId, ids),
      ids.length === 0 ? [] : store.listPastAssessments(db, organisationId, ids),
    ]);
    return { vendors, services: entrusted, assessments, total };
  });
}

/** A vendor with its services and assessments; the same AppError 404 for an unknown, a foreign and a malformed id. */
export async function readVendor(services: Services, principal: MemberPrincipal, id: string) {
  if (!isIdentifier(id)) throw notFound();
  const { organisationId } = principal;
  return services.database.inOrganisation(organisationId, async (db) => {
    const [vendor, entrusted, assessments] = await Promise.all([
      store.findVendor(db, organisationId, id),
      listServices(db, organisationId, [id]),
      store.listPastAssessments(db, organisationId, [id]),
    ]);
    if (!vendor) throw notFound();
    return { vendor, services: entrusted, assessments };
  });
}

/** Adds a vendor under `id`, which the form made: sending it twice makes one. Throws AppError 400 naming the fields. */
export async function createVendor(
  services: Services,
  principal: MemberPrincipal,
  id: string,
  input: VendorInput,
): Promise<string> {
  const vendor = accepted(input);
  const { organisationId } = principal;
  const at = services.clock.now();
  await services.database.inOrganisation(organisationId, async (db) => {
    const added = await store.addVendor(db, { organisationId, id, ...vendor, createdAt: at });
    if (!added) return;
    const actor = actorOf(principal);
    await recordEvent(db, {
      organisationId,
      at,
      actor,
      action: 'vendor.created',
      subject: vendor.name,
      details: { id },
    });
  });
  return id;
}

/** Changes every field of a vendor. Throws AppError 400 naming the fields, or 404. */
export async function updateVendor(
  services: Services,
  principal: MemberPrincipal,
  id: string,
  input: VendorInput,
): Promise<void> {
  if (!isIdentifier(id)) throw notFound();
  const vendor = accepted(input);
  const { organisationId } = principal;
  const at = services.clock.now();
  await services.database.inOrganisation(organisationId, async (db) => {
    if (!(await store.changeVendor(db, organisationId, id, vendor))) throw notFound();
    const actor = actorOf(principal);
    await recordEvent(db, {
      organisationId,
      at,
      actor,
      action: 'vendor.changed',
      subject: vendor.name,
      details: { id },
    });
  });
}

function accepted(input: VendorInput): VendorInput {
  const vendor = tidyVendor(input);
  const problems = vendorProblems(vendor);
  if (problems.length > 0) {
    throw invalid({ ja: '委託先の入力内容を直してください。', en: 'Correct the details of the vendor.' }, problems);
  }
  return vendor;
}
