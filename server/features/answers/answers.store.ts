import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { answers, evidenceFiles, reviews } from '../../../db/schema/index.ts';

export type AnswerRow = typeof answers.$inferSelect;
export type EvidenceFile = typeof evidenceFiles.$inferSelect;
export type ReviewRow = typeof reviews.$inferSelect;

export function listAnswers(db: Transaction, organisationId: string, assessmentId: string): Promise<AnswerRow[]> {
  return db
    .select()
    .from(answers)
    .where(and(eq(answers.organisationId, organisationId), eq(answers.assessmentId, assessmentId)));
}

/** Files not removed, oldest first. */
export function listEvidence(db: Transaction, organisationId: string, assessmentId: string): Promise<EvidenceFile[]> {
  return db
    .select()
    .from(evidenceFiles)
    .where(
      and(
        eq(evidenceFiles.organisationId, organisationId),
        eq(evidenceFiles.assessmentId, assessmentId),
        isNull(evidenceFiles.removedAt),
      ),
    )
    .orderBy(asc(evidenceFiles.uploadedAt), asc(evidenceFiles.id));
}

export function listReviews(db: Transaction, organisationId: string, assessmentId: string): Promise<ReviewRow[]> {
  return db
    .select()
    .from(reviews)
    .where(and(eq(reviews.organisationId, organisationId), eq(reviews.assessmentId, assessmentId)));
}
