import { sha256 } from '../../adapters/keys.ts';
import type { JobHandler } from '../../adapters/queue.ts';
import type { Report } from '../../domain/report/report.ts';
import type { Job, Services } from '../../services.ts';
import { recordEvent, systemActor } from '../audit/audit.store.ts';
import { listFiles, readReport, updateFile } from './reports.store.ts';

/** Renders one language of an issued report. Doing it again after it is ready changes nothing. */
export function renderReportJob(services: Services): JobHandler {
  return {
    run: (job) => render(services, job),
    giveUp: (job, reason) => giveUp(services, job, reason),
  };
}

async function render(services: Services, { organisationId, id, locale = 'ja' }: Job): Promise<void> {
  const report = await services.database.inOrganisation(organisationId, async (db) => {
    const files = await listFiles(db, organisationId, id);
    const open = files.some((file) => file.locale === locale && file.state !== 'ready');
    return open ? readReport(db, organisationId, id) : undefined;
  });
  if (!report) return;
  const bytes = await services.reports.pdf(report.document as Report, locale);
  const stored = await services.evidence.store(chunks(bytes), MAX_REPORT_BYTES);
  await services.database.inOrganisation(organisationId, async (db) => {
    const at = services.clock.now();
    const file = {
      state: 'ready' as const,
      sha256: sha256(bytes),
      size: bytes.byteLength,
      storageKey: stored.key,
      renderedAt: at,
    };
    await updateFile(db, { organisationId, reportId: id, locale, failure: null, ...file });
    await recordEvent(db, {
      organisationId,
      assessmentId: report.assessmentId,
      at,
      actor: systemActor,
      action: 'report.rendered',
      subject: `${report.number} v${report.version} (${locale})`,
      details: { sha256: file.sha256 },
    });
  });
}

const MAX_REPORT_BYTES = 200 * 1024 * 1024;

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function giveUp(services: Services, { organisationId, id, locale = 'ja' }: Job, reason: string): Promise<void> {
  await services.database.inOrganisation(organisationId, (db) =>
    updateFile(db, { organisationId, reportId: id, locale, state: 'failed', failure: reason.slice(0, 500) }),
  );
}
