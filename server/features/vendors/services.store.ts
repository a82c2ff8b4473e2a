import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { services } from '../../../db/schema/index.ts';
import type { Service } from './vendors.store.ts';

export function listServices(
  db: Transaction,
  organisationId: string,
  vendorIds: readonly string[],
): Promise<Service[]> {
  return db
    .select()
    .from(services)
    .where(and(eq(services.organisationId, organisationId), inArray(services.vendorId, [...vendorIds])))
    .orderBy(asc(services.name), asc(services.id));
}

export async function findService(
  db: Transaction,
  organisationId: string,
  vendorId: string,
  id: string,
): Promise<Service | undefined> {
  const [row] = await db
    .select()
    .from(services)
    .where(serviceKey(organisationId, vendorId, id));
  return row;
}

/** Adds the service unless one of that id is already there. Tells whether it was added. */
export async function addService(db: Transaction, service: typeof services.$inferInsert): Promise<boolean> {
  const added = await db.insert(services).values(service).onConflictDoNothing().returning({ id: services.id });
  return added.length > 0;
}

export async function changeService(
  db: Transaction,
  organisationId: string,
  vendorId: string,
  id: string,
  values: Partial<typeof services.$inferInsert>,
): Promise<Service | undefined> {
  const [row] = await db
    .update(services)
    .set(values)
    .where(serviceKey(organisationId, vendorId, id))
    .returning();
  return row;
}

function serviceKey(organisationId: string, vendorId: string, id: string) {
  return and(eq(services.organisationId, organisationId), eq(services.vendorId, vendorId), eq(services.id, id));
}
