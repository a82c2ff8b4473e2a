import { isInScope } from '../../domain/assessment/scope.ts';
import { notFound } from '../../errors.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { readAssessment, requireAllowed } from '../assessments/assessment-state.usecases.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { listEventsAbout } from '../audit/audit.store.ts';

/** What happened to one answer and its evidence, oldest first. Throws AppError 404 for a question outside this person's part. */
export async function readHistory(
  services: Services,
  { organisationId, assessmentId, scope }: RespondentPrincipal,
  questionId: string,
) {
  return services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await readAssessment(db, organisationId, assessmentId);
    requireAllowed('respond.view', assessment, services.clock.now());
    const compiled = compiledSnapshot(assessment);
    const asked = compiled.byId.get(questionId);
    if (!asked || !isInScope(scope, { sectionId: asked.sectionId, questionId })) throw notFound();
    const events = await listEventsAbout(db, organisationId, assessmentId, questionId);
    return { reference: assessment.reference, compiled, asked, events };
  });
}
