import { date, foreignKey, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { SubmittedAnswers } from '../../server/domain/round/submitted.ts';
import { type Attestation, assessments } from './assessments.ts';
import { instant } from './columns.ts';

/** What was handed in each time, so that rounds can be compared and later requests prefilled. Never changed afterwards. */
export const rounds = pgTable(
  'rounds',
  {
    organisationId: uuid('organisation_id').notNull(),
    assessmentId: uuid('assessment_id').notNull(),
    round: integer('round').notNull(),
    submittedAt: instant('submitted_at').notNull(),
    receiptNumber: text('receipt_number').notNull(),
    attestation: jsonb('attestation').$type<Attestation>().notNull(),
    /** By question id. */
    answers: jsonb('answers').$type<SubmittedAnswers>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.assessmentId, t.round] }),
    foreignKey({
      columns: [t.organisationId, t.assessmentId],
      foreignColumns: [assessments.organisationId, assessments.id],
    }),
  ],
);

/** A return of the answers to the vendor (差戻し): opens `round`. */
export const returns = pgTable(
  'returns',
  {
    organisationId: uuid('organisation_id').notNull(),
    assessmentId: uuid('assessment_id').notNull(),
    round: integer('round').notNull(),
    note: text('note').notNull(),
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    returnedAt: instant('returned_at').notNull(),
    returnedBy: uuid('returned_by').notNull(),
    withdrawnAt: instant('withdrawn_at'),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.assessmentId, t.round] }),
    foreignKey({
      columns: [t.organisationId, t.assessmentId],
      foreignColumns: [assessments.organisationId, assessments.id],
    }),
  ],
);

/** A question to be answered again in `round`, with the reason the vendor reads; collected while reviewing, before the return. */
export const returnedQuestions = pgTable(
  'returned_questions',
  {
    organisationId: uuid('organisation_id').notNull(),
    assessmentId: uuid('assessment_id').notNull(),
    round: integer('round').notNull(),
    questionId: text('question_id').notNull(),
    reason: text('reason').notNull(),
    markedBy: uuid('marked_by').notNull(),
    markedAt: instant('marked_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.assessmentId, t.round, t.questionId] }),
    foreignKey({
      columns: [t.organisationId, t.assessmentId],
      foreignColumns: [assessments.organisationId, assessments.id],
    }),
  ],
);
