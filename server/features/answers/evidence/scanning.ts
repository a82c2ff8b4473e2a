import type { Transaction } from '../../../../db/client.ts';
import { scanCode } from '../../../domain/assessment/evidence-file.ts';
import { isIdentifier } from '../../../domain/assessment/identifier.ts';
import { questionOf } from '../../../domain/questionnaire/own-questions.ts';
import { notFound } from '../../../errors.ts';
import type { MemberPrincipal } from '../../../plugins/sessions.ts';
import type { Services } from '../../../services.ts';
import { bumpPages, lockAssessment } from '../../assessments/assessment-state.usecases.ts';
import { compiledSnapshot } from '../../assessments/snapshot.ts';
import { type Actor, actorOf, recordEvent } from '../../audit/audit.store.ts';
import type { EvidenceFile } from '../answers.store.ts';
import { findEvidence, markScan } from './evidence.store.ts';

/** Where a scanner is configured, no file is opened before it has spoken. */
export function firstScanState({ virusScanner }: Pick<Services, 'virusScanner'>): EvidenceFile['scanState'] {
  return virusScanner ? 'quarantined' : 'notScanned';
}

/** Queues the scan of a file once more when it was given up; any other file stays as it is. The caller holds the lock. */
export async function scanAgainIn(
  services: Services,
  db: Transaction,
  file: EvidenceFile,
  actor: Actor,
): Promise<EvidenceFile> {
  if (scanCode(file) !== 'failed') return file;
  const { organisationId, assessmentId, id, subject, name, sha256 } = file;
  await markScan(db, file, { scanState: 'quarantined', scanDetail: '', scannedAt: null });
  await services.queue.send(db, 'scan-evidence', { organisationId, id });
  const event = { organisationId, assessmentId, at: services.clock.now(), actor, subject };
  await recordEvent(db, { ...event, action: 'evidence.scanRepeated', details: { name, sha256 } });
  await bumpPages(db, organisationId, assessmentId);
  return { ...file, scannedAt: null };
}

/** A member has a given-up scan repeated. Resolves to where the file stands, or throws AppError 404. */
export async function scanAgain(services: Services, member: MemberPrincipal, id: string) {
  const { organisationId } = member;
  if (!isIdentifier(id)) throw notFound();
  return services.database.inOrganisation(organisationId, async (db) => {
    const found = await findEvidence(db, organisationId, id);
    if (!found) throw notFound();
    const assessment = await lockAssessment(db, organisationId, found.assessmentId);
    const file = await findEvidence(db, organisationId, id);
    if (!file) throw notFound();
    await scanAgainIn(services, db, file, actorOf(member));
    const questionId = questionOf(file.subject);
    const sectionId = compiledSnapshot(assessment).byId.get(questionId)?.sectionId;
    return { assessmentId: file.assessmentId, sectionId, questionId };
  });
}
