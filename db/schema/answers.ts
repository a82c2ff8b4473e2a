import {
  bigint,
  boolean,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import type { AnswerPlan, AnswerValue, ConditionalAnswer } from '../../server/domain/questionnaire/answer.ts';
import { assessments } from './assessments.ts';
import { instant, tenantKey } from './columns.ts';

/** One answer of an assessment. `revision` rises by one at each save; a save names the revision it was based on. */
export const answers = pgTable(
  'answers',
  {
    organisationId: uuid('organisation_id').notNull(),
    assessmentId: uuid('assessment_id').notNull(),
    questionId: text('question_id').notNull(),
    revision: integer('revision').notNull(),
    value: jsonb('value').$type<AnswerValue>(),
    naReason: text('na_reason').notNull().default(''),
    comment: text('comment').notNull().default(''),
    /** "Not yet, planned by …": becomes a corrective action, never a score. */
    plan: jsonb('plan').$type<AnswerPlan>(),
    /** What holds only under a plan or condition, beside `value`, which holds without it. */
    conditional: jsonb('conditional').$type<ConditionalAnswer>(),
    /** Why proof exists but cannot be shared, and how it may be seen; '' when that is not claimed. */
    withheld: text('withheld').notNull().default(''),
    updatedAt: instant('updated_at').notNull(),
    /** Name of the respondent as registered with the link. */
    updatedBy: text('updated_by').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.assessmentId, t.questionId] }),
    foreignKey({
      columns: [t.organisationId, t.assessmentId],
      foreignColumns: [assessments.organisationId, assessments.id],
    }),
  ],
);

/** A file given as evidence. `subject` is a question id or a certificate record such as `CRT-01#1`. Bytes live outside the database. */
export const evidenceFiles = pgTable(
  'evidence_files',
  {
    ...tenantKey(),
    assessmentId: uuid('assessment_id').notNull(),
    subject: text('subject').notNull(),
    name: text('name').notNull(),
    mediaType: text('media_type').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    sha256: text('sha256').notNull(),
    storageKey: text('storage_key').notNull(),
    /** Day the document is about, and the day it ceases to hold. */
    effectiveOn: date('effective_on', { mode: 'string' }),
    expiresOn: date('expires_on', { mode: 'string' }),
    /** `notScanned`: no virus scanner is configured. Only `clean` and `notScanned` files can be opened. */
    scanState: text('scan_state', { enum: ['quarantined', 'clean', 'infected', 'notScanned'] })
      .notNull()
      .default('notScanned'),
    /** Name of what the scanner found. */
    scanDetail: text('scan_detail').notNull().default(''),
    scannedAt: instant('scanned_at'),
    uploadedAt: instant('uploaded_at').notNull(),
    uploadedBy: text('uploaded_by').notNull(),
    removedAt: instant('removed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index('evidence_files_assessment').on(t.organisationId, t.assessmentId),
    foreignKey({
      columns: [t.organisationId, t.assessmentId],
      foreignColumns: [assessments.organisationId, assessments.id],
    }),
  ],
);

/** The reviewer's word on one subject (question or certificate record). The vendor never sees `remark`. */
export const reviews = pgTable(
  'reviews',
  {
    organisationId: uuid('organisation_id').notNull(),
    assessmentId: uuid('assessment_id').notNull(),
    subject: text('subject').notNull(),
    /** null: evidence not judged yet. */
    evidenceState: text('evidence_state', { enum: ['verified', 'rejected'] }),
    naRejected: boolean('na_rejected').notNull().default(false),
    /** Why rejected, or how verified. */
    reason: text('reason').notNull().default(''),
    remark: text('remark').notNull().default(''),
    /** Whether the condition of a conditional answer holds for this customer; null: not settled. */
    conditionHolds: boolean('condition_holds'),
    /** Why it holds or not; apart from `reason`, which is about evidence. */
    conditionReason: text('condition_reason').notNull().default(''),
    reviewedBy: uuid('reviewed_by').notNull(),
    reviewedAt: instant('reviewed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.assessmentId, t.subject] }),
    foreignKey({
      columns: [t.organisationId, t.assessmentId],
      foreignColumns: [assessments.organisationId, assessments.id],
    }),
  ],
);
