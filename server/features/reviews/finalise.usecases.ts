import { randomUUID } from 'node:crypto';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { isCalendarDate } from '../../domain/questionnaire/calendar-date.ts';
import type { Evaluation } from '../../domain/scoring/evaluation.ts';
import { invalid } from '../../errors.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { lockAssessment, moveAssessment, requireAllowed } from '../assessments/assessment-state.usecases.ts';
import { actorOf } from '../audit/audit.store.ts';
import { saveEvaluation } from './reviews.store.ts';
import { evaluateNow } from './reviews.usecases.ts';

/**
 * Settles the assessment: evaluates once, in mode `final`, at `asOf` (評価基準日, YYYY-MM-DD in Asia/Tokyo, not in the
 * future), stores the result and closes the review.
 */
export async function finaliseAssessment(
  services: Services,
  principal: MemberPrincipal,
  assessmentId: string,
  asOf: string,
): Promise<Evaluation> {
  const now = services.clock.now();
  requirePast(asOf, tokyoDate(now));
  return services.database.inOrganisation(principal.organisationId, async (db) => {
    const assessment = await lockAssessment(db, principal.organisationId, assessmentId);
    requireAllowed('assessments.finalise', assessment, now);
    const { evaluation } = await evaluateNow(db, assessment, asOf, 'final');
    await saveEvaluation(db, {
      organisationId: principal.organisationId,
      id: randomUUID(),
      assessmentId,
      result: evaluation,
      createdAt: now,
    });
    await moveAssessment(db, assessment, 'finalise', {
      actor: actorOf(principal),
      at: now,
      details: { asOf, scorerVersion: evaluation.scorerVersion },
      changes: { finalisedAt: now, finalisedBy: principal.memberId, asOf },
    });
    return evaluation;
  });
}

function requirePast(asOf: string, today: string): void {
  if (isEvaluationDate(asOf, today)) return;
  const message = {
    ja: '評価基準日は、今日までの日付を 2026-11-21 の形で入力してください。',
    en: 'Give the evaluation date as 2026-11-21, not later than today.',
  };
  throw invalid(message, [{ path: 'asOf', message }]);
}

/** A real calendar date, YYYY-MM-DD, not after `today`. */
export function isEvaluationDate(text: string, today: string): boolean {
  return isCalendarDate(text) && text <= today;
}
