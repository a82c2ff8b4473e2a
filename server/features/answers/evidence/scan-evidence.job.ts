import type { JobHandler } from '../../../adapters/queue.ts';
import type { Job, Services } from '../../../services.ts';
import { bumpPages, lockAssessment } from '../../assessments/assessment-state.usecases.ts';
import { recordEvent, systemActor } from '../../audit/audit.store.ts';
import type { EvidenceFile } from '../answers.store.ts';
import { findStored, markScan, type ScanResult } from './evidence.store.ts';
import { tellScanFailed } from './scan-failed.mails.ts';

/**
 * Has one file scanned, and with it all others that share its bytes. A scanner that is away or has no verdict makes the job fail:
 * it is tried again, and the file stays in quarantine also when it is given up. Doing it again after a verdict changes nothing.
 */
export function scanEvidenceJob(services: Services): JobHandler {
  return { run: (job) => scan(services, job), giveUp: (job) => giveUp(services, job) };
}

async function scan(services: Services, job: Job): Promise<void> {
  const file = await read(services, job);
  // The bytes of an infected file go after the verdict is kept; a kill in between leaves them to this repetition.
  if (file?.scanState === 'infected') return services.evidence.remove(file.storageKey);
  if (file?.scanState !== 'quarantined') return;
  if (!services.virusScanner) throw new Error('evidence: the virus scanner is no longer configured');
  const { found } = await services.virusScanner.scan(await services.evidence.read(file.storageKey));
  const scannedAt = services.clock.now();
  await settle(
    services,
    file,
    found === null
      ? { scanState: 'clean', scanDetail: '', scannedAt }
      : { scanState: 'infected', scanDetail: found, scannedAt },
  );
  if (found !== null) await services.evidence.remove(file.storageKey);
}

/** Still in quarantine, with the moment of the last try: both sides see on their pages, and hear once, that it was not scanned. */
async function giveUp(services: Services, job: Job): Promise<void> {
  const file = await read(services, job);
  if (file?.scanState !== 'quarantined') return;
  await settle(services, file, { scanState: 'quarantined', scanDetail: '', scannedAt: services.clock.now() });
}

function read({ database }: Services, { organisationId, id }: Job): Promise<EvidenceFile | undefined> {
  return database.inOrganisation(organisationId, (db) => findStored(db, organisationId, id));
}

const actions = {
  clean: 'evidence.scanned',
  infected: 'evidence.infected',
  quarantined: 'evidence.scanFailed',
} as const;

/** The lock keeps out whoever is about to use the same bytes for another question: that file would miss the verdict. */
async function settle(services: Services, file: EvidenceFile, result: ScanResult): Promise<void> {
  const { organisationId, assessmentId } = file;
  await services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await lockAssessment(db, organisationId, assessmentId);
    const settled = await markScan(db, file, result);
    for (const { subject, name, sha256 } of settled) {
      const details = { name, sha256, ...(result.scanDetail === '' ? {} : { found: result.scanDetail }) };
      const event = { organisationId, assessmentId, at: services.clock.now(), actor: systemActor, subject, details };
      await recordEvent(db, { ...event, action: actions[result.scanState] });
    }
    if (result.scanState === 'quarantined' && settled.length > 0) await tellScanFailed(services, db, assessment, file);
    await bumpPages(db, organisationId, assessmentId);
  });
}
