import { and, desc, eq, lt, ne } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import {
  assessments,
  evaluations,
  members,
  organisations,
  reportFiles,
  reports,
  services,
  vendors,
} from '../../../db/schema/index.ts';

export type ReportRow = typeof reports.$inferSelect;
type Locale = (typeof reportFiles.$inferSelect)['locale'];

/** Everything about the parties that a report names. */
export async function readParties(db: Transaction, organisationId: string, serviceId: string) {
  const [row] = await db
    .select({ organisation: organisations, vendor: vendors, service: services })
    .from(services)
    .innerJoin(vendors, and(eq(vendors.organisationId, services.organisationId), eq(vendors.id, services.vendorId)))
    .innerJoin(organisations, eq(organisations.id, services.organisationId))
    .where(and(eq(services.organisationId, organisationId), eq(services.id, serviceId)));
  return row;
}

export async function readMember(db: Transaction, organisationId: string, id: string) {
  const [row] = await db
    .select({ name: members.name, title: members.title })
    .from(members)
    .where(and(eq(members.organisationId, organisationId), eq(members.id, id)));
  return row;
}

/** The newest version issued for an assessment, if any. */
export async function latestReport(db: Transaction, organisationId: string, assessmentId: string) {
  const [row] = await db
    .select({ id: reports.id, version: reports.version })
    .from(reports)
    .where(and(eq(reports.organisationId, organisationId), eq(reports.assessmentId, assessmentId)))
    .orderBy(desc(reports.version))
    .limit(1);
  return row;
}

export async function insertReport(db: Transaction, report: ReportRow, locales: readonly Locale[]): Promise<void> {
  const { organisationId, id: reportId } = report;
  await db.insert(reports).values(report);
  await db
    .insert(reportFiles)
    .values(locales.map((locale) => ({ organisationId, reportId, locale, state: 'queued' as const })));
}

export async function readReport(db: Transaction, organisationId: string, id: string) {
  const [row] = await db
    .select()
    .from(reports)
    .where(and(eq(reports.organisationId, organisationId), eq(reports.id, id)));
  return row;
}

/** The final evaluation of the same service by the same questionnaire that was settled before this one; undefined for the first. */
export async function readPreviousEvaluation(
  db: Transaction,
  { organisationId, id, serviceId, questionnaireId, finalisedAt }: typeof assessments.$inferSelect,
) {
  const [row] = await db
    .select({ reference: assessments.reference, result: evaluations.result })
    .from(evaluations)
    .innerJoin(
      assessments,
      and(eq(assessments.organisationId, evaluations.organisationId), eq(assessments.id, evaluations.assessmentId)),
    )
    .where(
      and(
        eq(evaluations.organisationId, organisationId),
        eq(evaluations.mode, 'final'),
        ne(assessments.id, id),
        eq(assessments.serviceId, serviceId),
        eq(assessments.questionnaireId, questionnaireId),
        finalisedAt ? lt(assessments.finalisedAt, finalisedAt) : undefined,
      ),
    )
    .orderBy(desc(assessments.finalisedAt))
    .limit(1);
  return row;
}
