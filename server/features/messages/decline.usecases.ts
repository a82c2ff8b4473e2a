import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { moveAssessment } from '../assessments/assessment-state.usecases.ts';
import { actorOf } from '../audit/audit.store.ts';
import { tellCustomer } from './customer.mails.ts';
import { acceptedRedirection, acceptedText, REASON_LENGTH, type Redirection, words } from './messages.input.ts';
import { inAssessment, post } from './post.usecases.ts';

/** Says that the vendor will not answer, and why. The customer may ask to go on. Throws AppError 400 at `reason`. */
export function decline(services: Services, respondent: RespondentPrincipal, typed: string): Promise<void> {
  const body = acceptedText(typed, 'reason', REASON_LENGTH, words.noReason);
  return inAssessment(services, respondent, respondent.assessmentId, 'respond.decline', async (posting) => {
    const { db, assessment, now } = posting;
    const message = await post(posting, respondent, { kind: 'declined', questionId: null, body });
    if (!message) return;
    const details = { messageId: message.id };
    const declined = await moveAssessment(db, assessment, 'decline', { actor: actorOf(respondent), at: now, details });
    await tellCustomer(services, db, declined, message);
  });
}

/** Names somebody else at the vendor who should be asked; the customer decides. Throws AppError 400 at name, email, remark. */
export function redirect(services: Services, respondent: RespondentPrincipal, typed: Redirection): Promise<void> {
  const { name, email, remark } = acceptedRedirection(typed);
  return inAssessment(services, respondent, respondent.assessmentId, 'respond.decline', async (posting) => {
    const details = { name, email };
    const message = await post(posting, respondent, { kind: 'redirected', questionId: null, body: remark, details });
    if (message) await tellCustomer(services, posting.db, posting.assessment, message);
  });
}
