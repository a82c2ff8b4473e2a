import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { answers, assessments, reports, services, vendors } from '../../../db/schema/index.ts';
import type { AssessmentState } from '../../domain/assessment/states.ts';
import type { Questionnaire } from '../../domain/questionnaire/questionnaire.ts';
import type { AnswerRow } from './progress.ts';

const listed = {
  id: assessments.id,
  reference: assessments.reference,
  state: assessments.state,
  dueOn: assessments.dueOn,
  graceDays: assessments.graceDays,
  contactName: assessments.contactName,
  contactEmail: assessments.contactEmail,
  questionnaireId: assessments.questionnaireId,
  questionnaireVersion: assessments.questionnaireVersion,
  questionnaireHash: assessments.questionnaireHash,
  sentAt: assessments.sentAt,
  submittedAt: assessments.submittedAt,
  finalisedAt: assessments.finalisedAt,
  service: { id: services.id, name: services.name },
  vendor: { id: vendors.id, name: vendors.name },
};

type Filter = {
  state: AssessmentState | null;
  today: string;
  limit: number;
  offset: number;
  /** Hashes of the questionnaires at hand; the snapshot is read only where its questionnaire is not among them. */
  published: readonly string[];
};
export type ListedAssessment = Awaited<ReturnType<typeof listAssessments>>[number];

/** Newest first; `expired` is meant as of `today` (YYYY-MM-DD in Asia/Tokyo). */
export function listAssessments(
  db: Transaction,
  organisationId: string,
  { state, today, limit, offset, published }: Filter,
) {
  const atHand = inArray(assessments.questionnaireHash, [...published]);
  const questionnaire = sql<Questionnaire | null>`case when ${atHand} then null else ${assessments.questionnaire} end`;
  return db
    .select({ ...listed, questionnaire })
    .from(assessments)
    .innerJoin(
      services,
      and(eq(services.organisationId, assessments.organisationId), eq(services.id, assessments.serviceId)),
    )
    .innerJoin(vendors, and(eq(vendors.organisationId, services.organisationId), eq(vendors.id, services.vendorId)))
    .where(
      and(
        eq(assessments.organisationId, organisationId),
        state === null ? undefined : sql`${stateOn(today)} = ${state}`,
      ),
    )
    .orderBy(desc(assessments.createdAt), desc(assessments.id))
    .limit(limit)
    .offset(offset);
}

export async function countByState(
  db: Transaction,
  organisationId: string,
  today: string,
): Promise<ReadonlyMap<AssessmentState, number>> {
  const state = stateOn(today);
  const rows = await db
    .select({ state, total: sql<number>`count(*)::int` })
    .from(assessments)
    .where(eq(assessments.organisationId, organisationId))
    .groupBy(sql`1`);
  return new Map(rows.map(({ state: one, total }) => [one, total]));
}

/** What progress is counted from; nothing of it is shown. */
export async function listAnswerRows(
  db: Transaction,
  organisationId: string,
  assessmentIds: readonly string[],
): Promise<AnswerRow[]> {
  return db
    .select({
      assessmentId: answers.assessmentId,
      questionId: answers.questionId,
      value: answers.value,
      naReason: answers.naReason,
    })
    .from(answers)
    .where(and(eq(answers.organisationId, organisationId), inArray(answers.assessmentId, [...assessmentIds])));
}

/** The newest report issued for the assessment. */
export async function findLatestReport(db: Transaction, organisationId: string, assessmentId: string) {
  const [row] = await db
    .select({ id: reports.id, number: reports.number, version: reports.version })
    .from(reports)
    .where(and(eq(reports.organisationId, organisationId), eq(reports.assessmentId, assessmentId)))
    .orderBy(desc(reports.version))
    .limit(1);
  return row ?? null;
}

/** The state as server/domain/assessment/states.ts tells it, for filtering and counting; a test holds the two together. */
function stateOn(today: string) {
  return sql<AssessmentState>`case when ${assessments.state} in ('sent', 'inProgress', 'returned')
    and ${assessments.dueOn} + ${assessments.graceDays} < ${today}::date then 'expired' else ${assessments.state} end`;
}
