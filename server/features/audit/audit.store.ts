import { randomUUID } from 'node:crypto';
import { and, desc, eq, inArray, like, or, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { auditEvents } from '../../../db/schema/index.ts';
import { oftenRepeated } from '../../domain/assessment/event-words.ts';
import type { Principal } from '../../plugins/sessions.ts';

export type AuditEvent = {
  organisationId: string;
  assessmentId?: string;
  at: Date;
  actor: Actor;
  /** Dotted past tense: assessment.sent, answer.saved, evidence.rejected. */
  action: string;
  subject?: string;
  details?: Record<string, unknown>;
};
export type Actor = { kind: 'member' | 'respondent' | 'system'; id: string | null; name: string };

export const systemActor: Actor = { kind: 'system', id: null, name: 'Kantoku' };

export function actorOf(principal: Principal): Actor {
  return principal.kind === 'member'
    ? { kind: 'member', id: principal.memberId, name: principal.name }
    : { kind: 'respondent', id: principal.linkId, name: principal.name };
}

/** Writes the event in the transaction of the change it records. */
export async function recordEvent(db: Transaction, event: AuditEvent): Promise<void> {
  await db.insert(auditEvents).values({
    organisationId: event.organisationId,
    id: randomUUID(),
    assessmentId: event.assessmentId ?? null,
    at: event.at,
    actorKind: event.actor.kind,
    actorId: event.actor.id,
    actorName: event.actor.name,
    action: event.action,
    subject: event.subject ?? '',
    details: event.details ?? {},
  });
}

export type TrailRow = {
  at: Date;
  actorKind: Actor['kind'];
  actorName: string;
  action: string;
  subject: string;
  details: Record<string, unknown>;
  /** What one person does often on one day (`oftenRepeated`) is told together; `subject` then names the first dozen questions. */
  count: number;
};

/**
 * The audit trail of one assessment as people read it, newest first. Hundreds of saved answers, each with its texts, are counted
 * where they are and do not travel.
 */
export async function listTrail(
  db: Transaction,
  organisationId: string,
  assessmentId: string,
  most = 100_000,
): Promise<TrailRow[]> {
  const { action, actorId, actorKind, actorName, at, details, id, subject } = auditEvents;
  const day = sql`case when ${inArray(action, [...oftenRepeated])} then (${at} at time zone 'Asia/Tokyo')::date::text else ${id}::text end`;
  return db
    .select({
      at: sql<Date>`max(${at})`.mapWith(at),
      actorKind,
      actorName,
      action,
      subject: sql<string>`case when count(distinct ${subject}) = 1 then max(${subject})
        else array_to_string((array_agg(distinct ${subject}))[1:12], ', ')
          || case when count(distinct ${subject}) > 12 then ' …' else '' end end`,
      details: sql<
        Record<string, unknown>
      >`case when count(*) = 1 then (array_agg(${details}))[1] else '{}'::jsonb end`,
      count: sql<number>`count(*)::int`,
    })
    .from(auditEvents)
    .where(and(eq(auditEvents.organisationId, organisationId), eq(auditEvents.assessmentId, assessmentId)))
    .groupBy(action, actorKind, actorId, actorName, day)
    .orderBy(desc(sql`max(${at})`), desc(sql`max(${id}::text)`))
    .limit(most);
}

/** Far more than a person reads; what is older stands in the trail alone. */
export const LATEST_ABOUT = 500;

/**
 * What the vendor's people did to one question and its records (`ID`, `ID#1`…), and the virus scanner to its files, oldest first; of
 * more than `LATEST_ABOUT` the latest. Whatever else the system does, such as taking back a reviewer's mark, is the customer's affair.
 */
export async function listEventsAbout(
  db: Transaction,
  organisationId: string,
  assessmentId: string,
  questionId: string,
) {
  const { subject, actorKind, action } = auditEvents;
  const latest = await db
    .select()
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.organisationId, organisationId),
        eq(auditEvents.assessmentId, assessmentId),
        or(eq(actorKind, 'respondent'), and(eq(actorKind, 'system'), like(action, 'evidence.%'))),
        or(eq(subject, questionId), eq(sql`split_part(${subject}, '#', 1)`, questionId)),
      ),
    )
    .orderBy(desc(auditEvents.at), desc(auditEvents.id))
    .limit(LATEST_ABOUT);
  return latest.reverse();
}
