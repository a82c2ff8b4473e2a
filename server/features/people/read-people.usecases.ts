import type { Standing } from '../../domain/assessment/approvals.ts';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { type AssessmentState, stateOn } from '../../domain/assessment/states.ts';
import type { Answers } from '../../domain/questionnaire/answer.ts';
import type { CompiledQuestionnaire } from '../../domain/questionnaire/compile.ts';
import { notFound } from '../../errors.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { allowedDomains } from '../assessments/allowed-domains.ts';
import { type Assessment, readAssessment, requireAllowed } from '../assessments/assessment-state.usecases.ts';
import { type Parties, readParties } from '../assessments/parties.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { readStanding } from './approval-standing.ts';
import { lastEntries, listPeople, type Person, readState } from './people.store.ts';

/** Everything the pages about colleagues show; only the views decide what leaves. */
export type People = {
  assessment: Assessment;
  state: AssessmentState;
  today: string;
  compiled: CompiledQuestionnaire;
  parties: Parties;
  me: RespondentPrincipal;
  people: readonly Person[];
  entries: ReadonlyMap<string, Date>;
  answers: Answers;
  /** Domains whose addresses may be invited. */
  domains: readonly string[];
  standing: Standing;
};

/** Throws AppError 404, 409 `wrong_state`. */
export async function readPeople(services: Services, principal: RespondentPrincipal): Promise<People> {
  const { organisationId, assessmentId } = principal;
  const now = services.clock.now();
  return services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await readAssessment(db, organisationId, assessmentId);
    requireAllowed('respond.view', assessment, now);
    const [parties, people, entries, state] = await Promise.all([
      readParties(db, organisationId, assessmentId),
      listPeople(db, assessment),
      lastEntries(db, assessment),
      readState(db, assessment),
    ]);
    const answers = state.rows.map(({ questionId, value, naReason }) => [questionId, { value, naReason }] as const);
    return {
      assessment,
      state: stateOn(assessment, tokyoDate(now)),
      today: tokyoDate(now),
      compiled: compiledSnapshot(assessment),
      parties,
      me: principal,
      people,
      entries,
      answers: Object.fromEntries(answers),
      domains: allowedDomains(assessment),
      standing: await readStanding(db, assessment, people, state),
    };
  });
}

/** A colleague whose link is in force; AppError 404 for anybody else. */
export function personIn({ people, me }: People, id: string): Person {
  const person = people.find((one) => one.id === id && one.id !== me.linkId && !one.revokedAt);
  if (!person) throw notFound();
  return person;
}
