/** Calendar dates in Asia/Tokyo, which has no daylight saving: always UTC+9. */

const TOKYO_OFFSET_MS = 9 * 3_600_000;

/** YYYY-MM-DD in Asia/Tokyo at the given moment. */
export function tokyoDate(moment: Date): string {
  return new Date(moment.getTime() + TOKYO_OFFSET_MS).toISOString().slice(0, 10);
}
