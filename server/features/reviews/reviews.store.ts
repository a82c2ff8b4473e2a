import { and, desc, eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { evaluations, members, reviews, services, vendors } from '../../../db/schema/index.ts';
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
        conditionHolds: sql`excluded.condition_holds`,
        conditionReason: sql`excluded.condition_reason`,
        remark: sql`excluded.remark`,
        reviewedBy: sql`excluded.reviewed_by`,
        reviewedAt: sql`excluded.reviewed_at`,
      },
    });
}

/** Names of those who marked something of this assessment, by member id. */
export async function listReviewers(
  db: Transaction,
  organisationId: string,
  assessmentId: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectDistinct({ id: members.id, name: members.name })
    .from(reviews)
    .innerJoin(members, and(eq(members.organisationId, reviews.organisationId), eq(members.id, reviews.reviewedBy)))
    .where(and(eq(reviews.organisationId, organisationId), eq(reviews.assessmentId, assessmentId)));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Whose answers these are. */
export async function readParties(db: Transaction, organisationId: string, serviceId: string) {
  const [row] = await db
    .select({ vendor: vendors.name, service: services.name })
    .from(services)
    .innerJoin(vendors, and(eq(vendors.organisationId, services.organisationId), eq(vendors.id, services.vendorId)))
    .where(and(eq(services.organisationId, organisationId), eq(services.id, serviceId)));
  if (!row) throw new Error(`reviews: there is no service ${serviceId}`);
  return row;
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
