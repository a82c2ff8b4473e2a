/** Days as a spreadsheet keeps them. */
import { nfkc } from '../assessment/normal-form.ts';

/** Days from 1899-12-30 to 1970-01-01: Excel counts days from the former (its 1900 is a leap year by mistake). */
const EPOCH = 25_569;
/** 1950-01-01 and 2199-12-31 as such numbers; anything else is a number, not a day. */
const [FIRST, LAST] = [18_264, 109_574];

/** What stands in a cell for a day, as it is to be read: the number of a day in a cell that is not formatted as one becomes YYYY-MM-DD. */
export function dayText(value: string | number | boolean | undefined): string {
  if (value === undefined) return '';
  const text = nfkc(String(value)).trim();
  const number = /^\d{5,6}(\.\d+)?$/.test(text) ? Math.floor(Number(text)) : Number.NaN;
  if (!(number >= FIRST && number <= LAST)) return String(value).trim();
  return new Date((number - EPOCH) * 86_400_000).toISOString().slice(0, 10);
}
