import type { Transaction } from '../../../db/client.ts';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import type { Scope } from '../../domain/assessment/scope.ts';
import { stateOn } from '../../domain/assessment/states.ts';
import type { AnswerSheet, QuestionSheet } from '../../domain/sheets/sheets.ts';
import { notFound } from '../../errors.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { listAnswers, listEvidence } from '../answers/answers.store.ts';
import { collected } from '../answers/collected.ts';
import { handedInRows, listHandedInFiles } from '../answers/handed-in.ts';
import { stillInvited } from '../answers/still-invited.ts';
import { type Assessment, readAssessment, requireAllowed } from '../assessments/assessment-state.usecases.ts';
import { readParties } from '../assessments/parties.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { listPeople } from '../people/people.store.ts';
import { listRounds, type Round } from '../rounds/rounds.store.ts';
import { answerSheet, submissionOf } from './answer-sheet.views.ts';
import { questionSheet } from './question-sheet.views.ts';

/**
 * The person's part of the answers: a copy of what was handed in, in `round` where given, else last; a draft as long as nothing was
 * handed in, or not again. The download is recorded. Throws AppError 404 for a round that was not handed in, 409 `wrong_state`, 401
 * for whoever was shut out while waiting.
 */
export function readAnswerSheet(
  services: Services,
  respondent: RespondentPrincipal,
  round?: number,
): Promise<AnswerSheet> {
  const { organisationId, assessmentId } = respondent;
  const at = services.clock.now();
  return services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await readAssessment(db, organisationId, assessmentId);
    requireAllowed('respond.print', assessment, at);
    const { scope } = await stillInvited(db, respondent);
    const isHandedIn = ['submitted', 'finalised'].includes(stateOn(assessment, tokyoDate(at)));
    const sheet = await sheetOf(db, assessment, {
      ...{ scope, name: respondent.name, at },
      round: round ?? (isHandedIn ? assessment.round : null),
    });
    const event = { organisationId, assessmentId, at, actor: actorOf(respondent) };
    await recordEvent(db, { ...event, action: 'answerSheet.downloaded', details: { round: sheet.submission?.round } });
    return sheet;
  });
}

/** The copy of a whole submission, for the mail that says it has arrived. */
export function readSubmittedSheet(
  services: Services,
  organisationId: string,
  { assessmentId, round }: { assessmentId: string; round: number },
): Promise<AnswerSheet> {
  return services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await readAssessment(db, organisationId, assessmentId);
    return sheetOf(db, assessment, { scope: null, name: '', at: services.clock.now(), round });
  });
}

/** All questions of the person's part. Throws AppError 409 `wrong_state`, 401 for whoever was shut out while waiting. */
export function readQuestionSheet(services: Services, respondent: RespondentPrincipal): Promise<QuestionSheet> {
  const { organisationId, assessmentId, name, linkId } = respondent;
  const madeAt = services.clock.now();
  return services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await readAssessment(db, organisationId, assessmentId);
    requireAllowed('respond.print', assessment, madeAt);
    const { scope } = await stillInvited(db, respondent);
    const parties = await readParties(db, organisationId, assessmentId);
    const own = (await listPeople(db, assessment)).find(({ id }) => id === linkId);
    const dueOn = own?.dueOn ?? assessment.dueOn;
    return questionSheet({ compiled: compiledSnapshot(assessment), parties, scope, name, dueOn, madeAt });
  });
}

type Wanted = { scope: Scope; name: string; at: Date; round: number | null };

async function sheetOf(
  db: Transaction,
  assessment: Assessment,
  { scope, name, at, round }: Wanted,
): Promise<AnswerSheet> {
  const { organisationId, id } = assessment;
  const rounds = await listRounds(db, organisationId, id);
  const kept = rounds.find((one) => one.round === round);
  const submission = kept ?? (round === assessment.round ? inHand(assessment) : null);
  if (round !== null && !submission) throw notFound();
  return answerSheet({
    compiled: compiledSnapshot(assessment),
    parties: await readParties(db, organisationId, id),
    ...{ scope, name, madeAt: at },
    given: kept ? await givenIn(db, kept) : await givenNow(db, assessment),
    submission: submission && submissionOf(submission),
    rounds: rounds.filter((one) => round === null || one.round <= round),
    asOf: tokyoDate(submission?.submittedAt ?? at),
  });
}

/** What was handed in before rounds were kept: nothing can have changed since. */
function inHand({ state, round, receiptNumber, submittedAt, attestation }: Assessment) {
  if (state !== 'submitted' && state !== 'finalised') return null;
  return receiptNumber && submittedAt && attestation ? { round, receiptNumber, submittedAt, attestation } : null;
}

async function givenNow(db: Transaction, { organisationId, id }: Assessment) {
  const rows = await listAnswers(db, organisationId, id);
  const files = await listEvidence(db, organisationId, id);
  return { rows, files, answers: collected(rows, files, []) };
}

/** As it was handed in, whatever has become of it since. */
async function givenIn(db: Transaction, { organisationId, assessmentId, answers }: Round) {
  const rows = handedInRows({ organisationId, assessmentId }, answers);
  const files = await listHandedInFiles(db, organisationId, assessmentId, answers);
  return { rows, files, answers: collected(rows, files, []) };
}
