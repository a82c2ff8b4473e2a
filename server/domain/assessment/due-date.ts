/** When answers are due: from tomorrow to a year from today, three weeks by default. */
import { monthsAfter } from '../questionnaire/calendar-date.ts';
import { addDays } from './calendar.ts';

const DEFAULT_DAYS = 21;
export const DEFAULT_GRACE_DAYS = 14;
export const MAX_GRACE_DAYS = 60;

export type DueDateRange = { readonly earliest: string; readonly latest: string; readonly usual: string };

/** Days as YYYY-MM-DD in Asia/Tokyo. A respondent needs at least the night. */
export function dueDateRange(today: string): DueDateRange {
  return { earliest: addDays(today, 1), latest: monthsAfter(today, 12), usual: addDays(today, DEFAULT_DAYS) };
}

export function isDueDate(day: string, today: string): boolean {
  const { earliest, latest } = dueDateRange(today);
  return day >= earliest && day <= latest;
}
