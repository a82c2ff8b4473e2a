import { and, desc, eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { assessments, members, organisations, services, vendors } from '../../../db/schema/index.ts';
import type { Assessment } from './assessment-state.usecases.ts';

/** Adds the draft unless one of that id is already there. Tells whether it was added. */
export async function addAssessment(db: Transaction, row: typeof assessments.$inferInsert): Promise<boolean> {
  const added = await db.insert(assessments).values(row).onConflictDoNothing().returning({ id: assessments.id });
  return added.length > 0;
}

export async function changeAssessment(
  db: Transaction,
  { organisationId, id }: Assessment,
  values: Partial<typeof assessments.$inferInsert>,
): Promise<void> {
  await db
    .update(assessments)
    .set(values)
    .where(and(eq(assessments.organisationId, organisationId), eq(assessments.id, id)));
}

export async function removeAssessment(db: Transaction, { organisationId, id }: Assessment): Promise<void> {
  await db.delete(assessments).where(and(eq(assessments.organisationId, organisationId), eq(assessments.id, id)));
}

/**
 * The greatest reference of the year so far, or null. Holds a lock until the transaction ends: whoever else numbers an
 * assessment of this organisation waits, so that no number is given twice or left out.
 */
export async function lockLatestReference(
  db: Transaction,
  organisationId: string,
  year: string,
): Promise<string | null> {
  await db.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`assessments.reference/${organisationId}`}, 0))`,
  );
  const [row] = await db
    .select({ reference: assessments.reference })
    .from(assessments)
    .where(and(eq(assessments.organisationId, organisationId), sql`${assessments.reference} like ${`KA-${year}-%`}`))
    .orderBy(desc(sql`length(${assessments.reference})`), desc(assessments.reference))
    .limit(1);
  return row?.reference ?? null;
}

/** The service with its vendor; undefined when this organisation has none of that id. */
export async function findServiceAndVendor(db: Transaction, organisationId: string, serviceId: string) {
  const [row] = await db
    .select({ service: services, vendor: vendors })
    .from(services)
    .innerJoin(vendors, and(eq(vendors.organisationId, services.organisationId), eq(vendors.id, services.vendorId)))
    .where(and(eq(services.organisationId, organisationId), eq(services.id, serviceId)));
  return row;
}

/** Every service that can be asked about, in the order of vendor and service name. */
export function listServiceChoices(db: Transaction, organisationId: string) {
  return db
    .select({ id: services.id, name: services.name, version: services.version, vendor: vendors.name })
    .from(services)
    .innerJoin(vendors, and(eq(vendors.organisationId, services.organisationId), eq(vendors.id, services.vendorId)))
    .where(eq(services.organisationId, organisationId))
    .orderBy(vendors.name, services.name);
}

export async function readOrganisation(db: Transaction, organisationId: string) {
  const [row] = await db.select().from(organisations).where(eq(organisations.id, organisationId));
  if (!row) throw new Error('assessments: the organisation of the session is gone');
  return row;
}

export async function readSender(db: Transaction, organisationId: string, memberId: string) {
  const [row] = await db
    .select({ name: members.name, email: members.email })
    .from(members)
    .where(and(eq(members.organisationId, organisationId), eq(members.id, memberId)));
  if (!row) throw new Error('assessments: the member of the session is gone');
  return row;
}
