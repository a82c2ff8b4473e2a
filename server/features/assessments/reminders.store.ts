import { and, between, eq, exists, inArray, isNull, max, not, or, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { assessments, mails, reminders, respondentLinks } from '../../../db/schema/index.ts';
import { addDays } from '../../domain/assessment/calendar.ts';
import { MAX_GRACE_DAYS } from '../../domain/assessment/due-date.ts';
import type { RespondentLink } from './links.store.ts';

export type Stamp = typeof reminders.$inferSelect;

/** A week before the date, and as far again as holidays and weekends can move the step. */
const FIRST_STEP_DAYS = 21;

/** Whatever tells a person at the vendor of the request and its date: a reminder right after it would only annoy. */
const datedKinds = [
  'invitation',
  'reminder',
  'overdue',
  'due-date-changed',
  'returned',
  'resumed',
  'link-replaced',
  'handed-over',
  'contributor-invitation',
  'part-returned',
];

/** Writes down that the step is done. False: it was already. */
export async function stampReminder(db: Transaction, stamp: Stamp): Promise<boolean> {
  const added = await db.insert(reminders).values(stamp).onConflictDoNothing().returning({ step: reminders.step });
  return added.length > 0;
}

/** Every step done for anybody, oldest first. */
export function listStamps(
  db: Transaction,
  organisationId: string,
  assessmentIds: readonly string[],
): Promise<Stamp[]> {
  return db
    .select()
    .from(reminders)
    .where(and(eq(reminders.organisationId, organisationId), inArray(reminders.assessmentId, [...assessmentIds])))
    .orderBy(reminders.at, reminders.step);
}

/** When each person was last written to about the date, other than by these reminders. Letters that failed do not count. */
export function listLastWritten(db: Transaction, organisationId: string, assessmentIds: readonly string[]) {
  const byItself = db
    .select({ one: sql`1` })
    .from(reminders)
    .where(and(eq(reminders.organisationId, mails.organisationId), eq(reminders.mailId, mails.id)));
  return db
    .select({ assessmentId: mails.assessmentId, recipient: mails.recipient, at: max(mails.createdAt) })
    .from(mails)
    .where(
      and(
        eq(mails.organisationId, organisationId),
        inArray(mails.assessmentId, [...assessmentIds]),
        inArray(mails.kind, datedKinds),
        not(eq(mails.state, 'failed')),
        not(exists(byItself)),
      ),
    )
    .groupBy(mails.assessmentId, mails.recipient);
}

/** The links in force of all of them, oldest first. */
export function listOpenLinks(
  db: Transaction,
  organisationId: string,
  assessmentIds: readonly string[],
): Promise<RespondentLink[]> {
  return db
    .select()
    .from(respondentLinks)
    .where(
      and(
        eq(respondentLinks.organisationId, organisationId),
        inArray(respondentLinks.assessmentId, [...assessmentIds]),
        isNull(respondentLinks.revokedAt),
      ),
    )
    .orderBy(respondentLinks.createdAt, respondentLinks.id);
}

/** What is awaited by a date about which somebody may have to be reminded on that day, soonest first; with reminders on. */
export function listRemindable(db: Transaction, organisationId: string, today: string) {
  const ownDates = db
    .select({ one: sql`1` })
    .from(respondentLinks)
    .where(
      and(
        eq(respondentLinks.organisationId, assessments.organisationId),
        eq(respondentLinks.assessmentId, assessments.id),
        isNull(respondentLinks.revokedAt),
        near(respondentLinks.dueOn, today),
      ),
    );
  return db
    .select({
      id: assessments.id,
      state: assessments.state,
      round: assessments.round,
      dueOn: assessments.dueOn,
      graceDays: assessments.graceDays,
    })
    .from(assessments)
    .where(
      and(
        eq(assessments.organisationId, organisationId),
        inArray(assessments.state, ['sent', 'inProgress', 'returned']),
        sql`${assessments.settings} -> 'reminders' = 'true'::jsonb`,
        or(near(assessments.dueOn, today), exists(ownDates)),
      ),
    )
    .orderBy(assessments.dueOn, assessments.id);
}

function near(date: typeof assessments.dueOn | typeof respondentLinks.dueOn, today: string) {
  return between(date, addDays(today, -MAX_GRACE_DAYS), addDays(today, FIRST_STEP_DAYS));
}
