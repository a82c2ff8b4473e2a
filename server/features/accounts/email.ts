import { nfkc } from '../../domain/assessment/normal-form.ts';

/** One spelling of an address, as stored: trimmed, full-width characters made half-width, lower case. */
export function emailOf(text: string): string {
  return nfkc(text).trim().toLowerCase();
}

/** Shape only; whether it works shows when the mail arrives. */
export function isEmail(text: string): boolean {
  if (text.length > 254 || /[\s\p{Cc}]/u.test(text)) return false;
  return /^[^@<>,;:"()[\]\\]{1,64}@[^@<>,;:"()[\]\\.]+(\.[^@<>,;:"()[\]\\.]+)*$/.test(text);
}
