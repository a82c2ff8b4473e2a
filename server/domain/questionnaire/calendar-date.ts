/** Calendar dates as YYYY-MM-DD text in Asia/Tokyo. Comparing the text compares the dates; no clock and no time zone is involved. */

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

type DateParts = { readonly year: number; readonly month: number; readonly day: number };

/** True for a real day written YYYY-MM-DD; `2026-02-30` and `2026-2-3` are not. */
export function isCalendarDate(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const { year, month, day } = parts(value);
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/**
 * Months from `from` to `to`: the difference of the calendar months, plus 0.5 if the day of the month of `to` is later.
 * Both are valid dates and `from` is not after `to`.
 */
export function monthsElapsed(from: string, to: string): number {
  const a = parts(from);
  const b = parts(to);
  return (b.year - a.year) * 12 + (b.month - a.month) + (b.day > a.day ? 0.5 : 0);
}

const LAST_DAY = '9999-12-31';

/** The same day of the month `months` later, or the last day of that month where it is shorter; never after the year 9999. */
export function monthsAfter(date: string, months: number): string {
  const { year, month, day } = parts(date);
  const index = year * 12 + (month - 1) + months;
  const newYear = Math.floor(index / 12);
  if (newYear > 9999) return LAST_DAY;
  const newMonth = (index % 12) + 1;
  return written({ year: newYear, month: newMonth, day: Math.min(day, daysInMonth(newYear, newMonth)) });
}

export function nextDay(date: string): string {
  if (date === LAST_DAY) return date;
  const { year, month, day } = parts(date);
  if (day < daysInMonth(year, month)) return written({ year, month, day: day + 1 });
  return month < 12 ? written({ year, month: month + 1, day: 1 }) : written({ year: year + 1, month: 1, day: 1 });
}

export function previousDay(date: string): string {
  const { year, month, day } = parts(date);
  if (day > 1) return written({ year, month, day: day - 1 });
  const before = month > 1 ? { year, month: month - 1 } : { year: year - 1, month: 12 };
  return written({ ...before, day: daysInMonth(before.year, before.month) });
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/** Days since a fixed day of the proleptic Gregorian calendar, counting years from March so that a leap day comes last. */
function dayNumber(date: string): number {
  const { year, month, day } = parts(date);
  const y = month > 2 ? year : year - 1;
  const m = (month + 9) % 12;
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + Math.floor((153 * m + 2) / 5) + day;
}

function parts(date: string): DateParts {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

function written({ year, month, day }: DateParts): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function daysInMonth(year: number, month: number): number {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return leap ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0);
}
