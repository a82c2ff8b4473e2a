import { sha256 } from '../../adapters/keys.ts';
import { isIdentifier } from '../../domain/assessment/identifier.ts';
import type { Report } from '../../domain/report/report.ts';
import { AppError, notFound } from '../../errors.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { listFiles, listReports, type ReportFileRow, type ReportRow, readReport, updateFile } from './reports.store.ts';

export type IssuedReport = { report: ReportRow; document: Report; files: ReportFileRow[] };
type Locale = ReportFileRow['locale'];

export function readIssuedReports(services: Services, { organisationId }: MemberPrincipal, assessmentId?: string) {
  return services.database.inOrganisation(organisationId, (db) => listReports(db, organisationId, assessmentId));
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
    return { report, document: report.document as Report, files: await listFiles(db, organisationId, id) };
  });
}

/**
 * The PDF of one language, checked against the SHA-256 stored when it was made; the download is recorded.
 * AppError 409 while it is being made or when making it failed.
 */
export async function downloadReport(services: Services, principal: MemberPrincipal, id: string, locale: Locale) {
  const { report, files } = await readIssuedReport(services, principal, id);
  const file = files.find((one) => one.locale === locale);
  if (!file?.storageKey || file.state !== 'ready') throw notReady(file?.state === 'failed');
  const bytes = await services.evidence.read(file.storageKey);
  if (sha256(bytes) !== file.sha256) throw new Error(`report ${id} (${locale}) does not match its SHA-256`);
  await services.database.inOrganisation(principal.organisationId, (db) =>
    recordEvent(db, {
      organisationId: principal.organisationId,
      assessmentId: report.assessmentId,
      at: services.clock.now(),
      actor: actorOf(principal),
      action: 'report.downloaded',
      subject: `${report.number} v${report.version} (${locale})`,
    }),
  );
  return { bytes, name: `${report.number}-v${report.version}.${locale}.pdf` };
}

/** Queues the editions that failed once more. */
export async function retryReport(services: Services, principal: MemberPrincipal, id: string): Promise<void> {
  if (!isIdentifier(id)) throw notFound();
  const { organisationId } = principal;
  await services.database.inOrganisation(organisationId, async (db) => {
    if (!(await readReport(db, organisationId, id))) throw notFound();
    for (const { locale, state } of await listFiles(db, organisationId, id)) {
      if (state !== 'failed') continue;
      await updateFile(db, { organisationId, reportId: id, locale, state: 'queued', failure: null });
      await services.queue.send(db, 'render-report', { organisationId, id, locale });
    }
  });
}

function notReady(failed: boolean): AppError {
  const message = failed
    ? {
        ja: 'PDFを作成できませんでした。報告書の画面で「作成し直す」を押してください。',
        en: 'The PDF could not be made. Press “Make it again” on the report page.',
      }
    : {
        ja: 'PDFを作成しています。数秒待ってからもう一度お試しください。',
        en: 'The PDF is being made. Try again in a few seconds.',
      };
  return new AppError(409, failed ? 'report_failed' : 'report_not_ready', message);
}
