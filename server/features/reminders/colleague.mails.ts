import type { Transaction } from '../../../db/client.ts';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import type { ReminderStep } from '../../domain/assessment/reminder-schedule.ts';
import { ownQuestions, within } from '../../domain/questionnaire/own-questions.ts';
import { responded, shownToRespondent } from '../../domain/questionnaire/visibility.ts';
import type { Services } from '../../services.ts';
import type { Assessment } from '../assessments/assessment-state.usecases.ts';
import type { Reminded } from '../assessments/reminders.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { recordEvent, systemActor } from '../audit/audit.store.ts';
import { inForce } from '../people/as-owner.ts';
import { mailAllowed } from '../people/people.limits.ts';
import { mailReminder } from '../people/people.mails.ts';
import { listPeople, type Person, readState } from '../people/people.store.ts';

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
  const { open, applicable } = await partOf(db, assessment, link);
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
    ...{ open, applicable },
  });
}

/** Questions of that person's part which are shown, and those of them without an answer. */
async function partOf(db: Transaction, assessment: Assessment, { scope }: Person) {
  const compiled = compiledSnapshot(assessment);
  const { rows } = await readState(db, assessment);
  const answers = Object.fromEntries(rows.map(({ questionId, value, naReason }) => [questionId, { value, naReason }]));
  const shown = within(ownQuestions(compiled, scope), shownToRespondent(compiled, answers));
  const part = compiled.questions.filter(({ question }) => shown.has(question.id));
  const open = part.filter((one) => !responded(one, answers[one.question.id])).length;
  return { open, applicable: part.length };
}
