import { assert, property, stringMatching } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCorporateNumber, readCorporateNumber } from '../../../server/domain/assessment/corporate-number.ts';

describe('a corporate number', () => {
  it.each(['7000012050002', '1180301018771', '2000012100001'])(
    '%s, which the tax agency gave out, is one',
    (number) => {
      expect(isCorporateNumber(number)).toBe(true);
    },
  );

  it('has exactly one right check digit for any twelve digits, never 0', () => {
    void assert(
      property(stringMatching(/^\d{12}$/), (base) => {
        const right = [...'0123456789'].filter((digit) => isCorporateNumber(digit + base));
        expect(right).toHaveLength(1);
        expect(right).not.toEqual(['0']);
      }),
    );
  });

  it('is not one with a digit mistyped, missing or added, or with letters', () => {
    for (const wrong of ['7000012050003', '700001205000', '70000120500020', '700001205000a', '']) {
      expect(isCorporateNumber(wrong)).toBe(false);
    }
  });

  it('may be typed in full width, with spaces and hyphens', () => {
    expect(readCorporateNumber(' ７-0000-1205-0002 ')).toBe('7000012050002');
    expect(readCorporateNumber('７００００ １２０５０００２')).toBe('7000012050002');
  });
});
