import { randomUUID } from 'node:crypto';
import type { Transaction } from '../../../db/client.ts';
import type { Action } from '../../domain/assessment/permissions.ts';
import type { Principal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import {
  type Assessment,
  bumpPages,
  lockAssessment,
  requireAllowed,
} from '../assessments/assessment-state.usecases.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { tooManyMessages } from './messages.input.ts';
import { addMessage, listSince } from './messages.store.ts';
import type { Message } from './threads.ts';

/** Two presses of one button within this time are one wish. */
const SAME_WISH_MS = 60_000;
const HOUR_MS = 60 * 60_000;
/** Messages one person at the vendor may write about one assessment in an hour, and all of them together: each is a mail. */
const HOURLY = 30;
const HOURLY_TOGETHER = 60;

export type NewMessage = Pick<Message, 'kind' | 'questionId' | 'body'> & { details?: Record<string, string> };
type Posting = { db: Transaction; assessment: Assessment; now: Date };

/** Runs `work` on the locked assessment, if the table of permissions allows `action` in its present state. */
export function inAssessment(
  services: Services,
  { organisationId }: Principal,
  assessmentId: string,
  action: Action,
  work: (posting: Posting) => Promise<void>,
): Promise<void> {
  const now = services.clock.now();
  return services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await lockAssessment(db, organisationId, assessmentId);
    requireAllowed(action, assessment, now);
    await work({ db, assessment, now });
  });
}

/** Adds a message; null when it was there already. Throws AppError 429 when the vendor writes too much. */
export async function post(
  { db, assessment, now }: Posting,
  principal: Principal,
  message: NewMessage,
): Promise<Message | null> {
  const { organisationId, id: assessmentId } = assessment;
  const actor = actorOf(principal);
  const row: Message = {
    details: {},
    ...message,
    organisationId,
    assessmentId,
    id: randomUUID(),
    authorKind: principal.kind,
    authorId: principal.kind === 'member' ? principal.memberId : principal.linkId,
    authorName: actor.name,
    at: now,
  };
  const lately = await listSince(db, row, new Date(now.getTime() - HOUR_MS));
  const own = lately.filter(({ authorId }) => authorId === row.authorId);
  if (own.some((earlier) => isSameWish(earlier, row))) return null;
  const fromVendor = lately.filter(({ authorKind }) => authorKind === 'respondent');
  const isTooMuch = own.length >= HOURLY || fromVendor.length >= HOURLY_TOGETHER;
  if (principal.kind === 'respondent' && isTooMuch) throw tooManyMessages();
  await addMessage(db, row);
  await bumpPages(db, organisationId, assessmentId);
  const subject = row.questionId ?? '';
  const action = events[row.kind];
  // The trail names the message; what it says stands in the message alone.
  if (action)
    await recordEvent(db, {
      organisationId,
      assessmentId,
      at: now,
      actor,
      action,
      subject,
      details: { messageId: row.id },
    });
  return row;
}

/** Declining and resuming are moves of the assessment and recorded as such. */
const events: Record<Message['kind'], string | null> = {
  message: 'message.sent',
  settled: 'message.settled',
  unclear: 'question.flagged',
  redirected: 'request.redirected',
  declined: null,
  resumed: null,
};

function isSameWish(earlier: Message, { kind, questionId, body, details, at }: Message): boolean {
  const isFresh = at.getTime() - earlier.at.getTime() < SAME_WISH_MS;
  const isSame = earlier.kind === kind && earlier.questionId === questionId && earlier.body === body;
  return isFresh && isSame && kind !== 'settled' && JSON.stringify(earlier.details) === JSON.stringify(details);
}
