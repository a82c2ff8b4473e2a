import type { Transaction } from '../../../db/client.ts';
import { invalid, notFound } from '../../errors.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { collectAnswers } from '../answers/answers.usecases.ts';
import { compiledSnapshot } from '../answers/snapshot.ts';
import { type Assessment, lockAssessment, requireAllowed } from '../assessments/assessment-state.usecases.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { type Review, saveReview } from './reviews.store.ts';
import { openSubjects, reviewSubjects } from './subjects.ts';

export type ReviewInput = {
  evidence: 'verified' | 'rejected' | 'open';
  naRejected: boolean;
  /** Why rejected, or how verified without a file. */
  reason: string;
  remark: string;
};

/**
 * Marks the evidence of one subject, or refuses its N/A. Rejecting needs a reason; so does verifying without a file
 * (on-site, by screen sharing or orally: APPI General Guidelines 3-4-4 ※3 allows a reasonable substitute).
 */
export async function recordReview(
  services: Services,
  principal: MemberPrincipal,
  assessmentId: string,
  subject: string,
  input: ReviewInput,
): Promise<void> {
  await services.database.inOrganisation(principal.organisationId, async (db) => {
    const assessment = await lockAssessment(db, principal.organisationId, assessmentId);
    requireAllowed('assessments.review', assessment, services.clock.now());
    const collected = await collectAnswers(db, principal.organisationId, assessmentId);
    if (!reviewSubjects(compiledSnapshot(assessment), collected).has(subject)) throw notFound();
    requireReason(
      input,
      collected.files.some((file) => file.subject === subject),
    );
    await saveAndRecord(db, services, principal, assessment, subject, input);
  });
}

/** Marks every attached and unjudged piece of evidence of one section as verified, in one transaction. */
export async function verifyAttached(
  services: Services,
  principal: MemberPrincipal,
  assessmentId: string,
  sectionId: string,
): Promise<void> {
  await services.database.inOrganisation(principal.organisationId, async (db) => {
    const assessment = await lockAssessment(db, principal.organisationId, assessmentId);
    requireAllowed('assessments.review', assessment, services.clock.now());
    const collected = await collectAnswers(db, principal.organisationId, assessmentId);
    for (const subject of openSubjects(compiledSnapshot(assessment), collected, sectionId)) {
      const before = collected.reviews.find((review) => review.subject === subject);
      await saveAndRecord(db, services, principal, assessment, subject, {
        evidence: 'verified',
        naRejected: before?.naRejected ?? false,
        reason: '',
        remark: before?.remark ?? '',
      });
    }
  });
}

async function saveAndRecord(
  db: Transaction,
  services: Services,
  principal: MemberPrincipal,
  assessment: Assessment,
  subject: string,
  input: ReviewInput,
): Promise<void> {
  const at = services.clock.now();
  const { organisationId } = principal;
  const review: Review = {
    organisationId,
    assessmentId: assessment.id,
    subject,
    evidenceState: input.evidence === 'open' ? null : input.evidence,
    naRejected: input.naRejected,
    reason: input.reason,
    remark: input.remark,
    reviewedBy: principal.memberId,
    reviewedAt: at,
  };
  await saveReview(db, review);
  await recordEvent(db, {
    organisationId,
    assessmentId: assessment.id,
    at,
    actor: actorOf(principal),
    action: eventName(input),
    subject,
    details: { reason: input.reason },
  });
}

function eventName({ evidence, naRejected }: ReviewInput): string {
  if (naRejected) return 'na.rejected';
  return evidence === 'open' ? 'evidence.reopened' : `evidence.${evidence}`;
}

function requireReason(input: ReviewInput, hasFile: boolean): void {
  if (input.reason.trim() !== '') return;
  if (input.evidence === 'rejected' || input.naRejected) {
    throw invalid({ ja: '不採用の理由を入力してください。', en: 'Give the reason for the rejection.' }, [
      { path: 'reason', message: { ja: '理由を入力してください。', en: 'Give a reason.' } },
    ]);
  }
  if (input.evidence === 'verified' && !hasFile) {
    throw invalid(
      {
        ja: '証跡ファイルがないため、確認した方法（実地、画面共有、口頭など）を入力してください。',
        en: 'No file was given, so say how you verified it (on site, shared screen, orally…).',
      },
      [{ path: 'reason', message: { ja: '確認した方法を入力してください。', en: 'Say how it was verified.' } }],
    );
  }
}
