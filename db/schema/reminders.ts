import { date, foreignKey, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { assessments } from './assessments.ts';
import { instant } from './columns.ts';
import { mails } from './records.ts';
import { respondentLinks } from './respondents.ts';

/**
 * A step of the reminder schedule that is done for one person: the row is written in the transaction that queues the mail, and its
 * key lets nobody be reminded twice, however many workers look at once.
 */
export const reminders = pgTable(
  'reminders',
  {
    organisationId: uuid('organisation_id').notNull(),
    assessmentId: uuid('assessment_id').notNull(),
    round: integer('round').notNull(),
    linkId: uuid('link_id').notNull(),
    /** The date that person was reminded of; a later one begins the steps anew. */
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    /** D-7, D+1 and so on. */
    step: text('step').notNull(),
    at: instant('at').notNull(),
    /** null: the step was passed over, because its day was gone when reminders were switched on. */
    mailId: uuid('mail_id'),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.assessmentId, t.round, t.linkId, t.dueOn, t.step] }),
    foreignKey({
      columns: [t.organisationId, t.assessmentId],
      foreignColumns: [assessments.organisationId, assessments.id],
    }),
    foreignKey({
      columns: [t.organisationId, t.linkId],
      foreignColumns: [respondentLinks.organisationId, respondentLinks.id],
    }),
    foreignKey({ columns: [t.organisationId, t.mailId], foreignColumns: [mails.organisationId, mails.id] }),
  ],
);
