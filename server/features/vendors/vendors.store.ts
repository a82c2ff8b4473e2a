import { and, asc, count, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { assessments, services, vendors } from '../../../db/schema/index.ts';
import { nfkc } from '../../domain/assessment/normal-form.ts';

export type Vendor = typeof vendors.$inferSelect;
export type Service = typeof services.$inferSelect;

/** Vendors whose name, English name or corporate number contains `search`, in the order of their names. */
export async function listVendors(
  db: Transaction,
  organisationId: string,
  { search, limit, offset }: { search: string; limit: number; offset: number },
): Promise<Vendor[]> {
  return db
    .select()
    .from(vendors)
    .where(and(eq(vendors.organisationId, organisationId), matches(search)))
    .orderBy(asc(vendors.name), asc(vendors.id))
    .limit(limit)
    .offset(offset);
}

export async function countVendors(db: Transaction, organisationId: string, search: string): Promise<number> {
  const [row] = await db
    .select({ total: count() })
    .from(vendors)
    .where(and(eq(vendors.organisationId, organisationId), matches(search)));
  return row?.total ?? 0;
}

export async function findVendor(db: Transaction, organisationId: string, id: string): Promise<Vendor | undefined> {
  const [row] = await db.select().from(vendors).where(vendorKey(organisationId, id));
  return row;
}

/** Adds the vendor unless one of that id is already there: a form sent twice makes one. Tells whether it was added. */
export async function addVendor(db: Transaction, vendor: typeof vendors.$inferInsert): Promise<boolean> {
  const added = await db.insert(vendors).values(vendor).onConflictDoNothing().returning({ id: vendors.id });
  return added.length > 0;
}

export async function changeVendor(
  db: Transaction,
  organisationId: string,
  id: string,
  values: Partial<typeof vendors.$inferInsert>,
): Promise<Vendor | undefined> {
  const [row] = await db.update(vendors).set(values).where(vendorKey(organisationId, id)).returning();
  return row;
}

/** Assessments of the vendors' services so far, newest first; drafts included. */
export function listPastAssessments(db: Transaction, organisationId: string, vendorIds: readonly string[]) {
  return db
    .select({
      id: assessments.id,
      vendorId: services.vendorId,
      serviceId: assessments.serviceId,
      reference: assessments.reference,
      state: assessments.state,
      dueOn: assessments.dueOn,
      graceDays: assessments.graceDays,
      questionnaireId: assessments.questionnaireId,
      questionnaireVersion: assessments.questionnaireVersion,
      sentAt: assessments.sentAt,
    })
    .from(assessments)
    .innerJoin(
      services,
      and(eq(services.organisationId, assessments.organisationId), eq(services.id, assessments.serviceId)),
    )
    .where(and(eq(assessments.organisationId, organisationId), inArray(services.vendorId, [...vendorIds])))
    .orderBy(sql`${assessments.sentAt} desc nulls first`, asc(assessments.id));
}

/** Full-width and half-width forms match each other (NFKC). */
function matches(search: string): SQL | undefined {
  if (search === '') return undefined;
  const pattern = `%${nfkc(search).replace(/[\\%_]/g, '\\$&')}%`;
  return or(
    sql`normalize(${vendors.name}, NFKC) ilike ${pattern}`,
    sql`normalize(coalesce(${vendors.nameEn}, ''), NFKC) ilike ${pattern}`,
    sql`coalesce(${vendors.corporateNumber}, '') like ${pattern}`,
  );
}

function vendorKey(organisationId: string, id: string) {
  return and(eq(vendors.organisationId, organisationId), eq(vendors.id, id));
}
