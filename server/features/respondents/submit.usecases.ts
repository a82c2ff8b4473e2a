import { randomUUID } from 'node:crypto';
import type { Transaction } from '../../../db/client.ts';
import type { Locale } from '../../adapters/template-helpers.ts';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { evaluate } from '../../domain/scoring/evaluate.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { type CollectedAnswers, collectAnswers } from '../answers/answers.usecases.ts';
import {
  type Assessment,
  lockAssessment,
  moveAssessment,
  requireAllowed,
} from '../assessments/assessment-state.usecases.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { actorOf } from '../audit/audit.store.ts';
import { recordRound } from '../rounds/record-round.usecases.ts';
import { type Attestation, requireAttested, requireUnchanged } from './attestation.ts';
import { openQuestions } from './open-questions.ts';
import { newReceiptNumber } from './receipt-number.ts';
import { mailNotice, mailReceipt } from './submission.mails.ts';
import { insertEvaluation } from './submission.store.ts';

/**
 * Hands the answers in, once and for all: evaluates them provisionally as of today, seals them with the attestation, gives a
 * receipt number and mails both sides. Throws AppError 400 (attestation), 409 `wrong_state`, `answers_changed`.
 */
export async function submitAnswers(
  services: Services,
  principal: RespondentPrincipal,
  attestation: Attestation,
  locale: Locale,
): Promise<string> {
  const { organisationId, assessmentId } = principal;
  const now = services.clock.now();
  return services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await lockAssessment(db, organisationId, assessmentId);
    requireAllowed('respond.submit', assessment, now);
    const collected = await collectAnswers(db, organisationId, assessmentId);
    const { shown, unanswered } = openQuestions(compiledSnapshot(assessment), collected.answers);
    requireUnchanged(attestation, collected);
    requireAttested(attestation, unanswered.length);
    await storeEvaluation(db, assessment, collected, now);
    const { name, title } = attestation;
    const receiptNumber = newReceiptNumber();
    const submitted = await moveAssessment(db, assessment, 'submit', {
      actor: actorOf(principal),
      at: now,
      details: { receiptNumber, name, title, questions: shown.length, unanswered: unanswered.length },
      changes: { submittedAt: now, receiptNumber, attestation: { name, title, at: now.toISOString() } },
    });
    await recordRound(db, submitted, { shown: shown.map(({ question }) => question.id), ...collected });
    await mailReceipt(services, db, { assessment: submitted, collected, principal, locale });
    await mailNotice(services, db, { assessment: submitted, collected });
    return receiptNumber;
  });
}

async function storeEvaluation(db: Transaction, assessment: Assessment, { answers }: CollectedAnswers, now: Date) {
  const context = { customerIsEntrustee: assessment.customerIsEntrustee };
  const asOf = tokyoDate(now);
  await insertEvaluation(db, {
    organisationId: assessment.organisationId,
    id: randomUUID(),
    assessmentId: assessment.id,
    result: evaluate(compiledSnapshot(assessment), { asOf, mode: 'provisional', context, answers }),
    createdAt: now,
  });
}
