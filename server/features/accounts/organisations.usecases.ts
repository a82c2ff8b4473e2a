import { randomUUID } from 'node:crypto';
import type { Database, Transaction } from '../../../db/client.ts';
import type { Services } from '../../services.ts';
import { recordEvent, systemActor } from '../audit/audit.store.ts';
import { emailOf } from './email.ts';
import { insertMember, insertOrganisation, listOrganisationIds } from './members.store.ts';

export type NewOrganisation = {
  organisation: { name: string; nameEn: string | null; isEntrustee: boolean };
  owner: { name: string; title: string; email: string; locale: 'ja' | 'en'; passwordHash?: string };
};
export type OrganisationIds = { organisationId: string; memberId: string };

/** A customer with its first owner, who signs in by a one-time link unless there is a password already. */
export async function createOrganisation(services: Services, input: NewOrganisation): Promise<OrganisationIds> {
  const organisationId = randomUUID();
  return services.database.inOrganisation(organisationId, (db) =>
    insertOrganisationWithOwner(services, db, organisationId, input),
  );
}

/** Every tenant, for work that nobody signed in asks for; what it does for each, it does in that tenant's own transaction. */
export function listOrganisations(database: Database): Promise<string[]> {
  return database.byCredential('any organisation', listOrganisationIds);
}

/** The same inside the transaction of a caller who has set the tenant to the fresh `organisationId`. */
export async function insertOrganisationWithOwner(
  services: Services,
  db: Transaction,
  organisationId: string,
  { organisation, owner }: NewOrganisation,
): Promise<OrganisationIds> {
  const at = services.clock.now();
  const memberId = randomUUID();
  await insertOrganisation(db, {
    id: organisationId,
    ...organisation,
    nameEn: organisation.nameEn || null,
    createdAt: at,
  });
  await insertMember(db, {
    organisationId,
    id: memberId,
    ...owner,
    email: emailOf(owner.email),
    role: 'owner',
    createdAt: at,
  });
  const created = { organisationId, at, actor: systemActor };
  await recordEvent(db, { ...created, action: 'organisation.created', subject: organisation.name });
  await recordEvent(db, { ...created, action: 'member.created', subject: owner.name, details: { role: 'owner' } });
  return { organisationId, memberId };
}
