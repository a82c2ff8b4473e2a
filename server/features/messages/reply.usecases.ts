import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { lastOpenDay } from '../../domain/assessment/states.ts';
import { invalid, notFound } from '../../errors.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { type Assessment, moveAssessment } from '../assessments/assessment-state.usecases.ts';
import { dueDateProblems } from '../assessments/assessments.input.ts';
import { writeTo } from '../assessments/correspondence.usecases.ts';
import { activeLinkAddress } from '../assessments/links.usecases.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { listMessages } from '../assessments/vendor-words.store.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { acceptedText, MESSAGE_LENGTH, REASON_LENGTH, words } from './messages.input.ts';
import { inAssessment, post } from './post.usecases.ts';
import { tellVendor } from './vendor.mails.ts';

/** Writes to the vendor in a thread; its owner and whoever asked there are told by mail. Throws AppError 400 at `body`, 404, 409 `no_link`. */
export function reply(
  services: Services,
  member: MemberPrincipal,
  id: string,
  questionId: string | null,
  typed: string,
): Promise<void> {
  return inAssessment(services, member, id, 'messages.write', async (posting) => {
    const { db, assessment } = posting;
    requireQuestion(assessment, questionId);
    await activeLinkAddress(services, db, assessment);
    const body = acceptedText(typed, 'body', MESSAGE_LENGTH, words.empty);
    const earlier = await listMessages(db, assessment.organisationId, id);
    const message = await post(posting, member, { kind: 'message', questionId, body });
    if (message) await tellVendor(services, db, assessment, message, earlier);
  });
}

/** Takes a thread off the list of what waits, without a word to the vendor. The next message opens it again. */
export function settle(
  services: Services,
  member: MemberPrincipal,
  id: string,
  questionId: string | null,
): Promise<void> {
  return inAssessment(services, member, id, 'messages.write', async (posting) => {
    const { db, assessment } = posting;
    const thread = (await listMessages(db, assessment.organisationId, id)).filter(
      (one) => one.questionId === questionId,
    );
    if (thread.length === 0) throw notFound();
    if (thread.at(-1)?.kind !== 'settled') await post(posting, member, { kind: 'settled', questionId, body: '' });
  });
}

/**
 * Asks a vendor that declined to go on, until `dueOn` (YYYY-MM-DD; '' when missing, null when it was not a day): the request is
 * open again and the contact is told. Throws AppError 400 at `dueOn` and `note`.
 */
export function resume(
  services: Services,
  member: MemberPrincipal,
  id: string,
  { note, dueOn }: { note: string; dueOn: string | null },
): Promise<void> {
  return inAssessment(services, member, id, 'assessments.resume', async (posting) => {
    const { db, assessment: before, now } = posting;
    const body = acceptedText(note, 'note', REASON_LENGTH, null);
    const keepsDate = dueOn === before.dueOn && lastOpenDay(before) >= tokyoDate(now);
    const problems = keepsDate ? [] : dueDateProblems(dueOn, now);
    if (!dueOn || problems.length > 0) throw invalid(mendDueDate, problems);
    const message = await post(posting, member, { kind: 'resumed', questionId: null, body });
    if (!message) return;
    const by = { actor: actorOf(member), at: now };
    const details = { messageId: message.id };
    const assessment = await moveAssessment(db, before, 'resume', { ...by, details, changes: { dueOn } });
    if (dueOn !== before.dueOn) {
      const change = { action: 'dueDate.changed', details: { from: before.dueOn, to: dueOn } };
      await recordEvent(db, { organisationId: before.organisationId, assessmentId: id, ...by, ...change });
    }
    const link = await activeLinkAddress(services, db, assessment);
    await writeTo(services, db, member, assessment, 'resumed', { link, note: body });
  });
}

function requireQuestion(assessment: Assessment, questionId: string | null): void {
  if (questionId !== null && !compiledSnapshot(assessment).byId.has(questionId)) throw notFound();
}

const mendDueDate = { ja: '提出期限を直してください。', en: 'Correct the due date.' };
