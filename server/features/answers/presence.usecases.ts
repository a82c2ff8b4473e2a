import { isInScope } from '../../domain/assessment/scope.ts';
import { notFound } from '../../errors.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { requireAllowed } from '../assessments/assessment-state.usecases.ts';
import { snapshotFor } from '../assessments/snapshot.ts';
import { readOutline } from './answers.store.ts';
import { listPresent, markAbsent, markPresent, type Present } from './presence.store.ts';

/** Pages tell every 15 s; who has not been heard of for three times that is gone. */
const GONE_AFTER_MS = 45_000;

/**
 * Notes which question this person has open (null: none any more) and resolves to the colleagues who have one open, as far as
 * it is in this person's part. Throws AppError 404 for an unknown question.
 */
export async function tellPresence(
  services: Services,
  respondent: RespondentPrincipal,
  questionId: string | null,
): Promise<Present[]> {
  const { organisationId, assessmentId, linkId, scope } = respondent;
  const seenAt = services.clock.now();
  return services.database.inOrganisation(organisationId, async (db) => {
    const outline = await readOutline(db, organisationId, assessmentId);
    if (!outline) throw notFound();
    requireAllowed('respond.view', outline, seenAt);
    const { byId } = await snapshotFor(db, outline);
    const mayKnow = (id: string) => {
      const asked = byId.get(id);
      return asked !== undefined && isInScope(scope, { sectionId: asked.sectionId, questionId: id });
    };
    const own = { organisationId, assessmentId, linkId };
    if (questionId === null) await markAbsent(db, own);
    else if (mayKnow(questionId)) await markPresent(db, { ...own, questionId, seenAt });
    else throw notFound();
    const others = await listPresent(db, own, new Date(seenAt.getTime() - GONE_AFTER_MS));
    return others.filter((other) => mayKnow(other.questionId));
  });
}
