import { and, asc, eq } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { answers, approvals, evidenceFiles } from '../../../db/schema/index.ts';

export type GivenAnswer = typeof answers.$inferSelect;
export type GivenFile = typeof evidenceFiles.$inferSelect;

export function listGivenAnswers(
  db: Transaction,
  organisationId: string,
  assessmentId: string,
): Promise<GivenAnswer[]> {
  return db
    .select()
    .from(answers)
    .where(and(eq(answers.organisationId, organisationId), eq(answers.assessmentId, assessmentId)));
}

/** Every file ever given, removed ones too, oldest first: what was handed in may have been removed since. */
export function listGivenFiles(db: Transaction, organisationId: string, assessmentId: string): Promise<GivenFile[]> {
  return db
    .select()
    .from(evidenceFiles)
    .where(and(eq(evidenceFiles.organisationId, organisationId), eq(evidenceFiles.assessmentId, assessmentId)))
    .orderBy(asc(evidenceFiles.uploadedAt), asc(evidenceFiles.id));
}

/** The revision rises as with every save, so that a page still open elsewhere finds out. */
export async function putAnswer(db: Transaction, answer: GivenAnswer): Promise<void> {
  const { organisationId, assessmentId, questionId, revision, ...content } = answer;
  await db
    .update(answers)
    .set({ ...content, revision: revision + 1 })
    .where(
      and(
        eq(answers.organisationId, organisationId),
        eq(answers.assessmentId, assessmentId),
        eq(answers.questionId, questionId),
      ),
    );
}

export async function putFile(
  db: Transaction,
  { organisationId, id, subject, effectiveOn, expiresOn, removedAt }: GivenFile,
): Promise<void> {
  await db
    .update(evidenceFiles)
    .set({ subject, effectiveOn, expiresOn, removedAt })
    .where(and(eq(evidenceFiles.organisationId, organisationId), eq(evidenceFiles.id, id)));
}

/** Of a round that does not take place. */
export async function dropApprovals(
  db: Transaction,
  { organisationId, assessmentId, round }: { organisationId: string; assessmentId: string; round: number },
): Promise<void> {
  await db
    .delete(approvals)
    .where(
      and(
        eq(approvals.organisationId, organisationId),
        eq(approvals.assessmentId, assessmentId),
        eq(approvals.round, round),
      ),
    );
}
