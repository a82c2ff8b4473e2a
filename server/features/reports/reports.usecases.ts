import { reportHash } from '../../adapters/report-hash.ts';
import { isIdentifier } from '../../domain/assessment/identifier.ts';
import type { Report } from '../../domain/report/report.ts';
import { notFound } from '../../errors.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { listFiles, type ReportFileRow, requeueFailed } from './report-files.store.ts';
import { countReports, listReportedVendors, listReports, type ReportFilter } from './report-list.store.ts';
import { type ReportRow, readReport } from './reports.store.ts';

export const REPORTS_A_PAGE = 50;
/** `intact`: the stored document still has the hash it was issued with. */
export type IssuedReport = { report: ReportRow; document: Report; files: ReportFileRow[]; intact: boolean };

/** One page of the issued reports, newest first; `page` counts from 1. */
export function readIssuedReports(
  services: Services,
  { organisationId }: MemberPrincipal,
  filter: ReportFilter & { page?: number } = {},
) {
  const { page = 1, ...which } = filter;
  return services.database.inOrganisation(organisationId, async (db) => {
    const window = { limit: REPORTS_A_PAGE, offset: (page - 1) * REPORTS_A_PAGE };
    const [reports, total, vendors] = await Promise.all([
      listReports(db, organisationId, which, window),
      countReports(db, organisationId, which),
      listReportedVendors(db, organisationId),
    ]);
    return { reports, total, vendors };
  });
}

/** One issued report with its files, or AppError 404. */
export function readIssuedReport(
  services: Services,
  { organisationId }: MemberPrincipal,
  id: string,
): Promise<IssuedReport> {
  if (!isIdentifier(id)) throw notFound();
  return services.database.inOrganisation(organisationId, async (db) => {
    const report = await readReport(db, organisationId, id);
    if (!report) throw notFound();
    const document = report.document as Report;
    const intact = reportHash(document) === report.documentHash;
    return { report, document, intact, files: await listFiles(db, organisationId, id) };
  });
}

/** Queues the editions that failed once more; nothing happens when none did. */
export async function retryReport(services: Services, principal: MemberPrincipal, id: string): Promise<void> {
  if (!isIdentifier(id)) throw notFound();
  const { organisationId } = principal;
  await services.database.inOrganisation(organisationId, async (db) => {
    const report = await readReport(db, organisationId, id);
    if (!report) throw notFound();
    for (const locale of await requeueFailed(db, organisationId, id)) {
      await services.queue.send(db, 'render-report', { organisationId, id, locale });
      await recordEvent(db, {
        organisationId,
        assessmentId: report.assessmentId,
        at: services.clock.now(),
        actor: actorOf(principal),
        action: 'report.requeued',
        subject: editionName(report, locale),
      });
    }
  });
}

/** As the audit trail and the downloads name it. */
export function editionName({ number, version }: Pick<ReportRow, 'number' | 'version'>, edition: string): string {
  return `${number} v${version} (${edition})`;
}
