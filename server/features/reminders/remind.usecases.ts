import type { Transaction } from '../../../db/client.ts';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { dueReminder, type ReminderStep } from '../../domain/assessment/reminder-schedule.ts';
import type { Holidays } from '../../domain/incident/deadlines.ts';
import type { Services } from '../../services.ts';
import { type Assessment, lockAssessment } from '../assessments/assessment-state.usecases.ts';
import { writeTo } from '../assessments/correspondence.usecases.ts';
import { linkAddress } from '../assessments/links.usecases.ts';
import { stampReminder } from '../assessments/reminders.store.ts';
import { type Reminded, readReminded, stampOf } from '../assessments/reminders.ts';
import { countReturned } from '../assessments/returned.store.ts';
import { recordEvent, systemActor } from '../audit/audit.store.ts';
import { remindColleague } from './colleague.mails.ts';
import { tellRequester } from './requester.mails.ts';

/**
 * Reminds whoever is to be reminded about one request now, in one transaction: the mail, the row that says that the step is done,
 * and the trail come together or not at all. Resolves to how many people were reminded.
 */
export async function remind(
  services: Services,
  organisationId: string,
  id: string,
  holidays: Holidays,
): Promise<number> {
  return services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await lockAssessment(db, organisationId, id);
    if (!assessment.settings.reminders) return 0;
    let count = 0;
    for (const person of (await readReminded(db, organisationId, [assessment])).get(id) ?? []) {
      const step = dueReminder(person.awaited, holidays, services.clock.now());
      if (step && (await remindPerson(services, db, assessment, person, step))) count += 1;
    }
    return count;
  });
}

/** Whoever has nothing left to do gets no mail; the step is done all the same. Tells whether a mail goes. */
async function remindPerson(
  services: Services,
  db: Transaction,
  assessment: Assessment,
  person: Reminded,
  step: ReminderStep,
): Promise<boolean> {
  const write = person.link.role === 'respondent' ? remindContact : remindColleague;
  const mailId = await write(services, db, assessment, person, step);
  const isNew = await stampReminder(db, stampOf(assessment, person, step.name, services.clock.now(), mailId));
  // Whoever holds the lock has looked at these rows. Should the key refuse all the same, nothing of this is to stay.
  if (!isNew) throw new Error(`reminders: ${step.name} of ${assessment.id} is done already`);
  return mailId !== null;
}

async function remindContact(
  services: Services,
  db: Transaction,
  assessment: Assessment,
  { link, awaited }: Reminded,
  step: ReminderStep,
): Promise<string> {
  const { organisationId, id } = assessment;
  // Before the mail: the calendar entry in it counts the letters recorded so far.
  await recordEvent(db, {
    ...{ organisationId, assessmentId: id, at: services.clock.now(), actor: systemActor },
    ...{ action: 'assessment.autoReminded', subject: assessment.contactEmail },
    details: { step: step.name, on: tokyoDate(services.clock.now()), dueOn: assessment.dueOn },
  });
  const wasOverdue = awaited.done.some((name) => name.startsWith('D+'));
  if (step.kind === 'overdue' && !wasOverdue) await tellRequester(services, db, assessment);
  return writeTo(services, db, null, assessment, step.kind, {
    link: linkAddress(services, link.id),
    returned: await countReturned(db, assessment),
  });
}
