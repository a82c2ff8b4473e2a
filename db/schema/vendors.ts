import { foreignKey, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant, tenantKey } from './columns.ts';
import { organisations } from './organisations.ts';

/** A cloud service provider (委託先候補). */
export const vendors = pgTable(
  'vendors',
  {
    ...tenantKey(),
    name: text('name').notNull(),
    nameEn: text('name_en'),
    /** 法人番号, 13 digits. */
    corporateNumber: text('corporate_number'),
    address: text('address'),
    note: text('note').notNull().default(''),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    foreignKey({ columns: [t.organisationId], foreignColumns: [organisations.id] }),
  ],
);

/** One service of a vendor, with what the customer entrusts to it. */
export const services = pgTable(
  'services',
  {
    ...tenantKey(),
    vendorId: uuid('vendor_id').notNull(),
    name: text('name').notNull(),
    version: text('version').notNull().default(''),
    deliveryModel: text('delivery_model', { enum: ['saas', 'paas', 'iaas', 'asp', 'maintenance'] }).notNull(),
    /** 委託業務: what the service is used for. */
    entrustedWork: text('entrusted_work').notNull().default(''),
    /** Kinds of personal data, in the customer's words. */
    dataItems: jsonb('data_items').$type<string[]>().notNull().default([]),
    /** Number of data subjects (本人の数); null when not known. */
    dataSubjects: integer('data_subjects'),
    criticality: text('criticality', { enum: ['high', 'medium', 'low'] }).notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    foreignKey({ columns: [t.organisationId, t.vendorId], foreignColumns: [vendors.organisationId, vendors.id] }),
  ],
);
