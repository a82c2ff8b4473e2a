import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { readAssessment } from '../assessments/assessment-state.usecases.ts';
import { type Comparison, readComparison } from './compare-rounds.usecases.ts';
import { listSubmissions, type Submission } from './list-submissions.usecases.ts';

/** Every submission of an assessment, none before the first. AppError 404. */
export function readSubmissions(
  services: Services,
  { organisationId }: MemberPrincipal,
  id: string,
): Promise<Submission[]> {
  return services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await readAssessment(db, organisationId, id);
    return assessment.submittedAt ? listSubmissions(db, assessment) : [];
  });
}

/** What was handed in in one round beside the round before. AppError 404, also for a round that was not handed in. */
export function readRound(
  services: Services,
  { organisationId }: MemberPrincipal,
  id: string,
  round: number,
): Promise<Comparison> {
  return services.database.inOrganisation(organisationId, async (db) =>
    readComparison(db, await readAssessment(db, organisationId, id), round),
  );
}
