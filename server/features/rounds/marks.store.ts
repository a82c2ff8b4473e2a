import { and, eq } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { reviews } from '../../../db/schema/index.ts';

/** A reviewer's word on one subject. */
export type Mark = typeof reviews.$inferSelect;

export function listMarks(db: Transaction, organisationId: string, assessmentId: string): Promise<Mark[]> {
  return db
    .select()
    .from(reviews)
    .where(and(eq(reviews.organisationId, organisationId), eq(reviews.assessmentId, assessmentId)));
}

/** Leaves the internal remark, and nothing at all where there is none. */
export async function reopenMark(
  db: Transaction,
  { organisationId, assessmentId, subject, remark }: Mark,
): Promise<void> {
  const own = and(
    eq(reviews.organisationId, organisationId),
    eq(reviews.assessmentId, assessmentId),
    eq(reviews.subject, subject),
  );
  if (remark === '') await db.delete(reviews).where(own);
  else
    await db
      .update(reviews)
      .set({ evidenceState: null, naRejected: false, conditionHolds: null, conditionReason: '', reason: '' })
      .where(own);
}
