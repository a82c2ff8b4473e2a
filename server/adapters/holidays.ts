import holidayJp from '@holiday-jp/holiday_jp';

/** Japanese public holidays from `from` to `to` (both YYYY-MM-DD, inclusive), as YYYY-MM-DD. */
export function publicHolidays(from: string, to: string): string[] {
  return holidayJp
    .between(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`))
    .map(({ date }) => date.toISOString().slice(0, 10));
}
