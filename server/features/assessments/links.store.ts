import { and, eq, isNull } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { respondentLinks } from '../../../db/schema/index.ts';

export type RespondentLink = typeof respondentLinks.$inferSelect;

export async function addLink(db: Transaction, link: typeof respondentLinks.$inferInsert): Promise<void> {
  await db.insert(respondentLinks).values(link);
}

/** The link that opens the assessment now; there is at most one. */
export async function findActiveLink(
  db: Transaction,
  organisationId: string,
  assessmentId: string,
): Promise<RespondentLink | undefined> {
  const [row] = await db.select().from(respondentLinks).where(active(organisationId, assessmentId));
  return row;
}

/** Closes every open link of the assessment; sessions opened with them end with their next request. */
export async function revokeLinks(
  db: Transaction,
  organisationId: string,
  assessmentId: string,
  at: Date,
): Promise<number> {
  const revoked = await db
    .update(respondentLinks)
    .set({ revokedAt: at })
    .where(active(organisationId, assessmentId))
    .returning({ id: respondentLinks.id });
  return revoked.length;
}

function active(organisationId: string, assessmentId: string) {
  return and(
    eq(respondentLinks.organisationId, organisationId),
    eq(respondentLinks.assessmentId, assessmentId),
    isNull(respondentLinks.revokedAt),
  );
}
