import { and, desc, eq, max, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import {
  assessments,
  members,
  organisations,
  reportFiles,
  reports,
  services,
  vendors,
} from '../../../db/schema/index.ts';

export type ReportRow = typeof reports.$inferSelect;
export type ReportFileRow = typeof reportFiles.$inferSelect;
type Locale = ReportFileRow['locale'];

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

/** Highest version issued for an assessment; 0 when none has been. */
export async function latestVersion(db: Transaction, organisationId: string, assessmentId: string): Promise<number> {
  const [row] = await db
    .select({ version: max(reports.version) })
    .from(reports)
    .where(and(eq(reports.organisationId, organisationId), eq(reports.assessmentId, assessmentId)));
  return row?.version ?? 0;
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

export function listFiles(db: Transaction, organisationId: string, reportId: string) {
  return db
    .select()
    .from(reportFiles)
    .where(and(eq(reportFiles.organisationId, organisationId), eq(reportFiles.reportId, reportId)))
    .orderBy(desc(reportFiles.locale));
}

/** Issued reports without their documents, newest first; of one assessment or of all. */
export function listReports(db: Transaction, organisationId: string, assessmentId?: string) {
  return db
    .select({
      id: reports.id,
      assessmentId: reports.assessmentId,
      number: reports.number,
      version: reports.version,
      issuedAt: reports.issuedAt,
      issuedBy: members.name,
      documentHash: reports.documentHash,
      reference: assessments.reference,
      asOf: assessments.asOf,
      vendor: vendors.name,
      service: services.name,
      score: sql<number>`(${reports.document} #>> '{summary,score}')::float`,
      grade: sql<string>`${reports.document} #>> '{summary,grade}'`,
    })
    .from(reports)
    .innerJoin(
      assessments,
      and(eq(assessments.organisationId, reports.organisationId), eq(assessments.id, reports.assessmentId)),
    )
    .innerJoin(
      services,
      and(eq(services.organisationId, assessments.organisationId), eq(services.id, assessments.serviceId)),
    )
    .innerJoin(vendors, and(eq(vendors.organisationId, services.organisationId), eq(vendors.id, services.vendorId)))
    .innerJoin(members, and(eq(members.organisationId, reports.organisationId), eq(members.id, reports.issuedBy)))
    .where(
      and(
        eq(reports.organisationId, organisationId),
        assessmentId ? eq(reports.assessmentId, assessmentId) : undefined,
      ),
    )
    .orderBy(desc(reports.issuedAt), desc(reports.version));
}

export async function updateFile(
  db: Transaction,
  file: Pick<ReportFileRow, 'organisationId' | 'reportId' | 'locale'> & Partial<ReportFileRow>,
): Promise<void> {
  const { organisationId, reportId, locale, ...changes } = file;
  await db
    .update(reportFiles)
    .set(changes)
    .where(
      and(
        eq(reportFiles.organisationId, organisationId),
        eq(reportFiles.reportId, reportId),
        eq(reportFiles.locale, locale),
      ),
    );
}
