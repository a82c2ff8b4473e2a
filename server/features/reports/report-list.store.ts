import { and, desc, eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { assessments, members, reports, services, vendors } from '../../../db/schema/index.ts';

export type ReportFilter = { vendorId?: string; assessmentId?: string };
type Window = { limit: number; offset: number };

const ofSameTenant = {
  assessment: and(eq(assessments.organisationId, reports.organisationId), eq(assessments.id, reports.assessmentId)),
  service: and(eq(services.organisationId, assessments.organisationId), eq(services.id, assessments.serviceId)),
  vendor: and(eq(vendors.organisationId, services.organisationId), eq(vendors.id, services.vendorId)),
  issuer: and(eq(members.organisationId, reports.organisationId), eq(members.id, reports.issuedBy)),
};

/** Issued reports without their documents, newest first. */
export function listReports(db: Transaction, organisationId: string, filter: ReportFilter, { limit, offset }: Window) {
  return db
    .select({
      id: reports.id,
      assessmentId: reports.assessmentId,
      number: reports.number,
      version: reports.version,
      issuedAt: reports.issuedAt,
      issuedBy: members.name,
      asOf: assessments.asOf,
      vendor: vendors.name,
      service: services.name,
      score: sql<number>`(${reports.document} #>> '{summary,score}')::float`,
      grade: sql<string>`${reports.document} #>> '{summary,grade}'`,
      judgement: sql<string>`${reports.document} #>> '{summary,judgement,code}'`,
    })
    .from(reports)
    .innerJoin(assessments, ofSameTenant.assessment)
    .innerJoin(services, ofSameTenant.service)
    .innerJoin(vendors, ofSameTenant.vendor)
    .innerJoin(members, ofSameTenant.issuer)
    .where(matching(organisationId, filter))
    .orderBy(desc(reports.issuedAt), desc(reports.version))
    .limit(limit)
    .offset(offset);
}

export async function countReports(db: Transaction, organisationId: string, filter: ReportFilter): Promise<number> {
  const [row] = await db
    .select({ total: sql<number>`count(*)::int` })
    .from(reports)
    .innerJoin(assessments, ofSameTenant.assessment)
    .innerJoin(services, ofSameTenant.service)
    .where(matching(organisationId, filter));
  return row?.total ?? 0;
}

/** Vendors a report has been issued about, by name. */
export function listReportedVendors(db: Transaction, organisationId: string): Promise<{ id: string; name: string }[]> {
  return db
    .selectDistinct({ id: vendors.id, name: vendors.name })
    .from(reports)
    .innerJoin(assessments, ofSameTenant.assessment)
    .innerJoin(services, ofSameTenant.service)
    .innerJoin(vendors, ofSameTenant.vendor)
    .where(eq(reports.organisationId, organisationId))
    .orderBy(vendors.name);
}

function matching(organisationId: string, { vendorId, assessmentId }: ReportFilter) {
  return and(
    eq(reports.organisationId, organisationId),
    vendorId === undefined ? undefined : eq(services.vendorId, vendorId),
    assessmentId === undefined ? undefined : eq(reports.assessmentId, assessmentId),
  );
}
