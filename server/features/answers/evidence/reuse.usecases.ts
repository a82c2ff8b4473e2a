import { randomUUID } from 'node:crypto';
import { countsAsEvidence } from '../../../domain/assessment/evidence-file.ts';
import { notFound } from '../../../errors.ts';
import type { RespondentPrincipal } from '../../../plugins/sessions.ts';
import type { Services } from '../../../services.ts';
import { moveAssessment } from '../../assessments/assessment-state.usecases.ts';
import { actorOf, recordEvent } from '../../audit/audit.store.ts';
import type { EvidenceFile } from '../answers.store.ts';
import { requireOwnSubject } from '../own-part.ts';
import { insertEvidence } from './evidence.store.ts';
import { requireRoom } from './room.ts';
import { lockForFiles, requireSubject } from './writable.ts';

/**
 * Uses files that are attached elsewhere in the assessment for one more question: rows of their own, the same bytes. What is
 * attached there already is left as it is. Throws what `attachEvidence` throws; 404 for a file that is not there, or is infected.
 */
export async function reuseEvidence(
  services: Services,
  respondent: RespondentPrincipal,
  subject: string,
  ids: readonly string[],
): Promise<EvidenceFile[]> {
  const { organisationId, assessmentId } = respondent;
  const at = services.clock.now();
  return services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await lockForFiles(db, respondent, subject, at);
    const files = await requireSubject(db, assessment, subject);
    const used = new Set(files.filter((file) => file.subject === subject).map(({ sha256 }) => sha256));
    const added: EvidenceFile[] = [];
    for (const id of new Set(ids)) {
      const source = files.find((file) => file.id === id && countsAsEvidence(file));
      if (!source) throw notFound();
      await requireOwnSubject(db, respondent, assessment, source.subject);
      if (used.has(source.sha256)) continue;
      used.add(source.sha256);
      await requireRoom(db, respondent, 0);
      const file = { ...source, id: randomUUID(), subject, uploadedAt: at, uploadedBy: respondent.name };
      await insertEvidence(db, file);
      const details = { name: file.name, sha256: file.sha256, from: source.subject };
      const event = { organisationId, assessmentId, at, actor: actorOf(respondent), subject };
      await recordEvent(db, { ...event, action: 'evidence.reused', details });
      added.push(file);
    }
    if (assessment.state === 'sent') await moveAssessment(db, assessment, 'open', { actor: actorOf(respondent), at });
    return added;
  });
}

/** Files of other questions that could serve `subject` too, each once however often it is used. */
export function reusableFiles(files: readonly EvidenceFile[], subject: string): EvidenceFile[] {
  const seen = new Set(files.filter((file) => file.subject === subject).map(({ sha256 }) => sha256));
  return files.filter((file) => {
    if (seen.has(file.sha256) || !countsAsEvidence(file)) return false;
    seen.add(file.sha256);
    return true;
  });
}
