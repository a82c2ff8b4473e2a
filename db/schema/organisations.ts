import { boolean, customType, foreignKey, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { instant, tenantKey } from './columns.ts';

/** A customer (委託元): the tenant, and how it presents itself to the vendors it asks. */
export const organisations = pgTable('organisations', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  nameEn: text('name_en'),
  /** 社労士事務所 and the like handle data for clients: vendors are then sub-entrustees (再委託先). */
  isEntrustee: boolean('is_entrustee').notNull().default(false),
  address: text('address').notNull().default(''),
  department: text('department').notNull().default(''),
  /** Whom to ask about the handling of what is handed in, beside the sender of the request. */
  privacyName: text('privacy_name').notNull().default(''),
  privacyEmail: text('privacy_email').notNull().default(''),
  privacyPhone: text('privacy_phone').notNull().default(''),
  /** Confidentiality and retention of the answers in the customer's words; '' is the usual text. */
  confidentialityJa: text('confidentiality_ja').notNull().default(''),
  confidentialityEn: text('confidentiality_en').notNull().default(''),
  /** Counts the changes of the settings, so that nobody overwrites what they have not seen. */
  settingsRevision: integer('settings_revision').notNull().default(0),
  settingsChangedAt: instant('settings_changed_at'),
  settingsChangedBy: text('settings_changed_by').notNull().default(''),
  createdAt: instant('created_at').notNull().defaultNow(),
});

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/**
 * The one logo of a customer as it is shown: a PNG of our own making, never what was uploaded. In the database, because it is
 * small, leaves with its tenant and needs no file to be kept in step. A new one has a new id, so browsers may keep it.
 */
export const organisationLogos = pgTable(
  'organisation_logos',
  {
    ...tenantKey(),
    image: bytea('image').notNull(),
    sha256: text('sha256').notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    uploadedAt: instant('uploaded_at').notNull(),
    uploadedBy: text('uploaded_by').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    unique('organisation_logos_one_each').on(t.organisationId),
    foreignKey({ columns: [t.organisationId], foreignColumns: [organisations.id] }),
  ],
);
