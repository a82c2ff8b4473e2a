import { foreignKey, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { AnswerPlan, AnswerValue, ConditionalAnswer } from '../../server/domain/questionnaire/answer.ts';
import type { Localized } from '../../server/domain/questionnaire/questionnaire.ts';
import { assessments } from './assessments.ts';
import { instant } from './columns.ts';
import { respondentLinks } from './respondents.ts';

/** Where an answer offered for reuse comes from; `on` is YYYY-MM-DD, the day it was last confirmed. */
export type PrefillSource = {
  kind: 'previous' | 'master';
  label: string;
  on: string;
  /** The question is worded otherwise than when the answer was given. */
  reworded?: true;
  /** The answer was given to another question, which cites the same authorities. */
  asked?: { id: string; text: Localized };
  /** Files that stood behind the answer; they are named, never copied. */
  files?: readonly { name: string; sha256: string }[];
};

/** An answer given before, offered for this request. It becomes an answer only by a person's tick. */
export const prefills = pgTable(
  'prefills',
  {
    organisationId: uuid('organisation_id').notNull(),
    assessmentId: uuid('assessment_id').notNull(),
    questionId: text('question_id').notNull(),
    source: jsonb('source').$type<PrefillSource>().notNull(),
    value: jsonb('value').$type<AnswerValue>(),
    naReason: text('na_reason').notNull().default(''),
    comment: text('comment').notNull().default(''),
    plan: jsonb('plan').$type<AnswerPlan>(),
    conditional: jsonb('conditional').$type<ConditionalAnswer>(),
    withheld: text('withheld').notNull().default(''),
    offeredAt: instant('offered_at').notNull(),
    decision: text('decision', { enum: ['adopted', 'dismissed'] }),
    decidedAt: instant('decided_at'),
    decidedBy: text('decided_by'),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.assessmentId, t.questionId] }),
    foreignKey({
      columns: [t.organisationId, t.assessmentId],
      foreignColumns: [assessments.organisationId, assessments.id],
    }),
  ],
);

/** A workbook that was uploaded and looked at, but not (wholly) applied yet. */
export const workbookImports = pgTable(
  'workbook_imports',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: uuid('id').notNull(),
    assessmentId: uuid('assessment_id').notNull(),
    linkId: uuid('link_id').notNull(),
    name: text('name').notNull(),
    /** What the workbook says, read and checked; shape in server/domain/workbook. */
    content: jsonb('content').$type<unknown>().notNull(),
    createdAt: instant('created_at').notNull(),
    appliedAt: instant('applied_at'),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    foreignKey({
      columns: [t.organisationId, t.linkId],
      foreignColumns: [respondentLinks.organisationId, respondentLinks.id],
    }),
  ],
);
