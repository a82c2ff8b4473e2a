import { foreignKey, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { instant, tenantKey } from './columns.ts';
import { organisations } from './organisations.ts';

/** A person of the customer. Roles: owner (also manages members), member (sends, reviews), auditor (reads, downloads). */
export const members = pgTable(
  'members',
  {
    ...tenantKey(),
    /** Lower-cased; one account per address over all tenants. */
    email: text('email').notNull().unique(),
    name: text('name').notNull(),
    title: text('title').notNull().default(''),
    role: text('role', { enum: ['owner', 'member', 'auditor'] }).notNull(),
    /** Argon2id in PHC form; null until the person has chosen a password. */
    passwordHash: text('password_hash'),
    locale: text('locale', { enum: ['ja', 'en'] })
      .notNull()
      .default('ja'),
    disabledAt: instant('disabled_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    foreignKey({ columns: [t.organisationId], foreignColumns: [organisations.id] }),
  ],
);

/** One-time links that sign a member in (invitation, first owner, demo); only the SHA-256 of the token is kept. */
export const signInLinks = pgTable(
  'sign_in_links',
  {
    ...tenantKey(),
    memberId: uuid('member_id').notNull(),
    tokenHash: text('token_hash').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    unique('sign_in_links_token_hash_unique').on(t.tokenHash),
    foreignKey({ columns: [t.organisationId, t.memberId], foreignColumns: [members.organisationId, members.id] }),
  ],
);
