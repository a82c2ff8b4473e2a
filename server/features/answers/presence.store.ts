import { and, eq, gt, isNull, ne } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { presences, respondentLinks } from '../../../db/schema/index.ts';

export type Present = { name: string; questionId: string };

export async function markPresent(db: Transaction, row: typeof presences.$inferInsert): Promise<void> {
  await db
    .insert(presences)
    .values(row)
    .onConflictDoUpdate({
      target: [presences.organisationId, presences.assessmentId, presences.linkId],
      set: { questionId: row.questionId, seenAt: row.seenAt },
    });
}

export async function markAbsent(
  db: Transaction,
  {
    organisationId,
    assessmentId,
    linkId,
  }: Pick<typeof presences.$inferInsert, 'organisationId' | 'assessmentId' | 'linkId'>,
): Promise<void> {
  const own = and(eq(presences.organisationId, organisationId), eq(presences.assessmentId, assessmentId));
  await db.delete(presences).where(and(own, eq(presences.linkId, linkId)));
}

/** Everybody but this link who was seen after `since`, by name. */
export function listPresent(
  db: Transaction,
  { organisationId, assessmentId, linkId }: { organisationId: string; assessmentId: string; linkId: string },
  since: Date,
): Promise<Present[]> {
  return db
    .select({ name: respondentLinks.name, questionId: presences.questionId })
    .from(presences)
    .innerJoin(
      respondentLinks,
      and(eq(respondentLinks.organisationId, presences.organisationId), eq(respondentLinks.id, presences.linkId)),
    )
    .where(
      and(
        eq(presences.organisationId, organisationId),
        eq(presences.assessmentId, assessmentId),
        ne(presences.linkId, linkId),
        gt(presences.seenAt, since),
        isNull(respondentLinks.revokedAt),
      ),
    )
    .orderBy(respondentLinks.name);
}
