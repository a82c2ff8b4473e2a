/** 法人番号: 13 digits, the first of which is a check digit. */
import { nfkc } from './normal-form.ts';

/** The digits alone: full-width digits, spaces and hyphens are how people type it. */
export function readCorporateNumber(typed: string): string {
  return nfkc(typed).replace(/[\s\-‐‑–—―ー]/g, '');
}

/**
 * Check digit by 法人番号の指定等に関する省令 第2条: 9 − (Σ Pn·Qn mod 9), where Pn is the n-th of the other twelve digits
 * counted from the lowest and Qn is 1 for odd n, 2 for even n.
 */
export function isCorporateNumber(digits: string): boolean {
  if (!/^\d{13}$/.test(digits)) return false;
  let sum = 0;
  for (let n = 1; n <= 12; n += 1) sum += Number(digits[13 - n]) * (n % 2 === 1 ? 1 : 2);
  return Number(digits[0]) === 9 - (sum % 9);
}
