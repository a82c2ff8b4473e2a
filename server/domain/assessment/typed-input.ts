/** What people type, read kindly: full-width letters and digits, separators and Japanese dates are understood, not refused. */

import { isCalendarDate } from '../questionnaire/calendar-date.ts';
import { nfc, nfkc } from './normal-form.ts';

/** One line: control characters and runs of blanks become one space; NFC, because macOS types か + ゛ apart. */
export function oneLine(typed: string): string {
  return nfc(typed)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** Several lines, ends trimmed; control characters other than line breaks are dropped. */
export function paragraphs(typed: string): string {
  return nfc(typed)
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim();
}

/** A whole number such as 1,200 or １２００人; null when empty, NaN when it is not one. */
export function wholeNumber(typed: string): number | null {
  const text = nfkc(typed).replace(/[\s,、]|[人名日]$/g, '');
  if (text === '') return null;
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}

/** An address as mail servers want it: half-width, no blanks around. */
export function emailAddress(typed: string): string {
  return nfkc(typed).trim();
}

/** One bare address with a dotted domain (RFC 5321 §4.5.3.1 lengths); quoting and comments are not accepted. */
export function isEmailAddress(text: string): boolean {
  return (
    text.length <= 254 &&
    /^[^\s<>()[\]\\,;:"\p{Cc}@]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u.test(
      text,
    )
  );
}

/** The year before the first of each era. Years after an era's end (平成35年) stand on documents of its time and are read on. */
const eras: Readonly<Record<string, number>> = { 令和: 2018, R: 2018, 平成: 1988, H: 1988, 昭和: 1925, S: 1925 };

/**
 * YYYY-MM-DD of 2026-12-01, 2026/12/1, 2026.12.1, 2026年12月1日, 令和8年12月1日 or R8.12.1 (平成 and 昭和 alike); '' when empty,
 * null when not a day.
 */
export function calendarDay(typed: string): string | null {
  const text = nfkc(typed).replace(/\s|\([日月火水木金土]\)$/g, '');
  if (text === '') return '';
  const parts = /^(令和|平成|昭和|[RHS])?(\d{1,4}|元)[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/i.exec(text);
  const year = parts && yearOf(parts[1]?.toUpperCase(), parts[2] ?? '');
  if (!parts || !year) return null;
  const day = [year, String(parts[3]).padStart(2, '0'), String(parts[4]).padStart(2, '0')].join('-');
  return isCalendarDate(day) ? day : null;
}

/** Four digits; null for anything else. */
function yearOf(era: string | undefined, written: string): string | null {
  if (era === undefined) return /^\d{4}$/.test(written) ? written : null;
  const count = written === '元' ? 1 : Number(written);
  const before = eras[era];
  return before === undefined || count < 1 || count > 99 ? null : String(before + count);
}
