import type { Transaction } from '../../../db/client.ts';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import type { ReminderStep } from '../../domain/assessment/reminder-schedule.ts';
import type { Services } from '../../services.ts';
import type { Assessment } from '../assessments/assessment-state.usecases.ts';
import type { Reminded } from '../assessments/reminders.ts';
import { recordEvent, systemActor } from '../audit/audit.store.ts';
import { inForce } from '../people/as-owner.ts';
import { mailAllowed } from '../people/people.limits.ts';
import { mailReminder } from '../people/people.mails.ts';
import { listPeople } from '../people/people.store.ts';
import { readOpenPart } from './open-part.ts';

/**
 * Reminds a contributor of the own part, on behalf of whoever coordinates the answers. Resolves to the id of the mail; null when
 * the part is done, nobody coordinates, or the day's limit of mails to colleagues is reached.
 */
export async function remindColleague(
  services: Services,
  db: Transaction,
  assessment: Assessment,
  { link, awaited }: Reminded,
  step: ReminderStep,
): Promise<string | null> {
  const now = services.clock.now();
  const people = await listPeople(db, assessment);
  const [me] = inForce(people, 'respondent');
  const { open, applicable } = await readOpenPart(db, assessment, link.scope);
  if (!me || open === 0) return null;
  const change = { db, assessment, people, me, now };
  if (!(await mailAllowed(change, link.email))) return null;
  await recordEvent(db, {
    ...{ organisationId: assessment.organisationId, assessmentId: assessment.id, at: now, actor: systemActor },
    ...{ action: 'people.autoReminded', subject: link.name },
    details: { email: link.email, step: step.name, on: tokyoDate(now), dueOn: awaited.dueOn },
  });
  return mailReminder(services, change, link, {
    ...{ dueOn: awaited.dueOn, isLate: step.kind === 'overdue' },
    ...{ open, applicable, isReturned: assessment.state === 'returned' },
  });
}
