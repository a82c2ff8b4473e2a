import { sha256 } from '../../adapters/keys.ts';
import type { JobHandler } from '../../adapters/queue.ts';
import { reportHash } from '../../adapters/report-hash.ts';
import type { Report } from '../../domain/report/report.ts';
import type { Job, Services } from '../../services.ts';
import { recordEvent, systemActor } from '../audit/audit.store.ts';
import { type Edition, listFiles, markFailed, markReady } from './report-files.store.ts';
import { type ReportRow, readReport } from './reports.store.ts';
import { editionName } from './reports.usecases.ts';

/** Prints one language of an issued report. Doing it again after it is ready changes nothing. */
export function renderReportJob(services: Services): JobHandler {
  return {
    run: (job) => render(services, editionOf(job)),
    giveUp: (job, reason) => giveUp(services, editionOf(job), reason),
  };
}

async function render(services: Services, edition: Edition): Promise<void> {
  const report = await readUnprinted(services, edition);
  if (!report) return;
  const document = report.document as Report;
  if (reportHash(document) !== report.documentHash) throw new Error('the stored report does not match its hash');
  const bytes = await services.reports.pdf(document, edition.locale);
  const { key } = await services.evidence.store(chunks(bytes), MAX_REPORT_BYTES);
  const printed = { sha256: sha256(bytes), size: bytes.byteLength, storageKey: key, renderedAt: services.clock.now() };
  const kept = await services.database
    .inOrganisation(edition.organisationId, async (db) => {
      const first = await markReady(db, edition, printed);
      if (first)
        await recordEvent(db, eventOf(services, report, edition, 'report.rendered', { sha256: printed.sha256 }));
      return first;
    })
    .catch(async (error: unknown) => {
      await services.evidence.remove(key);
      throw error;
    });
  if (!kept) await services.evidence.remove(key);
}

const MAX_REPORT_BYTES = 200 * 1024 * 1024;

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function readUnprinted(services: Services, { organisationId, reportId, locale }: Edition) {
  return services.database.inOrganisation(organisationId, async (db) => {
    const files = await listFiles(db, organisationId, reportId);
    const waits = files.some((file) => file.locale === locale && file.state !== 'ready');
    return waits ? readReport(db, organisationId, reportId) : undefined;
  });
}

async function giveUp(services: Services, edition: Edition, reason: string): Promise<void> {
  await services.database.inOrganisation(edition.organisationId, async (db) => {
    const report = await readReport(db, edition.organisationId, edition.reportId);
    if (!report || !(await markFailed(db, edition, 'queued', reason))) return;
    await recordEvent(db, eventOf(services, report, edition, 'report.failed', {}));
  });
}

function editionOf({ organisationId, id, locale = 'ja' }: Job): Edition {
  return { organisationId, reportId: id, locale };
}

function eventOf(
  services: Services,
  report: ReportRow,
  { organisationId, locale }: Edition,
  action: 'report.rendered' | 'report.failed',
  details: Record<string, unknown>,
) {
  const { assessmentId } = report;
  const subject = editionName(report, locale);
  return { organisationId, assessmentId, at: services.clock.now(), actor: systemActor, action, subject, details };
}
