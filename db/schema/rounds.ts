import { date, foreignKey, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { AnswerPlan, AnswerValue, ConditionalAnswer } from '../../server/domain/questionnaire/answer.ts';
import { type Attestation, assessments } from './assessments.ts';
import { instant } from './columns.ts';

/** One answer as it was handed in. */
export type SubmittedAnswer = {
  value: AnswerValue;
  naReason: string;
  comment: string;
  plan: AnswerPlan | null;
  conditional: ConditionalAnswer | null;
  withheld: string;
  /** SHA-256 of the files given for the question or its records, sorted. */
  files: readonly string[];
  updatedBy: string;
  updatedAt: string;
};

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
    answers: jsonb('answers').$type<Readonly<Record<string, SubmittedAnswer>>>().notNull(),
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
