import type { Transaction } from '../../../db/client.ts';
import { paragraphs } from '../../domain/assessment/typed-input.ts';
import { visibility } from '../../domain/questionnaire/visibility.ts';
import { answersOf } from '../../domain/round/submitted.ts';
import { conflict, invalidAt, type Message, notFound } from '../../errors.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { type Assessment, lockAssessment, requireAllowed } from '../assessments/assessment-state.usecases.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { handedIn } from './handed-in.usecases.ts';
import { listReturned, type ReturnedQuestion, removeReturned, saveReturned } from './returns.store.ts';

const LONGEST_REASON = 2_000;

/** Questions marked for the next return. */
export function listFlagged(
  db: Transaction,
  { organisationId, id, round }: Pick<Assessment, 'organisationId' | 'id' | 'round'>,
): Promise<ReturnedQuestion[]> {
  return listReturned(db, { organisationId, assessmentId: id, round: round + 1 });
}

/**
 * Marks a question to be returned to the vendor, or changes the reason, which the vendor will read. `seen`, where given, is when
 * it was marked as far as the page knew (ISO 8601, '' for not at all). AppError 404, 400 without a reason, 409 `flag_changed`
 * or `wrong_state`.
 */
export async function flagQuestion(
  services: Services,
  principal: MemberPrincipal,
  assessmentId: string,
  questionId: string,
  { reason: typed, seen }: { reason: string; seen?: string },
): Promise<void> {
  const reason = paragraphs(typed);
  requireReason(reason);
  await inReview(services, principal, assessmentId, async (db, assessment) => {
    await requireApplies(db, assessment, questionId);
    const [before] = (await listFlagged(db, assessment)).filter((one) => one.questionId === questionId);
    if (seen !== undefined && seen !== flaggedAt(before)) throw flagChanged();
    if (before?.reason === reason) return;
    const { organisationId, round } = assessment;
    const place = { organisationId, assessmentId, round: round + 1 };
    const at = services.clock.now();
    await saveReturned(db, { ...place, questionId, reason, markedBy: principal.memberId, markedAt: at });
    await record(db, services, principal, assessment, 'return.marked', questionId, { round: round + 1, reason });
  });
}

/** Takes the mark away; doing it twice is harmless. */
export async function unflagQuestion(
  services: Services,
  principal: MemberPrincipal,
  assessmentId: string,
  questionId: string,
): Promise<void> {
  await inReview(services, principal, assessmentId, async (db, assessment) => {
    const round = assessment.round + 1;
    const place = { organisationId: assessment.organisationId, assessmentId, round };
    if (!(await removeReturned(db, place, questionId))) return;
    await record(db, services, principal, assessment, 'return.unmarked', questionId, { round });
  });
}

export function flaggedAt(flag: { markedAt: Date } | undefined): string {
  return flag?.markedAt.toISOString() ?? '';
}

function inReview(
  services: Services,
  { organisationId }: MemberPrincipal,
  assessmentId: string,
  work: (db: Transaction, assessment: Assessment) => Promise<void>,
): Promise<void> {
  return services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await lockAssessment(db, organisationId, assessmentId);
    requireAllowed('assessments.review', assessment, services.clock.now());
    await work(db, assessment);
  });
}

/** A question that does not apply cannot be answered again. */
async function requireApplies(db: Transaction, assessment: Assessment, questionId: string): Promise<void> {
  const compiled = compiledSnapshot(assessment);
  if (!compiled.byId.has(questionId)) throw notFound();
  const asked = visibility(compiled, answersOf(await handedIn(db, assessment)));
  if (asked.get(questionId) === 'hidden') throw notFound();
}

function requireReason(reason: string): void {
  const over = [...reason].length - LONGEST_REASON;
  if (reason !== '' && over <= 0) return;
  const message: Message =
    reason === ''
      ? {
          ja: '差し戻す理由を入力してください。委託先が読み、何を直せばよいかの手がかりにします。',
          en: 'Give the reason for the return. The vendor reads it to know what to correct.',
        }
      : {
          ja: `差し戻す理由は${LONGEST_REASON}文字以内で入力してください（${over}文字超過しています）。`,
          en: `Use at most ${LONGEST_REASON} characters for the reason (${over} too many).`,
        };
  throw invalidAt('reason', message);
}

function record(
  db: Transaction,
  services: Services,
  principal: MemberPrincipal,
  { organisationId, id }: Assessment,
  action: string,
  subject: string,
  details: Record<string, unknown>,
): Promise<void> {
  const at = services.clock.now();
  return recordEvent(db, { organisationId, assessmentId: id, at, actor: actorOf(principal), action, subject, details });
}

function flagChanged() {
  return conflict('flag_changed', {
    ja: 'この画面を開いた後に、ほかの確認者がこの設問の差戻しを変更しました。現在の理由を確かめ、よろしければもう一度保存してください。',
    en: 'Somebody else changed the return of this question after you opened the page. Look at the present reason; to replace it, save once more.',
  });
}
