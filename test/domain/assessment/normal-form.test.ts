import { describe, expect, it } from 'vitest';
import { nfc, nfkc } from '../../../server/domain/assessment/normal-form.ts';

/** Marks that have to change places, so many that putting them in order would take minutes. */
const marks = (count: number) => '\u0315\u0300'.repeat(count);

describe('normal forms', () => {
  it('are those of Unicode for what people write', () => {
    for (const text of ['か\u3099', 'Tiê\u0301ng Viê\u0323t', 'ｶﾞｷﾞ１２', `a${marks(15)}`, '👩‍💻️', 'שָׁלוֹם', '']) {
      expect(nfc(text)).toBe(text.normalize('NFC'));
      expect(nfkc(text)).toBe(text.normalize('NFKC'));
    }
  });

  it('keep thirty marks of a run, and are done at once however long it is', () => {
    expect(nfc(`a${marks(1_000_000)}b${marks(1_000_000)}`)).toBe(`a${marks(15)}b${marks(15)}`.normalize('NFC'));
    expect(nfkc(`か${'ﾞ\u0300'.repeat(1_000_000)}き`)).toBe(`か${'ﾞ\u0300'.repeat(15)}き`.normalize('NFKC'));
  });
});
