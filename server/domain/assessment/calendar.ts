/** Calendar dates in Asia/Tokyo, which has no daylight saving: always UTC+9. */

const TOKYO_OFFSET_MS = 9 * 3_600_000;

/** YYYY-MM-DD in Asia/Tokyo at the given moment. */
export function tokyoDate(moment: Date): string {
  return new Date(moment.getTime() + TOKYO_OFFSET_MS).toISOString().slice(0, 10);
}

/** The calendar day `days` after `date` (YYYY-MM-DD); negative goes back. */
export function addDays(date: string, days: number): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

/** 2026年12月1日 and 1 Dec 2026, of YYYY-MM-DD. */
export function dayWords(day: string): { ja: string; en: string } {
  const moment = new Date(`${day}T00:00:00Z`);
  return { ja: dayFormats.ja.format(moment), en: dayFormats.en.format(moment) };
}

const dayFormats = {
  ja: new Intl.DateTimeFormat('ja-JP', { timeZone: 'UTC', year: 'numeric', month: 'long', day: 'numeric' }),
  en: new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', year: 'numeric', month: 'short', day: 'numeric' }),
};
