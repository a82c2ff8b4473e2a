import { foreignKey, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { assessments } from './assessments.ts';
import { instant, tenantKey } from './columns.ts';

/** One message between vendor and customer. A thread is all messages of one question, or of none (the request as a whole). */
export const messages = pgTable(
  'messages',
  {
    ...tenantKey(),
    assessmentId: uuid('assessment_id').notNull(),
    questionId: text('question_id'),
    kind: text('kind', { enum: ['message', 'unclear', 'declined', 'redirected', 'resumed', 'settled'] }).notNull(),
    authorKind: text('author_kind', { enum: ['member', 'respondent'] }).notNull(),
    authorId: uuid('author_id').notNull(),
    /** Vendors see the organisation's name in place of a member's. */
    authorName: text('author_name').notNull(),
    body: text('body').notNull(),
    /** Name and address of another contact, for a redirection. */
    details: jsonb('details').$type<Record<string, string>>().notNull().default({}),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index('messages_assessment').on(t.organisationId, t.assessmentId, t.at),
    foreignKey({
      columns: [t.organisationId, t.assessmentId],
      foreignColumns: [assessments.organisationId, assessments.id],
    }),
  ],
);
