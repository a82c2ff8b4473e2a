import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { answers, assessments, auditEvents, evidenceFiles, respondentLinks } from '../../../db/schema/index.ts';

/** Somebody at the vendor with a link of their own; `role` respondent is whoever answers for the request as a whole. */
export type Person = typeof respondentLinks.$inferSelect;
type Request = { organisationId: string; id: string };

/** Everybody who ever had a link to the request, oldest first. */
export function listPeople(db: Transaction, { organisationId, id }: Request): Promise<Person[]> {
  return db
    .select()
    .from(respondentLinks)
    .where(and(eq(respondentLinks.organisationId, organisationId), eq(respondentLinks.assessmentId, id)))
    .orderBy(asc(respondentLinks.createdAt), asc(respondentLinks.id));
}

export async function addPerson(db: Transaction, person: typeof respondentLinks.$inferInsert): Promise<void> {
  await db.insert(respondentLinks).values(person);
}

export async function changePerson(
  db: Transaction,
  { organisationId, id }: Person,
  change: Partial<Pick<Person, 'role' | 'scope' | 'dueOn' | 'revokedAt'>>,
): Promise<void> {
  await db
    .update(respondentLinks)
    .set(change)
    .where(and(eq(respondentLinks.organisationId, organisationId), eq(respondentLinks.id, id)));
}

/** When each link was last used to enter, by link. */
export async function lastEntries(
  db: Transaction,
  { organisationId, id }: Request,
): Promise<ReadonlyMap<string, Date>> {
  const rows = await db
    .select({ linkId: auditEvents.actorId, at: sql<Date>`max(${auditEvents.at})`.mapWith(auditEvents.at) })
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.organisationId, organisationId),
        eq(auditEvents.assessmentId, id),
        eq(auditEvents.action, 'link.opened'),
      ),
    )
    .groupBy(auditEvents.actorId);
  return new Map(rows.flatMap(({ linkId, at }) => (linkId ? [[linkId, at] as const] : [])));
}

export async function changeRequest(
  db: Transaction,
  { organisationId, id }: Request,
  change: Partial<
    Pick<typeof assessments.$inferInsert, 'approvalSteps' | 'contactName' | 'contactEmail' | 'contactLocale'>
  >,
): Promise<void> {
  await db
    .update(assessments)
    .set(change)
    .where(and(eq(assessments.organisationId, organisationId), eq(assessments.id, id)));
}

/** What progress and fingerprint are made from. */
export async function readState(db: Transaction, { organisationId, id }: Request) {
  const [rows, files] = await Promise.all([
    db
      .select({
        questionId: answers.questionId,
        revision: answers.revision,
        value: answers.value,
        naReason: answers.naReason,
      })
      .from(answers)
      .where(and(eq(answers.organisationId, organisationId), eq(answers.assessmentId, id))),
    db
      .select({
        id: evidenceFiles.id,
        subject: evidenceFiles.subject,
        effectiveOn: evidenceFiles.effectiveOn,
        expiresOn: evidenceFiles.expiresOn,
      })
      .from(evidenceFiles)
      .where(
        and(
          eq(evidenceFiles.organisationId, organisationId),
          eq(evidenceFiles.assessmentId, id),
          isNull(evidenceFiles.removedAt),
        ),
      ),
  ]);
  return { rows, files };
}
