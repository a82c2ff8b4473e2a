import { isReadable } from '../../../domain/assessment/evidence-file.ts';
import { isIdentifier } from '../../../domain/assessment/identifier.ts';
import { notFound } from '../../../errors.ts';
import type { MemberPrincipal, RespondentPrincipal } from '../../../plugins/sessions.ts';
import type { Services } from '../../../services.ts';
import { requireAllowed } from '../../assessments/assessment-state.usecases.ts';
import { actorOf, recordEvent } from '../../audit/audit.store.ts';
import { type EvidenceFile, type Outline, readOutline } from '../answers.store.ts';
import { requireOwnSubject } from '../own-part.ts';
import { findEvidence } from './evidence.store.ts';
import { infectedFile, inQuarantine, notSubmittedYet } from './evidence-errors.ts';

/**
 * A file with its bytes: a respondent reads those of its own part of its assessment, a member those of its organisation once they
 * were submitted; the download is recorded. Throws AppError 404 for anything else, 409 `wrong_state` to the respondent of a
 * withdrawn request, 409 `not_submitted` to a member, 409 `in_quarantine`, 410 `infected_file`.
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
    if (reader.kind === 'member') requireSubmitted(found, outline);
    requireReadable(found);
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

/** Until the vendor submits, what it attaches is a draft; the same holds for files added after the answers were returned. */
function requireSubmitted({ uploadedAt }: EvidenceFile, { submittedAt }: Pick<Outline, 'submittedAt'>): void {
  if (!submittedAt || uploadedAt > submittedAt) throw notSubmittedYet();
}

function requireReadable(file: EvidenceFile): void {
  if (file.scanState === 'infected') throw infectedFile();
  if (!isReadable(file)) throw inQuarantine();
}
