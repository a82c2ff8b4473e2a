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
import type { AnswerValue } from '../../server/domain/questionnaire/answer.ts';
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
    effectiveOn: date('effective_on', { mode: 'string' }),
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
