import { isIdentifier } from '../../../domain/assessment/identifier.ts';
import { notFound } from '../../../errors.ts';
import type { MemberPrincipal, RespondentPrincipal } from '../../../plugins/sessions.ts';
import type { Services } from '../../../services.ts';
import { requireAllowed } from '../../assessments/assessment-state.usecases.ts';
import { actorOf, recordEvent } from '../../audit/audit.store.ts';
import { type EvidenceFile, readOutline } from '../answers.store.ts';
import { requireOwnSubject } from '../own-part.ts';
import { findEvidence } from './evidence.store.ts';

/**
 * A file with its bytes: a respondent reads those of its own part of its assessment, a member those of its organisation; the download is
 * recorded. Throws AppError 404 for anything else, 409 `wrong_state` to the respondent of a withdrawn request.
 */
export async function readEvidence(
  services: Services,
  reader: RespondentPrincipal | MemberPrincipal,
  id: string,
): Promise<{ file: EvidenceFile; bytes: Uint8Array }> {
  const { organisationId } = reader;
  const at = services.clock.now();
  if (!isIdentifier(id)) throw notFound();
  const file = await services.database.inOrganisation(organisationId, async (db) => {
    const found = await findEvidence(db, organisationId, id);
    if (!found || (reader.kind === 'respondent' && found.assessmentId !== reader.assessmentId)) throw notFound();
    const outline = await readOutline(db, organisationId, found.assessmentId);
    if (!outline) throw notFound();
    if (reader.kind === 'respondent') await requireOwnSubject(db, reader, outline, found.subject);
    requireAllowed(reader.kind === 'respondent' ? 'respond.view' : 'evidence.read', outline, at);
    await recordEvent(db, {
      organisationId,
      assessmentId: found.assessmentId,
      at,
      actor: actorOf(reader),
      action: 'evidence.downloaded',
      subject: found.subject,
      details: { name: found.name, sha256: found.sha256 },
    });
    return found;
  });
  return { file, bytes: await services.evidence.read(file.storageKey) };
}
