import { date, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { assessments } from './assessments.ts';
import { instant, tenantKey } from './columns.ts';

/** What one person at the vendor answers; `null` in a link's row means everything. */
export type LinkScope = { sections: readonly string[]; questions: readonly string[] };

/** The vendor's way in. The token is derived from `id` and a key, so a reminder repeats the same link; the database holds its SHA-256 only. */
export const respondentLinks = pgTable(
  'respondent_links',
  {
    ...tenantKey(),
    assessmentId: uuid('assessment_id').notNull(),
    name: text('name').notNull(),
    email: text('email').notNull(),
    locale: text('locale', { enum: ['ja', 'en'] })
      .notNull()
      .default('ja'),
    /** `respondent` answers for the request as a whole; the others were invited by that person. */
    role: text('role', { enum: ['respondent', 'contributor', 'checker', 'approver'] })
      .notNull()
      .default('respondent'),
    scope: jsonb('scope').$type<LinkScope>(),
    /** A contributor's own date; the request's due date otherwise. */
    dueOn: date('due_on', { mode: 'string' }),
    /** Link of the person who invited. */
    invitedBy: uuid('invited_by'),
    tokenHash: text('token_hash').notNull(),
    revokedAt: instant('revoked_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    unique('respondent_links_token_hash_unique').on(t.tokenHash),
    foreignKey({
      columns: [t.organisationId, t.assessmentId],
      foreignColumns: [assessments.organisationId, assessments.id],
    }),
  ],
);

/**
 * Codes mailed to the registered address; single use, five tries, ten minutes, bound to the browser that asked. Browsers that ask
 * when no further mail may be sent are served by the codes there are, newest browser first.
 */
export const respondentCodes = pgTable(
  'respondent_codes',
  {
    ...tenantKey(),
    linkId: uuid('link_id').notNull(),
    codeHash: text('code_hash').notNull(),
    browserHash: text('browser_hash').notNull(),
    laterBrowsers: text('later_browsers').array().notNull().default([]),
    tries: integer('tries').notNull().default(0),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index('respondent_codes_link').on(t.organisationId, t.linkId, t.createdAt),
    foreignKey({
      columns: [t.organisationId, t.linkId],
      foreignColumns: [respondentLinks.organisationId, respondentLinks.id],
    }),
  ],
);

/** A signed-in browser: of a member, or of a respondent (then `linkId` and `assessmentId` are set). Checked on every request. */
export const sessions = pgTable(
  'sessions',
  {
    ...tenantKey(),
    kind: text('kind', { enum: ['member', 'respondent'] }).notNull(),
    memberId: uuid('member_id'),
    linkId: uuid('link_id'),
    assessmentId: uuid('assessment_id'),
    lastSeenAt: instant('last_seen_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.id] }), unique('sessions_id_unique').on(t.id)],
);

/**
 * The respondent's request (step 0, always `approved`), 確認 (step 1) and 承認 (step 2) of one round; valid while the answers are
 * those that were looked at.
 */
export const approvals = pgTable(
  'approvals',
  {
    ...tenantKey(),
    assessmentId: uuid('assessment_id').notNull(),
    round: integer('round').notNull(),
    step: integer('step').notNull(),
    linkId: uuid('link_id').notNull(),
    decision: text('decision', { enum: ['approved', 'sentBack'] }).notNull(),
    remark: text('remark').notNull().default(''),
    /** Fingerprint of the answers and files that were looked at. */
    fingerprint: text('fingerprint').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index('approvals_assessment').on(t.organisationId, t.assessmentId),
    foreignKey({
      columns: [t.organisationId, t.linkId],
      foreignColumns: [respondentLinks.organisationId, respondentLinks.id],
    }),
  ],
);

/** Who has which question open just now. */
export const presences = pgTable(
  'presences',
  {
    organisationId: uuid('organisation_id').notNull(),
    assessmentId: uuid('assessment_id').notNull(),
    linkId: uuid('link_id').notNull(),
    questionId: text('question_id').notNull(),
    seenAt: instant('seen_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.assessmentId, t.linkId] }),
    foreignKey({
      columns: [t.organisationId, t.linkId],
      foreignColumns: [respondentLinks.organisationId, respondentLinks.id],
    }),
  ],
);
