import { randomUUID } from 'node:crypto';
import type { Transaction } from '../../../../db/client.ts';
import { notFound } from '../../../errors.ts';
import type { RespondentPrincipal } from '../../../plugins/sessions.ts';
import type { Services } from '../../../services.ts';
import { moveAssessment, readAssessment, requireAllowed } from '../../assessments/assessment-state.usecases.ts';
import { actorOf, recordEvent } from '../../audit/audit.store.ts';
import { type EvidenceFile, listEvidence, markRemoved } from '../answers.store.ts';
import { insertEvidence } from './evidence.store.ts';
import type { HeldFile } from './hold-file.ts';
import { requireRoom } from './room.ts';
import { firstScanState, scanAgainIn } from './scanning.ts';
import { lockForFiles, requireSubject } from './writable.ts';

/** `replaces`: id of the file whose place the new one takes. */
export type AttachOptions = { replaces?: string };

/**
 * Files a held file under a question (`AB-01`) or a certificate record (`AB-01#1`), with its audit event. The same bytes under the
 * same subject are kept once. When this throws, the held bytes are gone: AppError 401 `link_needed`, 409 `wrong_state`, 413 `evidence_quota`,
 * 422 `unknown_subject`, 404 when the file to replace is not there.
 */
export async function attachEvidence(
  services: Services,
  respondent: RespondentPrincipal,
  subject: string,
  held: HeldFile,
  options: AttachOptions = {},
): Promise<EvidenceFile> {
  try {
    const file = await services.database.inOrganisation(respondent.organisationId, (db) =>
      fileUnder(services, db, respondent, { subject, held, ...options }),
    );
    if (file.storageKey !== held.key) await services.evidence.remove(held.key);
    return file;
  } catch (error) {
    await services.evidence.remove(held.key);
    throw error;
  }
}

type Attachment = { subject: string; held: HeldFile; replaces?: string };

async function fileUnder(
  services: Services,
  db: Transaction,
  respondent: RespondentPrincipal,
  { subject, held, replaces }: Attachment,
): Promise<EvidenceFile> {
  const at = services.clock.now();
  const { organisationId, assessmentId } = respondent;
  const assessment = await lockForFiles(db, respondent, subject, at);
  const files = await requireSubject(db, assessment, subject);
  const old = replaces === undefined ? undefined : files.find((one) => one.id === replaces && one.subject === subject);
  if (replaces !== undefined && !old) throw notFound();
  const same = files.find((file) => file.subject === subject && file.sha256 === held.sha256);
  if (old && same !== old) await markRemoved(db, old, at);
  if (same) return scanAgainIn(services, db, same, actorOf(respondent));
  await requireRoom(db, respondent, held.size);
  const file = rowOf(respondent, subject, held, { at, scanState: firstScanState(services) });
  await insertEvidence(db, file);
  if (file.scanState === 'quarantined') await services.queue.send(db, 'scan-evidence', { organisationId, id: file.id });
  const event = { organisationId, assessmentId, at, actor: actorOf(respondent), subject };
  const { name, size, sha256 } = file;
  // Of a picture other bytes are kept than were sent: with the hash of both, the vendor finds its original again.
  const sent = held.sentSha256 === sha256 ? {} : { sentSha256: held.sentSha256, locationRemoved: held.hadLocation };
  const replaced = old ? { replaced: { name: old.name, sha256: old.sha256 } } : {};
  const action = old ? 'evidence.replaced' : 'evidence.attached';
  await recordEvent(db, { ...event, action, details: { name, size, sha256, ...sent, ...replaced } });
  if (assessment.state === 'sent') await moveAssessment(db, assessment, 'open', { actor: event.actor, at });
  return file;
}

type Beginning = Pick<EvidenceFile, 'scanState'> & { at: Date };

function rowOf(
  respondent: RespondentPrincipal,
  subject: string,
  held: HeldFile,
  { at, scanState }: Beginning,
): EvidenceFile {
  return {
    organisationId: respondent.organisationId,
    id: randomUUID(),
    assessmentId: respondent.assessmentId,
    subject,
    name: held.name,
    mediaType: held.mediaType,
    size: held.size,
    sha256: held.sha256,
    storageKey: held.key,
    effectiveOn: null,
    expiresOn: null,
    scanState,
    scanDetail: '',
    scannedAt: null,
    uploadedAt: at,
    uploadedBy: respondent.name,
    removedAt: null,
  };
}

/** Refuses an upload that cannot succeed before its bytes are taken in. Throws what `attachEvidence` would. */
export async function requireUploadAllowed(services: Services, respondent: RespondentPrincipal): Promise<void> {
  const { organisationId, assessmentId } = respondent;
  await services.database.inOrganisation(organisationId, async (db) => {
    requireAllowed('respond.answer', await readAssessment(db, organisationId, assessmentId), services.clock.now());
  });
}

/** Takes a file out of the evidence, until submission; its bytes stay. Throws AppError 404, 409 `wrong_state`. */
export async function removeEvidence(
  services: Services,
  respondent: RespondentPrincipal,
  id: string,
): Promise<EvidenceFile> {
  const { organisationId, assessmentId } = respondent;
  const at = services.clock.now();
  return services.database.inOrganisation(organisationId, async (db) => {
    const file = (await listEvidence(db, organisationId, assessmentId)).find((one) => one.id === id);
    if (!file) throw notFound();
    await lockForFiles(db, respondent, file.subject, at);
    if (!(await markRemoved(db, file, at))) throw notFound();
    const event = { organisationId, assessmentId, at, actor: actorOf(respondent) };
    const details = { name: file.name, sha256: file.sha256 };
    await recordEvent(db, { ...event, action: 'evidence.removed', subject: file.subject, details });
    return file;
  });
}
