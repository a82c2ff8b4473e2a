import { comingReminders, type ReminderStep, reminderSteps } from '../../domain/assessment/reminder-schedule.ts';
import { reminderDayWords } from '../../domain/assessment/reminder-words.ts';
import { type AssessmentState, isOpen } from '../../domain/assessment/states.ts';
import type { Localized } from '../../domain/questionnaire/questionnaire.ts';
import type { Assessment } from './assessment-state.usecases.ts';
import { holidaysAround, type Reminded } from './reminders.ts';

/** A step of the schedule as a day: it has gone, will go, or is left out. */
export type StepView = { on: string; words: Localized; isSent: boolean; isComing: boolean };

/**
 * Every step for the contact; none of them comes with reminders switched off. Before the sending: as they would be, were it sent
 * now. `contact` is null when no link is in force: nobody can be reminded then.
 */
export function reminderStepViews(assessment: Assessment, contact: Reminded | null, now: Date): StepView[] {
  const holidays = holidaysAround(assessment.dueOn);
  const coming = nextReminders(assessment, contact, now);
  return reminderSteps(assessment, holidays).map(({ name, on }) => {
    const next = coming.find((one) => one.name === name);
    const day = next?.on ?? on;
    const words = reminderDayWords({ on: day, dueOn: assessment.dueOn });
    return { on: day, words, isSent: contact?.sent.includes(name) ?? false, isComing: next !== undefined };
  });
}

/** What will go to the contact by itself, next first; empty with reminders switched off. */
export function nextReminders(assessment: Assessment, contact: Reminded | null, now: Date): ReminderStep[] {
  return assessment.settings.reminders ? comingSteps(assessment, contact, now) : [];
}

/** The page of one assessment: what goes next, or why nothing does. null where nobody waits for answers. */
export function remindersView(
  { assessment, state }: { assessment: Assessment; state: AssessmentState },
  contact: Reminded | null,
  now: Date,
) {
  if (!isOpen(state) || !contact) return null;
  const [next] = nextReminders(assessment, contact, now);
  return {
    isOn: assessment.settings.reminders,
    next: next ? { on: next.on, words: reminderDayWords({ on: next.on, dueOn: assessment.dueOn }) } : null,
  };
}

function comingSteps(assessment: Assessment, contact: Reminded | null, now: Date): ReminderStep[] {
  const holidays = holidaysAround(assessment.dueOn);
  if (assessment.state !== 'draft') return contact ? comingReminders(contact.awaited, holidays, now) : [];
  const { dueOn, graceDays } = assessment;
  const sentNow = { state: 'sent', dueOn, graceDays, writtenAt: now, done: [], count: 0 } as const;
  return comingReminders(sentNow, holidays, now);
}
