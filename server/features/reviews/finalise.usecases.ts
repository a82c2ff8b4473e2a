import { randomUUID } from 'node:crypto';
import { reportHash } from '../../adapters/report-hash.ts';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { isCalendarDate } from '../../domain/questionnaire/calendar-date.ts';
import type { Evaluation } from '../../domain/scoring/evaluation.ts';
import { conflict, invalidAt } from '../../errors.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { lockAssessment, moveAssessment, requireAllowed } from '../assessments/assessment-state.usecases.ts';
import { actorOf } from '../audit/audit.store.ts';
import { saveEvaluation } from './reviews.store.ts';
import { type AssessmentUnderReview, evaluateNow, readUnderReview } from './reviews.usecases.ts';

/**
 * Settles the assessment: evaluates once, in mode `final`, at `asOf` (評価基準日, YYYY-MM-DD in Asia/Tokyo, not in the
 * future), stores the result and closes the review. `seen`, where given, is the fingerprint of the result that was shown:
 * AppError 409 `result_changed` when a mark has changed it since. AppError 400 for another date, 409 `wrong_state`.
 */
export async function finaliseAssessment(
  services: Services,
  principal: MemberPrincipal,
  assessmentId: string,
  asOf: string,
  seen?: string,
): Promise<Evaluation> {
  const now = services.clock.now();
  requirePast(asOf, tokyoDate(now));
  return services.database.inOrganisation(principal.organisationId, async (db) => {
    const assessment = await lockAssessment(db, principal.organisationId, assessmentId);
    requireAllowed('assessments.finalise', assessment, now);
    const { evaluation } = await evaluateNow(db, assessment, asOf);
    if (seen !== undefined && seen !== fingerprintOf(evaluation)) throw resultChanged();
    const { organisationId } = principal;
    await saveEvaluation(db, { organisationId, id: randomUUID(), assessmentId, result: evaluation, createdAt: now });
    await moveAssessment(db, assessment, 'finalise', {
      actor: actorOf(principal),
      at: now,
      details: { asOf, scorerVersion: evaluation.scorerVersion },
      changes: { finalisedAt: now, finalisedBy: principal.memberId, asOf },
    });
    return evaluation;
  });
}

/** What would be settled at `asOf`, to be looked at before. AppError 409 `wrong_state` when there is nothing to settle. */
export async function previewFinalisation(
  services: Services,
  principal: MemberPrincipal,
  assessmentId: string,
  asOf: string,
): Promise<AssessmentUnderReview> {
  const work = await readUnderReview(services, principal, assessmentId, { asOf });
  requireAllowed('assessments.finalise', work.assessment, services.clock.now());
  return work;
}

/** The same for the same result, whoever computes it. */
export function fingerprintOf(evaluation: Evaluation): string {
  return reportHash(evaluation);
}

/** A real calendar date, YYYY-MM-DD, not after `today`. */
export function isEvaluationDate(text: string, today: string): boolean {
  return isCalendarDate(text) && text <= today;
}

/** Throws AppError 400 at `asOf`. */
export function requirePast(asOf: string, today: string): void {
  if (isEvaluationDate(asOf, today)) return;
  throw invalidAt('asOf', WRONG_DATE);
}

export const WRONG_DATE = {
  ja: '評価基準日は、今日までの日付を 2026-11-21 の形で入力してください。',
  en: 'Give the evaluation date as 2026-11-21, not later than today.',
};

function resultChanged() {
  return conflict('result_changed', {
    ja: 'この画面を開いた後に、証跡の判定が変わりました。現在の結果を確かめてから、もう一度確定してください。',
    en: 'The marks have changed since you opened this page. Look at the present result, then finalise again.',
  });
}
