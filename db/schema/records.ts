import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant, tenantKey } from './columns.ts';

/** Audit trail (監査証跡): who did what, in the transaction that did it. The app role may add rows, never change them. */
export const auditEvents = pgTable(
  'audit_events',
  {
    ...tenantKey(),
    assessmentId: uuid('assessment_id'),
    at: instant('at').notNull(),
    actorKind: text('actor_kind', { enum: ['member', 'respondent', 'system'] }).notNull(),
    actorId: uuid('actor_id'),
    /** Name as it was then. */
    actorName: text('actor_name').notNull(),
    /** Dotted past tense, for example assessment.sent, answer.saved, evidence.rejected. */
    action: text('action').notNull(),
    /** What it was done to: question id, file name, language. */
    subject: text('subject').notNull().default(''),
    details: jsonb('details').$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index('audit_events_assessment').on(t.organisationId, t.assessmentId, t.at),
  ],
);

/** Mail to be sent. `sealed` is the encrypted message (it may hold a link) and is emptied once sent. */
export const mails = pgTable(
  'mails',
  {
    ...tenantKey(),
    assessmentId: uuid('assessment_id'),
    kind: text('kind').notNull(),
    recipient: text('recipient').notNull(),
    subject: text('subject').notNull(),
    sealed: text('sealed').notNull(),
    state: text('state', { enum: ['queued', 'sent', 'failed'] }).notNull(),
    tries: integer('tries').notNull().default(0),
    failure: text('failure'),
    createdAt: instant('created_at').notNull(),
    sentAt: instant('sent_at'),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index('mails_assessment').on(t.organisationId, t.assessmentId),
  ],
);

/** Counters against guessing, shared by all processes. Keys are hashes; no tenant data, hence no tenant. */
export const attemptCounters = pgTable('attempt_counters', {
  key: text('key').primaryKey(),
  windowStart: instant('window_start').notNull(),
  count: integer('count').notNull(),
});
