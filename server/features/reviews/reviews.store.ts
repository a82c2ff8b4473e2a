import { and, desc, eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { evaluations, reviews } from '../../../db/schema/index.ts';
import type { Evaluation } from '../../domain/scoring/evaluation.ts';

export type Review = typeof reviews.$inferSelect;

/** Adds or replaces the reviewer's word on one subject. */
export async function saveReview(db: Transaction, review: Review): Promise<void> {
  await db
    .insert(reviews)
    .values(review)
    .onConflictDoUpdate({
      target: [reviews.organisationId, reviews.assessmentId, reviews.subject],
      set: {
        evidenceState: sql`excluded.evidence_state`,
        naRejected: sql`excluded.na_rejected`,
        reason: sql`excluded.reason`,
        remark: sql`excluded.remark`,
        reviewedBy: sql`excluded.reviewed_by`,
        reviewedAt: sql`excluded.reviewed_at`,
      },
    });
}

export async function saveEvaluation(
  db: Transaction,
  row: { organisationId: string; id: string; assessmentId: string; result: Evaluation; createdAt: Date },
): Promise<void> {
  const { mode, asOf, scorerVersion } = row.result;
  await db.insert(evaluations).values({ ...row, mode, asOf, scorerVersion });
}

/** The stored evaluation of that mode, newest first; undefined when there is none. */
export async function latestEvaluation(
  db: Transaction,
  organisationId: string,
  assessmentId: string,
  mode: 'provisional' | 'final',
) {
  const [row] = await db
    .select()
    .from(evaluations)
    .where(
      and(
        eq(evaluations.organisationId, organisationId),
        eq(evaluations.assessmentId, assessmentId),
        eq(evaluations.mode, mode),
      ),
    )
    .orderBy(desc(evaluations.createdAt))
    .limit(1);
  return row;
}
