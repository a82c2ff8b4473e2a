import { describe, expect, it } from 'vitest';
import { deadlines } from '../../../server/domain/incident/deadlines.ts';

const holidays = new Set(['2023-07-17', '2026-11-23', '2027-01-01', '2027-01-11']);

describe('deadlines of the reports to the regulator', () => {
  it.each([
    { known: '2023-06-05', improper: true, from: '2023-06-07', to: '2023-06-09', final: '2023-08-03' },
    { known: '2023-06-05', improper: false, from: '2023-06-07', to: '2023-06-09', final: '2023-07-04' },
    { known: '2026-11-21', improper: false, from: '2026-11-23', to: '2026-11-25', final: '2026-12-21' },
    { known: '2026-11-21', improper: true, from: '2026-11-23', to: '2026-11-25', final: '2027-01-19' },
    { known: '2026-12-01', improper: false, from: '2026-12-03', to: '2026-12-05', final: '2027-01-04' },
  ])('known on $known, improper purpose $improper: final report by $final', ({ known, improper, from, to, final }) => {
    const result = deadlines(known, improper, holidays);
    expect([result.preliminaryFrom, result.preliminaryTo, result.final]).toEqual([from, to, final]);
  });

  it('rolls over a public holiday in the middle of the week', () => {
    expect(deadlines('2026-12-13', false, holidays)).toMatchObject({
      finalBeforeRoll: '2027-01-11',
      final: '2027-01-12',
    });
  });

  it('does not roll when the table of holidays does not know the day', () => {
    expect(deadlines('2026-12-13', false, new Set()).final).toBe('2027-01-11');
  });

  it('rolls over the days after New Year', () => {
    expect(deadlines('2024-12-04', false, holidays)).toMatchObject({
      finalBeforeRoll: '2025-01-02',
      final: '2025-01-06',
    });
  });

  it('counts a leap day', () => {
    expect(deadlines('2028-02-01', false, new Set()).finalBeforeRoll).toBe('2028-03-01');
  });
});
