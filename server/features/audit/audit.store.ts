import { randomUUID } from 'node:crypto';
import { and, asc, eq, inArray, or, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { auditEvents } from '../../../db/schema/index.ts';
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

/** The trail of one assessment, oldest first. */
export function listEvents(db: Transaction, organisationId: string, assessmentId: string) {
  return db
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.organisationId, organisationId), eq(auditEvents.assessmentId, assessmentId)))
    .orderBy(asc(auditEvents.at), asc(auditEvents.id));
}

/** What the vendor's people and the system did to one question and its records (`ID`, `ID#1`…), oldest first. */
export function listEventsAbout(db: Transaction, organisationId: string, assessmentId: string, questionId: string) {
  const { subject, actorKind } = auditEvents;
  return db
    .select()
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.organisationId, organisationId),
        eq(auditEvents.assessmentId, assessmentId),
        inArray(actorKind, ['respondent', 'system']),
        or(eq(subject, questionId), eq(sql`split_part(${subject}, '#', 1)`, questionId)),
      ),
    )
    .orderBy(asc(auditEvents.at), asc(auditEvents.id));
}
