import type { Transaction } from '../../../db/client.ts';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { type Action, permissionOf, roleMay } from '../../domain/assessment/permissions.ts';
import { type AssessmentState, stateOn } from '../../domain/assessment/states.ts';
import type { CompiledQuestionnaire } from '../../domain/questionnaire/compile.ts';
import { ownQuestions } from '../../domain/questionnaire/own-questions.ts';
import type { MemberPrincipal, Principal, RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { type Assessment, readAssessment, requireAllowed } from '../assessments/assessment-state.usecases.ts';
import { type Parties, readParties } from '../assessments/parties.ts';
import { compiledSnapshot, snapshotFor } from '../assessments/snapshot.ts';
import { listMessages } from '../assessments/vendor-words.store.ts';
import { noteOf, type Thread, type ThreadNote, threadsOf } from './threads.ts';

/** The threads of one assessment with what a page says around them. */
export type Threads = {
  assessment: Assessment;
  state: AssessmentState;
  parties: Parties;
  compiled: CompiledQuestionnaire;
  /** Questions the reader may ask about, in file order. */
  own: ReadonlySet<string>;
  threads: Thread[];
  may(action: Action): boolean;
};

/** What one person at the vendor may read: a colleague with a part of the questions reads the threads of that part. */
export function readOwnThreads(services: Services, respondent: RespondentPrincipal): Promise<Threads> {
  return services.database.inOrganisation(respondent.organisationId, async (db) => {
    const { scope, assessmentId } = respondent;
    const read = await readAll(services, db, respondent, assessmentId);
    requireAllowed('respond.view', read.assessment, services.clock.now());
    const own = ownQuestions(read.compiled, scope);
    const isOwn = (questionId: string | null) => (questionId === null ? scope === null : own.has(questionId));
    return { ...read, own, threads: read.threads.filter(({ questionId }) => isOwn(questionId)) };
  });
}

/** All threads of a sent assessment, for the customer; a draft has none. */
export function readThreads(services: Services, member: MemberPrincipal, id: string): Promise<Threads> {
  return services.database.inOrganisation(member.organisationId, async (db) => {
    const read = await readAll(services, db, member, id);
    return { ...read, own: ownQuestions(read.compiled, null) };
  });
}

async function readAll(services: Services, db: Transaction, { organisationId, role }: Principal, id: string) {
  const assessment = await readAssessment(db, organisationId, id);
  const state = stateOn(assessment, tokyoDate(services.clock.now()));
  const [parties, rows] = await Promise.all([
    readParties(db, organisationId, id),
    listMessages(db, organisationId, id),
  ]);
  const compiled = state === 'draft' ? draftOf(services, assessment) : compiledSnapshot(assessment);
  const threads = threadsOf(
    rows,
    compiled.questions.map(({ question }) => question.id),
    assessment.contactEmail,
  );
  const may = (action: Action) => roleMay(role, action) && (permissionOf(action).states?.includes(state) ?? true);
  return { assessment, state, parties, compiled, threads, may };
}

function draftOf({ questionnaires }: Services, { questionnaireId, questionnaireVersion }: Assessment) {
  return questionnaires.get(questionnaireId, questionnaireVersion).compiled;
}

/** What the section page says at each question that has a thread. */
export async function readThreadNotes(
  db: Transaction,
  assessment: Pick<Assessment, 'organisationId' | 'id' | 'questionnaireHash' | 'contactEmail'>,
): Promise<ReadonlyMap<string, ThreadNote>> {
  const rows = await listMessages(db, assessment.organisationId, assessment.id);
  const compiled = await snapshotFor(db, assessment);
  const threads = threadsOf(
    rows,
    compiled.questions.map(({ question }) => question.id),
    assessment.contactEmail,
  );
  return new Map(threads.flatMap((thread) => (thread.questionId ? [[thread.questionId, noteOf(thread)]] : [])));
}
