import { randomUUID } from 'node:crypto';
import type { Transaction } from '../../../db/client.ts';
import type { Locale } from '../../adapters/template-helpers.ts';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { evaluate } from '../../domain/scoring/evaluate.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { collectAnswers, collectGiven } from '../answers/answers.usecases.ts';
import {
  type Assessment,
  lockAssessment,
  moveAssessment,
  requireAllowed,
} from '../assessments/assessment-state.usecases.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { actorOf } from '../audit/audit.store.ts';
import { requireApproved } from '../people/approvals.usecases.ts';
import { recordRound } from '../rounds/record-round.usecases.ts';
import { reopenChangedMarks } from '../rounds/reopen-marks.usecases.ts';
import { readReturnedRound } from '../rounds/returned-round.usecases.ts';
import { type Attestation, requireAttested, requireUnchanged } from './attestation.ts';
import { handingIn } from './handing-in.ts';
import { newReceiptNumber } from './receipt-number.ts';
import { receiptReaders } from './receipt-readers.ts';
import { mailNotice, mailReceipt } from './submission.mails.ts';
import { insertEvaluation } from './submission.store.ts';

/**
 * Hands the answers in, for the first time or again after a return: evaluates them provisionally as of today, seals them with the attestation, gives a
 * receipt number and mails both sides. Throws AppError 400 (attestation), 403 (an approver out of turn), 409 `wrong_state`,
 * `answers_changed`, `approval_needed`.
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
    const compiled = compiledSnapshot(assessment);
    const collected = await collectGiven(db, organisationId, assessmentId);
    const given = handingIn(compiled, collected, await readReturnedRound(db, assessment, compiled));
    const shown = given.shown.map(({ question }) => question.id);
    requireUnchanged(attestation, collected);
    await requireApproved(db, assessment, principal, collected);
    const left = { unanswered: given.missing.length, unchanged: given.round?.unchanged.length ?? 0 };
    requireAttested(attestation, left);
    await reopenChangedMarks(db, assessment, { shown, ...collected }, now);
    await storeEvaluation(db, assessment, now);
    const { name, title } = attestation;
    const receiptNumber = newReceiptNumber();
    const submitted = await moveAssessment(db, assessment, 'submit', {
      actor: actorOf(principal),
      at: now,
      details: { receiptNumber, name, title, round: assessment.round, questions: shown.length, ...left },
      changes: { submittedAt: now, receiptNumber, attestation: sealed(attestation, left.unchanged, now) },
    });
    await recordRound(db, submitted, { shown, ...collected });
    for (const to of await receiptReaders(db, submitted, principal, locale)) {
      await mailReceipt(services, db, { assessment: submitted, collected, to });
    }
    await mailNotice(services, db, { assessment: submitted, collected });
    return receiptNumber;
  });
}

function sealed({ name, title, remark }: Attestation, unchanged: number, now: Date) {
  return { name, title, at: now.toISOString(), ...(unchanged > 0 ? { remark } : {}) };
}

/** With the marks that still stand on what was handed in before. */
async function storeEvaluation(db: Transaction, assessment: Assessment, now: Date) {
  const { effective: answers } = await collectAnswers(db, assessment.organisationId, assessment.id);
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
