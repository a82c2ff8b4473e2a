import type { Standing } from '../../domain/assessment/approvals.ts';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { type AssessmentState, stateOn } from '../../domain/assessment/states.ts';
import type { CompiledQuestionnaire } from '../../domain/questionnaire/compile.ts';
import { ownQuestions } from '../../domain/questionnaire/own-questions.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { type CollectedAnswers, collectGiven } from '../answers/answers.usecases.ts';
import { type Assessment, readAssessment } from '../assessments/assessment-state.usecases.ts';
import { type Parties, readParties } from '../assessments/parties.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { readStanding } from '../people/approval-standing.ts';
import { listPeople, type Person } from '../people/people.store.ts';
import { type Comparison, readComparison } from '../rounds/compare-rounds.usecases.ts';
import { type ReturnedRound, readReturnedRound } from '../rounds/returned-round.usecases.ts';
import { withdrawn } from './withdrawn.ts';

/**
 * What the pages of a respondent are made from. Internal throughout: only the views decide what leaves, and they show nothing of a
 * question that is not in `own`, the person's part.
 */
export type OpenRequest = {
  assessment: Assessment;
  state: AssessmentState;
  parties: Parties;
  compiled: CompiledQuestionnaire;
  collected: CollectedAnswers;
  today: string;
  me: RespondentPrincipal;
  own: ReadonlySet<string>;
  /** Everybody at the vendor who has, or had, a link. */
  people: readonly Person[];
  /** 確認 and 承認 of the answers as they are. */
  standing: Standing;
  /** What has been given back to be answered again; null unless the answers were returned. */
  returned: ReturnedRound | null;
};

/** The one request this session is about, in whatever state it may be read. Throws AppError 410 once it was withdrawn. */
export async function openRequest(services: Services, principal: RespondentPrincipal): Promise<OpenRequest> {
  const { organisationId, assessmentId } = principal;
  const today = tokyoDate(services.clock.now());
  return services.database.inOrganisation(organisationId, async (db) => {
    const [assessment, parties, collected] = await Promise.all([
      readAssessment(db, organisationId, assessmentId),
      readParties(db, organisationId, assessmentId),
      collectGiven(db, organisationId, assessmentId),
    ]);
    const state = stateOn(assessment, today);
    if (state === 'revoked') throw withdrawn();
    const compiled = compiledSnapshot(assessment);
    const own = ownQuestions(compiled, principal.scope);
    const returned = await readReturnedRound(db, assessment, compiled);
    const people = await listPeople(db, assessment);
    const standing = await readStanding(db, assessment, people, collected);
    const about = { assessment, state, parties, compiled, collected, today, own, returned };
    return { ...about, me: principal, people, standing };
  });
}

/** What this person's part of one round was, beside the round before. Throws AppError 404 for a round that was not handed in. */
export async function readOwnRound(
  services: Services,
  principal: RespondentPrincipal,
  round: number,
): Promise<Comparison> {
  const { assessment, own } = await openRequest(services, principal);
  const { organisationId } = principal;
  return services.database.inOrganisation(organisationId, (db) => readComparison(db, assessment, round, own));
}
