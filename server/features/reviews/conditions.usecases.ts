import { conflict, invalidAt, notFound } from '../../errors.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { inReview } from './record-review.usecases.ts';
import { markedAt, requireLength } from './review-rules.ts';
import { saveReview } from './reviews.store.ts';

/** `holds` null takes the word back. `seen`: moment of the mark that was on the page (ISO 8601, '' for none). */
export type SettlementInput = { holds: boolean | null; reason: string; seen: string };

/**
 * Settles whether the condition of a conditional answer holds for the customer's contract, until the assessment is finalised.
 * AppError 404 where there is no condition, 400 without a reason, 409 `review_changed` or `wrong_state`.
 */
export async function settleCondition(
  services: Services,
  principal: MemberPrincipal,
  assessmentId: string,
  questionId: string,
  { holds, reason, seen }: SettlementInput,
): Promise<void> {
  await inReview(services, principal, assessmentId, async (db, { subjects, conditional }) => {
    const subject = subjects.find(({ id }) => id === questionId);
    if (!subject || !conditional.has(questionId)) throw notFound();
    requireReason(holds, reason);
    const { review } = subject;
    if (seen !== markedAt(review)) throw changed();
    const at = services.clock.now();
    const { organisationId, memberId } = principal;
    const { evidenceState = null, naRejected = false, reason: evidenceReason = '', remark = '' } = review ?? {};
    await saveReview(db, {
      ...{ organisationId, assessmentId, subject: questionId },
      ...{ evidenceState, naRejected, reason: evidenceReason, remark },
      conditionHolds: holds,
      conditionReason: holds === null ? '' : reason,
      reviewedBy: memberId,
      reviewedAt: at,
    });
    const action = holds === null ? 'condition.reopened' : holds ? 'condition.held' : 'condition.notHeld';
    const event = { organisationId, assessmentId, at, actor: actorOf(principal), subject: questionId };
    await recordEvent(db, { ...event, action, details: { reason } });
  });
}

function requireReason(holds: boolean | null, reason: string): void {
  if (holds === null) return;
  if (reason === '') throw invalidAt('reason', WHY);
  requireLength('reason', reason);
}

function changed() {
  return conflict('review_changed', {
    ja: 'この画面を開いた後に、ほかの確認者がこの設問の判定を変更しました。現在の判定を確かめ、よろしければもう一度保存してください。',
    en: 'Somebody else changed a mark of this question after you opened the page. Look at the present mark; to replace it, save once more.',
  });
}

const WHY = {
  ja: '条件を満たすか満たさないかの根拠を入力してください（契約書の該当箇所、契約中のプラン、設定など）。報告書に記載されます。',
  en: 'Say why the condition holds or not (clause of the contract, plan under contract, setting…). It is printed in the report.',
};
