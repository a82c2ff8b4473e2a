import type { Transaction } from '../../../db/client.ts';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { roleMay } from '../../domain/assessment/permissions.ts';
import { type AssessmentState, isOpen, stateOn } from '../../domain/assessment/states.ts';
import type { CompiledQuestionnaire } from '../../domain/questionnaire/compile.ts';
import { ownQuestions } from '../../domain/questionnaire/own-questions.ts';
import { shownToRespondent } from '../../domain/questionnaire/visibility.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { type CollectedAnswers, collectGiven } from '../answers/answers.usecases.ts';
import {
  type Assessment,
  lockAssessment,
  readAssessment,
  requireAllowed,
} from '../assessments/assessment-state.usecases.ts';
import { type Parties, readParties } from '../assessments/parties.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { decide, type Offers, readOffers } from '../prefills/offers.usecases.ts';

/** What can be reused in one request by one person. `shown` and `own` are question ids. */
export type Reuse = {
  assessment: Assessment;
  state: AssessmentState;
  parties: Parties;
  compiled: CompiledQuestionnaire;
  collected: CollectedAnswers;
  offers: Offers;
  shown: ReadonlySet<string>;
  own: ReadonlySet<string>;
  mayDownload: boolean;
  mayUpload: boolean;
};

/** Throws AppError 404, 409 `wrong_state`. */
export async function readReuse(services: Services, respondent: RespondentPrincipal): Promise<Reuse> {
  const { organisationId, assessmentId } = respondent;
  return services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await readAssessment(db, organisationId, assessmentId);
    requireAllowed('respond.view', assessment, services.clock.now());
    return reuseIn(db, services, respondent, assessment);
  });
}

/** The same within the caller's transaction. */
export async function reuseIn(
  db: Transaction,
  services: Services,
  respondent: RespondentPrincipal,
  assessment: Assessment,
): Promise<Reuse> {
  const { organisationId, id, settings, round } = assessment;
  const compiled = compiledSnapshot(assessment);
  const [parties, collected, offers] = await Promise.all([
    readParties(db, organisationId, id),
    collectGiven(db, organisationId, id),
    readOffers(db, respondent, { compiled, settings, round }),
  ]);
  const state = stateOn(assessment, tokyoDate(services.clock.now()));
  return {
    ...{ assessment, state, parties, compiled, collected, offers },
    shown: shownToRespondent(compiled, collected.answers),
    own: ownQuestions(compiled, respondent.scope),
    mayDownload: roleMay(respondent.role, 'respond.export'),
    mayUpload: roleMay(respondent.role, 'respond.answer') && isOpen(state) && round === 1,
  };
}

/** Brings back every offer this person can decide on that was put aside. */
export async function restoreOffers(services: Services, respondent: RespondentPrincipal): Promise<void> {
  const { organisationId, assessmentId } = respondent;
  const now = services.clock.now();
  await services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await lockAssessment(db, organisationId, assessmentId);
    requireAllowed('respond.answer', assessment, now);
    const offers = await readOffers(db, respondent, { ...assessment, compiled: compiledSnapshot(assessment) });
    for (const offer of offers.values()) {
      if (offer.decision === 'dismissed') await decide(db, respondent, offer, null, now);
    }
  });
}
