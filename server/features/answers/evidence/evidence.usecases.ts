import { randomUUID } from 'node:crypto';
import type { Transaction } from '../../../../db/client.ts';
import { shownToRespondent } from '../../../domain/questionnaire/visibility.ts';
import { notFound } from '../../../errors.ts';
import type { RespondentPrincipal } from '../../../plugins/sessions.ts';
import type { Services } from '../../../services.ts';
import {
  lockAssessment,
  moveAssessment,
  readAssessment,
  requireAllowed,
} from '../../assessments/assessment-state.usecases.ts';
import { compiledSnapshot } from '../../assessments/snapshot.ts';
import { actorOf, recordEvent } from '../../audit/audit.store.ts';
import { type EvidenceFile, listEvidence, markRemoved } from '../answers.store.ts';
import { collectAnswers } from '../answers.usecases.ts';
import { isRecords, recordSubject } from '../collected.ts';
import { requireOwnSubject } from '../own-part.ts';
import { evidenceTotals, insertEvidence } from './evidence.store.ts';
import { quotaReached, tooManyReplaced, unknownSubject } from './evidence-errors.ts';
import type { HeldFile } from './hold-file.ts';

/**
 * Of one assessment, over all its questions: more than two files for every question that may ask for evidence. `bytesEver` counts
 * removed files too, or attaching and removing in turn would fill the disk.
 */
export const quota = { files: 200, bytes: 500 * 1024 ** 2, bytesEver: 2_000 * 1024 ** 2 };

/**
 * Files a held file under a question (`AB-01`) or a certificate record (`AB-01#1`), with its audit event. The same bytes under the
 * same subject are kept once. When this throws, the held bytes are gone: AppError 409 `wrong_state`, 413 `evidence_quota`,
 * 422 `unknown_subject`.
 */
export async function attachEvidence(
  services: Services,
  respondent: RespondentPrincipal,
  subject: string,
  held: HeldFile,
): Promise<EvidenceFile> {
  try {
    const file = await services.database.inOrganisation(respondent.organisationId, (db) =>
      fileUnder(db, respondent, { subject, held, at: services.clock.now() }),
    );
    if (file.storageKey !== held.key) await services.evidence.remove(held.key);
    return file;
  } catch (error) {
    await services.evidence.remove(held.key);
    throw error;
  }
}

async function fileUnder(
  db: Transaction,
  respondent: RespondentPrincipal,
  { subject, held, at }: { subject: string; held: HeldFile; at: Date },
): Promise<EvidenceFile> {
  const { organisationId, assessmentId } = respondent;
  const assessment = await lockAssessment(db, organisationId, assessmentId);
  requireAllowed('respond.answer', assessment, at);
  await requireOwnSubject(db, respondent, assessment, subject);
  const { answers, files } = await collectAnswers(db, organisationId, assessmentId);
  const compiled = compiledSnapshot(assessment);
  const asked = compiled.byId.get(subject.split('#')[0] ?? '');
  if (!asked || !shownToRespondent(compiled, answers).has(asked.question.id)) throw unknownSubject();
  const value = answers[asked.question.id]?.value;
  const subjects =
    asked.question.type === 'certificates'
      ? (isRecords(value) ? value : []).map((_, index) => recordSubject(asked.question.id, index))
      : [asked.question.id];
  if (!subjects.includes(subject)) throw unknownSubject();
  const same = files.find((file) => file.subject === subject && file.sha256 === held.sha256);
  if (same) return same;
  await requireRoom(db, respondent, held.size);
  const file = rowOf(respondent, subject, held, at);
  await insertEvidence(db, file);
  const details = { name: file.name, size: file.size, sha256: file.sha256 };
  const event = { organisationId, assessmentId, at, actor: actorOf(respondent) };
  await recordEvent(db, { ...event, action: 'evidence.attached', subject, details });
  if (assessment.state === 'sent') await moveAssessment(db, assessment, 'open', { actor: event.actor, at });
  return file;
}

function rowOf(respondent: RespondentPrincipal, subject: string, held: HeldFile, at: Date): EvidenceFile {
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
    scanState: 'notScanned',
    scanDetail: '',
    scannedAt: null,
    uploadedAt: at,
    uploadedBy: respondent.name,
    removedAt: null,
  };
}

async function requireRoom(
  db: Transaction,
  { organisationId, assessmentId }: RespondentPrincipal,
  size: number,
): Promise<void> {
  const totals = await evidenceTotals(db, organisationId, assessmentId);
  if (totals.files + 1 > quota.files || totals.bytes + size > quota.bytes) throw quotaReached(quota.files, quota.bytes);
  if (totals.bytesEver + size > quota.bytesEver) throw tooManyReplaced(quota.bytesEver);
}

/** Refuses an upload that cannot succeed before its bytes are taken in. Throws what `attachEvidence` would. */
export async function requireUploadAllowed(services: Services, respondent: RespondentPrincipal): Promise<void> {
  const { organisationId, assessmentId } = respondent;
  await services.database.inOrganisation(organisationId, async (db) => {
    requireAllowed('respond.answer', await readAssessment(db, organisationId, assessmentId), services.clock.now());
  });
}

/** Takes a file out of the evidence, until submission. Throws AppError 404, 409 `wrong_state`. */
export async function removeEvidence(
  services: Services,
  respondent: RespondentPrincipal,
  id: string,
): Promise<EvidenceFile> {
  const { organisationId, assessmentId } = respondent;
  const at = services.clock.now();
  return services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await lockAssessment(db, organisationId, assessmentId);
    requireAllowed('respond.answer', assessment, at);
    const file = (await listEvidence(db, organisationId, assessmentId)).find((one) => one.id === id);
    if (!file) throw notFound();
    await requireOwnSubject(db, respondent, assessment, file.subject);
    await markRemoved(db, file, at);
    const event = { organisationId, assessmentId, at, actor: actorOf(respondent) };
    const details = { name: file.name, sha256: file.sha256 };
    await recordEvent(db, { ...event, action: 'evidence.removed', subject: file.subject, details });
    return file;
  });
}
