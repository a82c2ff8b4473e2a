import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { dueReminder, isReminderHour } from '../../domain/assessment/reminder-schedule.ts';
import type { Holidays } from '../../domain/incident/deadlines.ts';
import type { Services } from '../../services.ts';
import { listOrganisations } from '../accounts/organisations.usecases.ts';
import { listRemindable } from '../assessments/reminders.store.ts';
import { holidaysAround, readReminded } from '../assessments/reminders.ts';
import { remind } from './remind.usecases.ts';

/** Tells a look in progress to end early: what it has not come to yet is due at the next one as well. */
export type Stop = { readonly aborted: boolean };

/**
 * Sends every reminder that is due, of all organisations, and resolves to how many people were reminded. Any number of processes
 * may look at the same time. What fails for one request is logged and tried again at the next look; the others go on.
 */
export async function remindDue(services: Services, stop: Stop = { aborted: false }): Promise<number> {
  const holidays = holidaysAround(tokyoDate(services.clock.now()));
  if (!isReminderHour(services.clock.now(), holidays)) return 0;
  let count = 0;
  for (const organisationId of await listOrganisations(services.database)) {
    if (stop.aborted) break;
    count += await attempt(services, { organisationId }, () => remindIn(services, organisationId, holidays, stop));
  }
  return count;
}

async function remindIn(services: Services, organisationId: string, holidays: Holidays, stop: Stop): Promise<number> {
  let count = 0;
  for (const id of await listDue(services, organisationId, holidays)) {
    if (stop.aborted) break;
    count += await attempt(services, { organisationId, id }, () => remind(services, organisationId, id, holidays));
  }
  return count;
}

/** Requests with somebody to be reminded now, found without a lock; `remind` looks again. */
async function listDue({ clock, database }: Services, organisationId: string, holidays: Holidays): Promise<string[]> {
  const now = clock.now();
  return database.inOrganisation(organisationId, async (db) => {
    const requests = await listRemindable(db, organisationId, tokyoDate(now));
    const reminded = await readReminded(db, organisationId, requests);
    const isDue = ({ id }: { id: string }) =>
      reminded.get(id)?.some(({ awaited }) => dueReminder(awaited, holidays, now) !== null);
    return requests.filter(isDue).map(({ id }) => id);
  });
}

async function attempt({ log }: Services, about: object, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    log.error({ err: error, ...about }, 'reminder failed');
    return 0;
  }
}
