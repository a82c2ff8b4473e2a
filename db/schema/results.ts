import { bigint, date, foreignKey, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { Evaluation } from '../../server/domain/scoring/evaluation.ts';
import { assessments } from './assessments.ts';
import { instant, tenantKey } from './columns.ts';

/** A stored evaluation; never recomputed. `provisional` on submission, `final` on finalisation. */
export const evaluations = pgTable(
  'evaluations',
  {
    ...tenantKey(),
    assessmentId: uuid('assessment_id').notNull(),
    mode: text('mode', { enum: ['provisional', 'final'] }).notNull(),
    asOf: date('as_of', { mode: 'string' }).notNull(),
    scorerVersion: text('scorer_version').notNull(),
    result: jsonb('result').$type<Evaluation>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    foreignKey({
      columns: [t.organisationId, t.assessmentId],
      foreignColumns: [assessments.organisationId, assessments.id],
    }),
  ],
);

/** An issued report: the frozen document that every rendering shows. Corrections are new versions. */
export const reports = pgTable(
  'reports',
  {
    ...tenantKey(),
    assessmentId: uuid('assessment_id').notNull(),
    number: text('number').notNull(),
    version: integer('version').notNull(),
    /** `Report` of server/domain/report. */
    document: jsonb('document').notNull(),
    documentHash: text('document_hash').notNull(),
    issuedBy: uuid('issued_by').notNull(),
    issuedAt: instant('issued_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    unique('reports_number_version_unique').on(t.organisationId, t.number, t.version),
    foreignKey({
      columns: [t.organisationId, t.assessmentId],
      foreignColumns: [assessments.organisationId, assessments.id],
    }),
  ],
);

/** One rendered edition of a report; queued until the worker has stored the PDF. */
export const reportFiles = pgTable(
  'report_files',
  {
    organisationId: uuid('organisation_id').notNull(),
    reportId: uuid('report_id').notNull(),
    locale: text('locale', { enum: ['ja', 'en'] }).notNull(),
    state: text('state', { enum: ['queued', 'ready', 'failed'] }).notNull(),
    sha256: text('sha256'),
    size: bigint('size', { mode: 'number' }),
    storageKey: text('storage_key'),
    failure: text('failure'),
    renderedAt: instant('rendered_at'),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.reportId, t.locale] }),
    foreignKey({ columns: [t.organisationId, t.reportId], foreignColumns: [reports.organisationId, reports.id] }),
  ],
);
