/** A reminder in people's words: how far from the due date it goes. */
import { daysBetween, isCalendarDate } from '../questionnaire/calendar-date.ts';
import type { Localized } from '../questionnaire/questionnaire.ts';

/** 期限の3日前 and "3 days before the due date" of a day and the date it reminds of, both YYYY-MM-DD. */
export function reminderDayWords({ on, dueOn }: { on: string; dueOn: string }): Localized {
  const days = daysBetween(dueOn, on);
  if (days === 0) return { ja: '期限の当日', en: 'on the due date' };
  const count = Math.abs(days);
  const counted = count === 1 ? '1 day' : `${count} days`;
  return days < 0
    ? { ja: `期限の${count}日前`, en: `${counted} before the due date` }
    : { ja: `期限の${count}日後`, en: `${counted} after the due date` };
}

/** What was done, and how far from the due date; `details` as the trail holds them. */
export function remindedWords(words: Localized, { on, dueOn }: Readonly<Record<string, unknown>>): Localized {
  if (!isCalendarDate(on) || !isCalendarDate(dueOn)) return words;
  const day = reminderDayWords({ on, dueOn });
  return { ja: `${words.ja}（${day.ja}）`, en: `${words.en} (${day.en})` };
}
