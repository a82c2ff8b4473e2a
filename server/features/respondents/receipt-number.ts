import { randomInt } from 'node:crypto';

/** Without letters and digits that are mistaken for each other when read out: 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V. */
const ALPHABET = '34679ACDEFGHJKMNPQRTVWXY';

/** For example KR-7Q4M-9FAC: 24^8 (1.1 × 10^11) possibilities, given at random so that it tells nothing about others. */
export function newReceiptNumber(): string {
  const group = () => Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return `KR-${group()}-${group()}`;
}
