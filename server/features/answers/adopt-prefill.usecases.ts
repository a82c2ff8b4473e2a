import type { Transaction } from '../../../db/client.ts';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { notFound } from '../../errors.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { lockAssessment, requireAllowed } from '../assessments/assessment-state.usecases.ts';
import { snapshotFor } from '../assessments/snapshot.ts';
import { decide, type Prefill, readOffers } from '../prefills/offers.usecases.ts';
import type { AnswerInput } from './answer-input.ts';
import { listAnswers, type Outline, readOutline } from './answers.store.ts';
import { type SavedAnswer, saveAnswerIn } from './save-answer.usecases.ts';

/**
 * Makes an answer of what is offered, as a save based on `revision`, because a person said so. Throws AppError 404 when nothing is
 * offered to this person, and whatever saving an answer throws.
 */
export async function adoptPrefill(
  services: Services,
  respondent: RespondentPrincipal,
  questionId: string,
  revision: number,
): Promise<SavedAnswer> {
  const now = services.clock.now();
  return services.database.inOrganisation(respondent.organisationId, async (db) => {
    const { outline, offer } = await readOffer(db, respondent, questionId);
    const input = { revision, ...contentOf(offer, outline, tokyoDate(now)) };
    const saved = await saveAnswerIn(db, respondent, questionId, input, now);
    await decide(db, respondent, offer, 'adopted', now);
    return saved;
  });
}

/**
 * Puts an offer aside; the answer stays as it is. Throws AppError 404 when nothing is offered, or when it became the answer: where
 * an answer comes from is no longer for the vendor to say. 409 `wrong_state`.
 */
export async function dismissPrefill(
  services: Services,
  respondent: RespondentPrincipal,
  questionId: string,
): Promise<void> {
  const now = services.clock.now();
  const { organisationId, assessmentId } = respondent;
  await services.database.inOrganisation(organisationId, async (db) => {
    requireAllowed('respond.answer', await lockAssessment(db, organisationId, assessmentId), now);
    const { offer } = await readOffer(db, respondent, questionId);
    const rows = await listAnswers(db, organisationId, assessmentId);
    const isAnswered = rows.some((row) => row.questionId === questionId && row.value !== null);
    if (offer.decision === 'adopted' && isAnswered) throw notFound();
    await decide(db, respondent, offer, 'dismissed', now);
  });
}

async function readOffer(db: Transaction, respondent: RespondentPrincipal, questionId: string) {
  const outline = await readOutline(db, respondent.organisationId, respondent.assessmentId);
  if (!outline) throw notFound();
  const compiled = await snapshotFor(db, outline);
  const offers = await readOffers(db, respondent, { ...outline, compiled });
  const offer = offers.get(questionId);
  if (!offer) throw notFound();
  return { outline, offer };
}

/** A comment written here is kept where the offer brings none; a plan counts only while its day lies ahead. */
function contentOf(
  { value, naReason, comment, withheld, plan, conditional, source }: Prefill,
  { settings }: Outline,
  today: string,
): Omit<AnswerInput, 'revision'> {
  return {
    value,
    naReason,
    withheld,
    conditional,
    ...(comment === '' ? {} : { comment }),
    plan: plan && settings.plans && plan.by > today ? plan : null,
    source: source.kind === 'previous' ? 'prefill' : 'master',
  };
}
