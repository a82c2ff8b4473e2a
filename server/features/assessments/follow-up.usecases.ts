import type { Transaction } from '../../../db/client.ts';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import type { Action } from '../../domain/assessment/permissions.ts';
import { paragraphs } from '../../domain/assessment/typed-input.ts';
import { invalid } from '../../errors.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { problem, tooLong } from '../vendors/vendors.input.ts';
import { type Assessment, lockAssessment, moveAssessment, requireAllowed } from './assessment-state.usecases.ts';
import { dueDateProblems } from './assessments.input.ts';
import { changeAssessment } from './assessments.store.ts';
import { closeColleaguesLinks } from './close-links.ts';
import { writeTo } from './correspondence.usecases.ts';
import { findActiveLink } from './links.store.ts';
import { activeLinkAddress, linkAddress } from './links.usecases.ts';
import { hasMailSince } from './mails.store.ts';
import { countReturned } from './returned.store.ts';

/** Two presses of one button within this time are one wish. */
const SAME_WISH_MS = 60_000;

/** Mails a reminder with the same link. */
export function remind(services: Services, principal: MemberPrincipal, id: string): Promise<void> {
  return writeAgain(services, principal, id, 'assessment.reminded', ({ dueOn }) =>
    dueOn < tokyoDate(services.clock.now()) ? 'overdue' : 'reminder',
  );
}

/** Mails the invitation again with the same link, for example after its delivery failed. */
export function resendInvitation(services: Services, principal: MemberPrincipal, id: string): Promise<void> {
  return writeAgain(services, principal, id, 'invitation.resent', () => 'invitation');
}

/** Moves the due date to a later day (YYYY-MM-DD) and tells the contact; an expired assessment is open again. */
export async function extendDueDate(
  services: Services,
  principal: MemberPrincipal,
  id: string,
  dueOn: string | null,
): Promise<void> {
  const now = services.clock.now();
  const problems = dueDateProblems(dueOn, now);
  if (!dueOn || problems.length > 0) throw invalid(mendDueDate, problems);
  await inAssessment(services, principal, id, 'assessments.extend', async (db, before) => {
    if (dueOn <= before.dueOn) throw invalid(mendDueDate, [notLater(before.dueOn)]);
    const assessment = { ...before, dueOn };
    await changeAssessment(db, before, { dueOn });
    const link = await activeLinkAddress(services, db, assessment);
    // Before the mail: the calendar entry in it counts the changes recorded so far.
    await record(services, db, principal, before, 'dueDate.changed', { from: before.dueOn, to: dueOn });
    await writeTo(services, db, principal, assessment, 'due-date-changed', {
      link,
      previousDueOn: before.dueOn,
      returned: await countReturned(db, assessment),
    });
  });
}

/** Calls the request off for good, with a reason that the contact is told. */
export async function revokeAssessment(
  services: Services,
  principal: MemberPrincipal,
  id: string,
  typedReason: string,
): Promise<void> {
  const reason = paragraphs(typedReason);
  const length = [...reason].length;
  if (length === 0) {
    const words = { ja: '取り消す理由を入力してください。', en: 'Give the reason for revoking.' };
    throw invalid(words, [problem('reason', words.ja, words.en)]);
  }
  if (length > 500)
    throw invalid({ ja: '理由を短くしてください。', en: 'Shorten the reason.' }, [tooLong('reason', 500, length)]);
  await inAssessment(services, principal, id, 'assessments.revoke', async (db, before) => {
    const by = { actor: actorOf(principal), at: services.clock.now(), details: { reason } };
    const assessment = await moveAssessment(db, before, 'revoke', by);
    await closeColleaguesLinks(db, before, by.at);
    const link = await findActiveLink(db, before.organisationId, id);
    if (!link) return;
    await writeTo(services, db, principal, assessment, 'revoked', { link: linkAddress(services, link.id), reason });
  });
}

function writeAgain(
  services: Services,
  principal: MemberPrincipal,
  id: string,
  action: string,
  kindFor: (assessment: Assessment) => 'invitation' | 'reminder' | 'overdue',
): Promise<void> {
  return inAssessment(services, principal, id, 'assessments.remind', async (db, assessment) => {
    const since = new Date(services.clock.now().getTime() - SAME_WISH_MS);
    const link = await activeLinkAddress(services, db, assessment);
    const kind = kindFor(assessment);
    if (await hasMailSince(db, assessment.organisationId, id, kind, since)) return;
    await record(services, db, principal, assessment, action);
    await writeTo(services, db, principal, assessment, kind, { link, returned: await countReturned(db, assessment) });
  });
}

function inAssessment(
  services: Services,
  principal: MemberPrincipal,
  id: string,
  action: Action,
  work: (db: Transaction, assessment: Assessment) => Promise<void>,
): Promise<void> {
  return services.database.inOrganisation(principal.organisationId, async (db) => {
    const assessment = await lockAssessment(db, principal.organisationId, id);
    requireAllowed(action, assessment, services.clock.now());
    await work(db, assessment);
  });
}

function record(
  services: Services,
  db: Transaction,
  principal: MemberPrincipal,
  { organisationId, id, contactEmail }: Assessment,
  action: string,
  details: Record<string, unknown> = {},
): Promise<void> {
  const at = services.clock.now();
  const event = { organisationId, assessmentId: id, at, actor: actorOf(principal), action, details };
  return recordEvent(db, { ...event, subject: contactEmail });
}

const mendDueDate = { ja: '提出期限を直してください。', en: 'Correct the due date.' };

function notLater(dueOn: string) {
  return problem(
    'dueOn',
    `今の提出期限（${dueOn}）より後の日付にしてください。`,
    `Choose a day after the present due date (${dueOn}).`,
  );
}
