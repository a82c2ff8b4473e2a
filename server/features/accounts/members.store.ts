import { and, asc, count, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { members, organisations } from '../../../db/schema/index.ts';

export type Member = typeof members.$inferSelect;
export type Organisation = typeof organisations.$inferSelect;

/** For `byCredential(email)`: row-level security shows this one member and nothing else. */
export async function findMemberByEmail(db: Transaction, email: string): Promise<Member | undefined> {
  const [member] = await db.select().from(members).where(eq(members.email, email));
  return member;
}

export async function findMember(db: Transaction, organisationId: string, id: string): Promise<Member | undefined> {
  const [member] = await db.select().from(members).where(one(organisationId, id));
  return member;
}

export function listMembers(db: Transaction, organisationId: string): Promise<Member[]> {
  return db
    .select()
    .from(members)
    .where(eq(members.organisationId, organisationId))
    .orderBy(asc(members.createdAt), asc(members.id));
}

export async function insertMember(db: Transaction, member: typeof members.$inferInsert): Promise<void> {
  await db.insert(members).values(member);
}

export async function updateMember(
  db: Transaction,
  { organisationId, id }: Pick<Member, 'organisationId' | 'id'>,
  change: Partial<Pick<Member, 'name' | 'title' | 'locale' | 'role' | 'passwordHash' | 'disabledAt'>>,
): Promise<void> {
  await db.update(members).set(change).where(one(organisationId, id));
}

/** Owners who can sign in, counted behind a lock on the organisation: two owners cannot disable each other at once. */
export async function countOwners(db: Transaction, organisationId: string): Promise<number> {
  await db
    .select({ id: organisations.id })
    .from(organisations)
    .where(eq(organisations.id, organisationId))
    .for('update');
  const [row] = await db
    .select({ owners: count() })
    .from(members)
    .where(and(eq(members.organisationId, organisationId), eq(members.role, 'owner'), isNull(members.disabledAt)));
  return row?.owners ?? 0;
}

export async function findOrganisation(db: Transaction, id: string): Promise<Organisation> {
  const [organisation] = await db.select().from(organisations).where(eq(organisations.id, id));
  if (!organisation) throw new Error(`there is no organisation ${id}`);
  return organisation;
}

export async function insertOrganisation(db: Transaction, row: typeof organisations.$inferInsert): Promise<void> {
  await db.insert(organisations).values(row);
}

/** For `byCredential('any organisation')`, the one credential under which organisations are seen without a tenant. */
export async function anyOrganisation(db: Transaction): Promise<boolean> {
  const rows = await db.select({ id: organisations.id }).from(organisations).limit(1);
  return rows.length > 0;
}

/** For the same credential: every tenant there is, for work that nobody signed in asks for. */
export async function listOrganisationIds(db: Transaction): Promise<string[]> {
  const rows = await db.select({ id: organisations.id }).from(organisations).orderBy(organisations.id);
  return rows.map(({ id }) => id);
}

/** The same inside a transaction that has a tenant already; the credential is put away again. */
export async function anyOrganisationNow(db: Transaction): Promise<boolean> {
  await db.execute(sql`select set_config('app.credential', 'any organisation', true)`);
  const any = await anyOrganisation(db);
  await db.execute(sql`select set_config('app.credential', '', true)`);
  return any;
}

function one(organisationId: string, id: string) {
  return and(eq(members.organisationId, organisationId), eq(members.id, id));
}
