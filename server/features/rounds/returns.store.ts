import { and, asc, eq, isNotNull } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { respondentLinks, returnedQuestions, returns } from '../../../db/schema/index.ts';

export type Return = typeof returns.$inferSelect;
export type ReturnedQuestion = typeof returnedQuestions.$inferSelect;
/** The round a return opens. */
type Place = { organisationId: string; assessmentId: string; round: number };

/** A return that was withdrawn makes room for another one of the same round; the audit trail keeps both. */
export async function insertReturn(db: Transaction, row: Return): Promise<void> {
  await db
    .insert(returns)
    .values(row)
    .onConflictDoUpdate({
      target: [returns.organisationId, returns.assessmentId, returns.round],
      set: {
        note: row.note,
        dueOn: row.dueOn,
        returnedAt: row.returnedAt,
        returnedBy: row.returnedBy,
        withdrawnAt: null,
      },
      setWhere: isNotNull(returns.withdrawnAt),
    });
}

/** Dates colleagues were given for their parts were those of the round before: from now on the new date holds for everybody. */
export async function clearOwnDates(db: Transaction, { organisationId, assessmentId }: Place): Promise<void> {
  await db
    .update(respondentLinks)
    .set({ dueOn: null })
    .where(and(eq(respondentLinks.organisationId, organisationId), eq(respondentLinks.assessmentId, assessmentId)));
}

export async function markWithdrawn(db: Transaction, place: Place, at: Date): Promise<void> {
  await db.update(returns).set({ withdrawnAt: at }).where(returnAt(place));
}

export async function findReturn(db: Transaction, place: Place): Promise<Return | undefined> {
  const [row] = await db.select().from(returns).where(returnAt(place));
  return row;
}

/** In the order in which they were marked; the questionnaire's order is the reader's business. */
export function listReturned(db: Transaction, place: Place): Promise<ReturnedQuestion[]> {
  return db.select().from(returnedQuestions).where(questionsAt(place)).orderBy(asc(returnedQuestions.markedAt));
}

export async function saveReturned(db: Transaction, row: ReturnedQuestion): Promise<void> {
  await db
    .insert(returnedQuestions)
    .values(row)
    .onConflictDoUpdate({
      target: [
        returnedQuestions.organisationId,
        returnedQuestions.assessmentId,
        returnedQuestions.round,
        returnedQuestions.questionId,
      ],
      set: { reason: row.reason, markedBy: row.markedBy, markedAt: row.markedAt },
    });
}

/** Resolves to whether it was there. */
export async function removeReturned(db: Transaction, place: Place, questionId: string): Promise<boolean> {
  const removed = await db
    .delete(returnedQuestions)
    .where(and(questionsAt(place), eq(returnedQuestions.questionId, questionId)))
    .returning({ questionId: returnedQuestions.questionId });
  return removed.length > 0;
}

function returnAt({ organisationId, assessmentId, round }: Place) {
  return and(
    eq(returns.organisationId, organisationId),
    eq(returns.assessmentId, assessmentId),
    eq(returns.round, round),
  );
}

function questionsAt({ organisationId, assessmentId, round }: Place) {
  return and(
    eq(returnedQuestions.organisationId, organisationId),
    eq(returnedQuestions.assessmentId, assessmentId),
    eq(returnedQuestions.round, round),
  );
}
