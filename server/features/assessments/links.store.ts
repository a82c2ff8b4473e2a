import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { respondentLinks } from '../../../db/schema/index.ts';

export type RespondentLink = typeof respondentLinks.$inferSelect;

export async function addLink(db: Transaction, link: typeof respondentLinks.$inferInsert): Promise<void> {
  await db.insert(respondentLinks).values(link);
}

/** The link of whoever answers for the request as a whole; there is at most one in force. */
export async function findActiveLink(
  db: Transaction,
  organisationId: string,
  assessmentId: string,
): Promise<RespondentLink | undefined> {
  const [row] = await db
    .select()
    .from(respondentLinks)
    .where(and(active(organisationId, assessmentId), eq(respondentLinks.role, 'respondent')));
  return row;
}

/** Every link there ever was, those of invited colleagues included, oldest first. */
export function listLinks(db: Transaction, organisationId: string, assessmentId: string): Promise<RespondentLink[]> {
  return db
    .select()
    .from(respondentLinks)
    .where(and(eq(respondentLinks.organisationId, organisationId), eq(respondentLinks.assessmentId, assessmentId)))
    .orderBy(asc(respondentLinks.createdAt), asc(respondentLinks.id));
}

/**
 * Closes open links of the assessment: those of `ids`, or all, colleagues' included. Sessions opened with them end with their
 * next request.
 */
export async function revokeLinks(
  db: Transaction,
  organisationId: string,
  assessmentId: string,
  at: Date,
  ids?: readonly string[],
): Promise<number> {
  const revoked = await db
    .update(respondentLinks)
    .set({ revokedAt: at })
    .where(and(active(organisationId, assessmentId), ids && inArray(respondentLinks.id, [...ids])))
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
