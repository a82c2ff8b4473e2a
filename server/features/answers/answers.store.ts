import { and, asc, eq, getTableColumns, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { answers, assessments, evidenceFiles, reviews } from '../../../db/schema/index.ts';
import type { AnswerPlan } from '../../domain/questionnaire/answer.ts';
import type { Assessment } from '../assessments/assessment-state.usecases.ts';

export type AnswerRow = typeof answers.$inferSelect;
export type EvidenceFile = typeof evidenceFiles.$inferSelect;
export type ReviewRow = typeof reviews.$inferSelect;

/** A plan is read only where the customer takes plans. */
export function listAnswers(db: Transaction, organisationId: string, assessmentId: string): Promise<AnswerRow[]> {
  const takesPlans = sql`(select (settings ->> 'plans')::boolean from assessments
    where organisation_id = ${organisationId} and id = ${assessmentId})`;
  const plan = sql<AnswerPlan | null>`case when ${takesPlans} then ${answers.plan} end`;
  return db
    .select({ ...getTableColumns(answers), plan })
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

/** Removed files too. */
export function listAllEvidence(
  db: Transaction,
  organisationId: string,
  assessmentId: string,
): Promise<EvidenceFile[]> {
  return db
    .select()
    .from(evidenceFiles)
    .where(and(eq(evidenceFiles.organisationId, organisationId), eq(evidenceFiles.assessmentId, assessmentId)))
    .orderBy(asc(evidenceFiles.uploadedAt), asc(evidenceFiles.id));
}

export function listReviews(db: Transaction, organisationId: string, assessmentId: string): Promise<ReviewRow[]> {
  return db
    .select()
    .from(reviews)
    .where(and(eq(reviews.organisationId, organisationId), eq(reviews.assessmentId, assessmentId)));
}

/** The bytes stay until retention deletes them: the audit trail names their hash. Resolves to whether the file was still there. */
export async function markRemoved(
  db: Transaction,
  { organisationId, id }: Pick<EvidenceFile, 'organisationId' | 'id'>,
  at: Date,
): Promise<boolean> {
  const removed = await db
    .update(evidenceFiles)
    .set({ removedAt: at })
    .where(
      and(eq(evidenceFiles.organisationId, organisationId), eq(evidenceFiles.id, id), isNull(evidenceFiles.removedAt)),
    )
    .returning({ id: evidenceFiles.id });
  return removed.length > 0;
}

export async function moveEvidence(
  db: Transaction,
  move: { organisationId: string; assessmentId: string; from: string; to: string },
): Promise<void> {
  await db
    .update(evidenceFiles)
    .set({ subject: move.to })
    .where(
      and(
        eq(evidenceFiles.organisationId, move.organisationId),
        eq(evidenceFiles.assessmentId, move.assessmentId),
        eq(evidenceFiles.subject, move.from),
        isNull(evidenceFiles.removedAt),
      ),
    );
}

/** An assessment without the questionnaire it carries, which is by far its largest part. */
export type Outline = Omit<Assessment, 'questionnaire'>;

export async function readOutline(
  db: Transaction,
  organisationId: string,
  assessmentId: string,
): Promise<Outline | undefined> {
  const { questionnaire: _, ...outline } = getTableColumns(assessments);
  const [row] = await db
    .select(outline)
    .from(assessments)
    .where(and(eq(assessments.organisationId, organisationId), eq(assessments.id, assessmentId)));
  return row;
}

/**
 * Changes with everything a section page shows: every save raises a revision, files come, go and (with a save) move. null when
 * there is no such assessment.
 */
export async function readVersion(
  db: Transaction,
  organisationId: string,
  assessmentId: string,
): Promise<string | null> {
  const { rows } = await db.execute<{ version: string }>(sql`
    select concat_ws('/', a.state, a.page_version, a.due_on, a.grace_days, a.reference, a.questionnaire_hash,
      (select concat_ws('/', count(*), sum(revision)) from answers
        where organisation_id = ${organisationId} and assessment_id = ${assessmentId}),
      (select concat_ws('/', count(*), count(removed_at)) from evidence_files
        where organisation_id = ${organisationId} and assessment_id = ${assessmentId})) as version
    from assessments a where a.organisation_id = ${organisationId} and a.id = ${assessmentId}`);
  return rows[0]?.version ?? null;
}
