import type { Transaction } from '../../../db/client.ts';
import { publicHolidays } from '../../adapters/holidays.ts';
import { addDays, tokyoDate } from '../../domain/assessment/calendar.ts';
import { type Awaited, newestStep } from '../../domain/assessment/reminder-schedule.ts';
import { lastOpenDay } from '../../domain/assessment/states.ts';
import type { Holidays } from '../../domain/incident/deadlines.ts';
import { daysBetween } from '../../domain/questionnaire/calendar-date.ts';
import type { Assessment } from './assessment-state.usecases.ts';
import type { RespondentLink } from './links.store.ts';
import { listLastWritten, listOpenLinks, listStamps, type Stamp, stampReminder } from './reminders.store.ts';

type Request = Pick<Assessment, 'id' | 'state' | 'round' | 'dueOn' | 'graceDays'>;

/** A person at the vendor who may be reminded: the contact, or a contributor with a date of their own. */
export type Reminded = {
  link: RespondentLink;
  awaited: Awaited;
  /** Of the steps done, those at which a mail went out. */
  sent: readonly string[];
};

/** A colleague is reminded once after the own date; then it is for the contact to ask. */
const COLLEAGUES_GRACE_DAYS = 7;
/** The days of grace with the longest holidays on either side. */
const LONGEST_SCHEDULE_DAYS = 100;

/** Everybody who may be reminded, by the assessment's id. */
export async function readReminded(
  db: Transaction,
  organisationId: string,
  requests: readonly Request[],
): Promise<ReadonlyMap<string, readonly Reminded[]>> {
  if (requests.length === 0) return new Map();
  const ids = requests.map(({ id }) => id);
  const [links, stamps, written] = await Promise.all([
    listOpenLinks(db, organisationId, ids),
    listStamps(db, organisationId, ids),
    listLastWritten(db, organisationId, ids),
  ]);
  // Looked up, not searched for: an organisation with thousands of requests is looked at every minute.
  const linksOf = Map.groupBy(links, ({ assessmentId }) => assessmentId);
  const stampsOf = Map.groupBy(stamps, ({ linkId }) => linkId);
  const writtenTo = new Map(written.map(({ assessmentId, recipient, at }) => [`${assessmentId} ${recipient}`, at]));
  const remindedOf = (request: Request, link: RespondentLink): Reminded[] => {
    const due = ownDue(request, link);
    if (!due) return [];
    const { state } = request;
    const own = (stampsOf.get(link.id) ?? []).filter(({ round }) => round === request.round);
    const present = own.filter(({ dueOn }) => dueOn === due.dueOn);
    const writtenAt = writtenTo.get(`${request.id} ${link.email}`) ?? null;
    const tally = { done: namesOf(present), count: mailed(own).length, writtenAt };
    return [{ link, awaited: { state, ...due, ...tally }, sent: namesOf(mailed(present)) }];
  };
  return new Map(
    requests.map((request) => [
      request.id,
      (linksOf.get(request.id) ?? []).flatMap((link) => remindedOf(request, link)),
    ]),
  );
}

/** When reminders are switched on late, what should have gone by now stays away: nobody is mailed for the press of a button. */
export async function passOverMissed(
  db: Transaction,
  { organisationId, ...request }: Request & { organisationId: string },
  at: Date,
): Promise<void> {
  for (const { link, awaited } of (await readReminded(db, organisationId, [request])).get(request.id) ?? []) {
    const missed = newestStep(awaited, holidaysAround(tokyoDate(at)), at);
    if (missed)
      await stampReminder(db, stampOf({ organisationId, ...request }, { link, awaited }, missed.name, at, null));
  }
}

/** The row that says that the step is done for that person. */
export function stampOf(
  { organisationId, id, round }: Pick<Assessment, 'organisationId' | 'id' | 'round'>,
  { link, awaited }: Pick<Reminded, 'link' | 'awaited'>,
  step: string,
  at: Date,
  mailId: string | null,
): Stamp {
  return { organisationId, assessmentId: id, round, linkId: link.id, dueOn: awaited.dueOn, step, at, mailId };
}

/** Public holidays of every schedule that begins or ends near that day. */
export function holidaysAround(day: string): Holidays {
  return new Set(publicHolidays(addDays(day, -LONGEST_SCHEDULE_DAYS), addDays(day, LONGEST_SCHEDULE_DAYS)));
}

/** By when somebody is to be done, and how long reminding goes on; null for whoever has no part with a date. */
function ownDue(request: Request, { role, dueOn }: RespondentLink): Pick<Awaited, 'dueOn' | 'graceDays'> | null {
  if (role === 'respondent') return { dueOn: request.dueOn, graceDays: request.graceDays };
  if (role !== 'contributor' || dueOn === null) return null;
  const open = daysBetween(dueOn, lastOpenDay(request));
  return { dueOn, graceDays: Math.max(0, Math.min(COLLEAGUES_GRACE_DAYS, open)) };
}

function mailed(stamps: readonly Stamp[]): Stamp[] {
  return stamps.filter(({ mailId }) => mailId !== null);
}

function namesOf(stamps: readonly Stamp[]): string[] {
  return stamps.map(({ step }) => step);
}
