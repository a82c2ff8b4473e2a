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
