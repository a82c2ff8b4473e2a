import { monthsAfter } from '../questionnaire/calendar-date.ts';
import type { Question } from '../questionnaire/questionnaire.ts';

/** After a year an answer is looked at again, whatever it says: the usual rhythm of checking an entrustee. */
const MONTHS = 12;

/**
 * Whether an answer is likely to have changed since: days ("last tested on"), counts of facts, certificates with their expiry, and
 * everything a year old. `on` and `today` are YYYY-MM-DD.
 */
export function mayHaveAged({ type, weight }: Pick<Question, 'type' | 'weight'>, on: string, today: string): boolean {
  if (type === 'date' || type === 'certificates' || (type === 'number' && weight === 0)) return true;
  return monthsAfter(on, MONTHS) <= today;
}

/** The oldest day an answer may be from to be offered, when it may be `months` old. */
export function oldestDay(today: string, months: number): string {
  return monthsAfter(today, -months);
}
