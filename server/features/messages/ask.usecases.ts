import { ownQuestions } from '../../domain/questionnaire/own-questions.ts';
import { notFound } from '../../errors.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import type { Assessment } from '../assessments/assessment-state.usecases.ts';
import { hasMailSince } from '../assessments/mails.store.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { tellCustomer } from './customer.mails.ts';
import { acceptedText, MESSAGE_LENGTH, words } from './messages.input.ts';
import { inAssessment, post } from './post.usecases.ts';

/** Who calls ten questions unclear wants to answer the next one, and the customer one mail. */
const QUIET_MS = 60 * 60_000;

/**
 * A question or remark of the vendor about one question, or (`questionId` null) about the request as a whole; the requester is
 * told by mail. Throws AppError 400 at `body`, 404 for a question that is not this person's, 429.
 */
export function ask(
  services: Services,
  respondent: RespondentPrincipal,
  questionId: string | null,
  typed: string,
): Promise<void> {
  const body = acceptedText(typed, 'body', MESSAGE_LENGTH, words.empty);
  return write(services, respondent, { kind: 'message', questionId, body });
}

/** Calls a question unclear, with or without words. A flag without words is mailed at most once an hour. */
export function flagUnclear(
  services: Services,
  respondent: RespondentPrincipal,
  questionId: string,
  typed: string,
): Promise<void> {
  const body = acceptedText(typed, 'body', MESSAGE_LENGTH, null);
  return write(services, respondent, { kind: 'unclear', questionId, body });
}

function write(
  services: Services,
  respondent: RespondentPrincipal,
  message: { kind: 'message' | 'unclear'; questionId: string | null; body: string },
): Promise<void> {
  return inAssessment(services, respondent, respondent.assessmentId, 'respond.message', async (posting) => {
    const { db, assessment, now } = posting;
    requireOwnThread(assessment, respondent, message.questionId);
    const added = await post(posting, respondent, message);
    if (!added) return;
    const since = new Date(now.getTime() - QUIET_MS);
    const { organisationId, id } = assessment;
    if (message.body === '' && (await hasMailSince(db, organisationId, id, 'vendor-message', since))) return;
    await tellCustomer(services, db, assessment, added);
  });
}

/** A colleague with a part of the questions has no part in the thread about the whole. */
function requireOwnThread(assessment: Assessment, { scope }: RespondentPrincipal, questionId: string | null): void {
  const isOwn =
    questionId === null ? scope === null : ownQuestions(compiledSnapshot(assessment), scope).has(questionId);
  if (!isOwn) throw notFound();
}
