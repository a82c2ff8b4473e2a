import type { Transaction } from '../../../db/client.ts';
import { notFound } from '../../errors.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { collectAnswers } from '../answers/answers.usecases.ts';
import { lockAssessment, requireAllowed } from '../assessments/assessment-state.usecases.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { type ReviewInput, requireSameRound, requireSensible, requireUnchanged } from './review-rules.ts';
import { saveReview } from './reviews.store.ts';
import { canBeRead, counting, isOpen, reviewSubjects, type Subject } from './subjects.ts';

/**
 * Marks the evidence of one subject, refuses its N/A, or leaves a remark. AppError 404 for a subject the assessment has not,
 * 400 for a mark that makes no sense, 409 `review_changed` or `wrong_state`.
 */
export async function recordReview(
  services: Services,
  principal: MemberPrincipal,
  assessmentId: string,
  subjectId: string,
  input: ReviewInput,
): Promise<void> {
  await inReview(services, principal, assessmentId, async (db, { subjects, round }) => {
    const subject = subjects.find(({ id }) => id === subjectId);
    if (!subject) throw notFound();
    requireSensible(input, subject);
    requireSameRound(input, round);
    requireUnchanged(input, subject);
    await saveAndRecord(db, services, principal, assessmentId, subject, input);
  });
}

/** Marks every file of one section that nobody has judged as verified, in one transaction. Resolves to how many. */
export async function verifyAttached(
  services: Services,
  principal: MemberPrincipal,
  assessmentId: string,
  sectionId: string,
): Promise<number> {
  return inReview(services, principal, assessmentId, async (db, { subjects, sectionIds }) => {
    if (!sectionIds.includes(sectionId)) throw notFound();
    const open = subjects.filter((one) => one.sectionId === sectionId && isOpen(one) && canBeRead(one));
    for (const subject of open) {
      const { naRejected = false, reason = '', remark = '' } = subject.review ?? {};
      const input = { evidence: 'verified' as const, naRejected, reason, remark };
      await saveAndRecord(db, services, principal, assessmentId, subject, input);
    }
    return open.length;
  });
}

/** `conditional` are the questions whose answer carries a condition. */
type UnderReview = {
  round: number;
  subjects: readonly Subject[];
  sectionIds: readonly string[];
  conditional: ReadonlySet<string>;
};

/** The lock makes marks and finalisation wait for each other, so that nothing is marked after the result is settled. */
export function inReview<T>(
  services: Services,
  { organisationId }: MemberPrincipal,
  assessmentId: string,
  work: (db: Transaction, review: UnderReview) => Promise<T>,
): Promise<T> {
  return services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await lockAssessment(db, organisationId, assessmentId);
    requireAllowed('assessments.review', assessment, services.clock.now());
    const compiled = compiledSnapshot(assessment);
    const collected = await collectAnswers(db, organisationId, assessmentId);
    const sectionIds = compiled.questionnaire.sections.map(({ id }) => id);
    const conditional = collected.rows.filter((row) => row.conditional).map(({ questionId }) => questionId);
    const subjects = reviewSubjects(compiled, counting(collected));
    return work(db, { round: assessment.round, subjects, sectionIds, conditional: new Set(conditional) });
  });
}

async function saveAndRecord(
  db: Transaction,
  services: Services,
  principal: MemberPrincipal,
  assessmentId: string,
  subject: Subject,
  input: ReviewInput,
): Promise<void> {
  const at = services.clock.now();
  const { organisationId } = principal;
  await saveReview(db, {
    organisationId,
    assessmentId,
    subject: subject.id,
    evidenceState: input.evidence === 'open' ? null : input.evidence,
    naRejected: input.naRejected,
    reason: input.reason,
    remark: input.remark,
    conditionHolds: subject.review?.conditionHolds ?? null,
    conditionReason: subject.review?.conditionReason ?? '',
    reviewedBy: principal.memberId,
    reviewedAt: at,
  });
  const event = { organisationId, assessmentId, at, actor: actorOf(principal), subject: subject.id };
  const details = { reason: input.reason };
  for (const action of eventsOf(input, subject)) await recordEvent(db, { ...event, action, details });
}

/** What the mark changed; one that changes neither evidence nor N/A is a remark. */
function eventsOf({ evidence, naRejected }: ReviewInput, { review }: Subject): string[] {
  const before = review?.evidenceState ?? 'open';
  const events = [
    ...(evidence === before ? [] : [evidence === 'open' ? 'evidence.reopened' : `evidence.${evidence}`]),
    ...(naRejected === (review?.naRejected ?? false) ? [] : [naRejected ? 'na.rejected' : 'na.accepted']),
  ];
  return events.length > 0 ? events : ['review.remarked'];
}
