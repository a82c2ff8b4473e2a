import { boolean, foreignKey, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { assessments } from './assessments.ts';
import { instant, tenantKey } from './columns.ts';

/** The vendor's way in. The token is derived from `id` and a key, so a reminder repeats the same link; the database holds its SHA-256 only. */
export const respondentLinks = pgTable(
  'respondent_links',
  {
    ...tenantKey(),
    assessmentId: uuid('assessment_id').notNull(),
    name: text('name').notNull(),
    email: text('email').notNull(),
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

/** Codes mailed to the registered address; single use, five tries, ten minutes, bound to the browser that asked. */
export const respondentCodes = pgTable(
  'respondent_codes',
  {
    ...tenantKey(),
    linkId: uuid('link_id').notNull(),
    codeHash: text('code_hash').notNull(),
    browserHash: text('browser_hash').notNull(),
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
    newDevice: boolean('new_device').notNull().default(false),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.id] }), unique('sessions_id_unique').on(t.id)],
);
