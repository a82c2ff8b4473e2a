import {
  boolean,
  date,
  foreignKey,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Questionnaire } from '../../server/domain/questionnaire/questionnaire.ts';
import { instant, tenantKey } from './columns.ts';
import { members } from './members.ts';
import { services } from './vendors.ts';

/** What the customer allows the vendor to do and does by itself, set with the draft and changeable until the submission. */
export type AssessmentSettings = {
  /** Advice beside the answers while they are given. */
  advice: boolean;
  /** Domains of colleagues the respondent may invite, beside the respondent's own; `example.co.jp` includes its subdomains. */
  emailDomains: readonly string[];
  /** Answers of an earlier submission are offered when it is at most this many months old; 0: none are. */
  prefillMonths: number;
  /** "Not yet, planned by …" may be answered. */
  plans: boolean;
  /** The contact is reminded without anybody asking for it. */
  reminders: boolean;
};
export const usualSettings: AssessmentSettings = {
  advice: true,
  emailDomains: [],
  prefillMonths: 24,
  plans: true,
  reminders: true,
};

/** `remark`: why returned questions were handed in again as they were. */
export type Attestation = { name: string; title: string; at: string; remark?: string };

/** One questionnaire sent for one service: the unit that is answered, reviewed, finalised and reported. */
export const assessments = pgTable(
  'assessments',
  {
    ...tenantKey(),
    /** Printed on mails and reports, for example KA-2026-0001; counts per organisation and year. */
    reference: text('reference').notNull(),
    serviceId: uuid('service_id').notNull(),
    createdBy: uuid('created_by').notNull(),
    state: text('state', {
      enum: ['draft', 'sent', 'inProgress', 'submitted', 'returned', 'declined', 'finalised', 'revoked'],
    }).notNull(),
    settings: jsonb('settings').$type<AssessmentSettings>().notNull().default(usualSettings),
    /** 確認・承認 before the submission: none, 確認 only, or 確認 and 承認. Chosen by the respondent. */
    approvalSteps: integer('approval_steps').notNull().default(0),
    /** Rises by one each time the answers are returned to the vendor. */
    round: integer('round').notNull().default(1),
    /** Rises with everything the vendor's pages show that is no answer and no file. */
    pageVersion: integer('page_version').notNull().default(0),
    questionnaireId: text('questionnaire_id').notNull(),
    questionnaireVersion: text('questionnaire_version').notNull(),
    questionnaireHash: text('questionnaire_hash').notNull(),
    /** The questionnaire as it was when sent; null while a draft. */
    questionnaire: jsonb('questionnaire').$type<Questionnaire>(),
    contactName: text('contact_name').notNull(),
    contactEmail: text('contact_email').notNull(),
    contactLocale: text('contact_locale', { enum: ['ja', 'en'] })
      .notNull()
      .default('ja'),
    /** Words of the customer on the start page: why it asks. */
    purpose: text('purpose').notNull().default(''),
    /** Last day for submission in Asia/Tokyo; the link stays open for `graceDays` more. */
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    graceDays: integer('grace_days').notNull().default(14),
    /** Copied from the organisation when sent: an entrustee's vendor is a sub-entrustee. */
    customerIsEntrustee: boolean('customer_is_entrustee').notNull().default(false),
    sentAt: instant('sent_at'),
    firstOpenedAt: instant('first_opened_at'),
    submittedAt: instant('submitted_at'),
    /** Shown to the vendor on submission, for example KR-7Q2M-4F9A. */
    receiptNumber: text('receipt_number'),
    attestation: jsonb('attestation').$type<Attestation>(),
    finalisedAt: instant('finalised_at'),
    finalisedBy: uuid('finalised_by'),
    asOf: date('as_of', { mode: 'string' }),
    /** The customer's own duties (F8): duty id to yes | no | notYet. */
    customerDuties: jsonb('customer_duties').$type<Record<string, 'yes' | 'no' | 'notYet'>>().notNull().default({}),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    unique('assessments_reference_unique').on(t.organisationId, t.reference),
    foreignKey({ columns: [t.organisationId, t.serviceId], foreignColumns: [services.organisationId, services.id] }),
    foreignKey({ columns: [t.organisationId, t.createdBy], foreignColumns: [members.organisationId, members.id] }),
  ],
);
