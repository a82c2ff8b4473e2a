import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  daysBetween,
  isCalendarDate,
  monthsAfter,
  monthsElapsed,
  nextDay,
  previousDay,
} from '../../../server/domain/questionnaire/calendar-date.ts';

const day = fc
  .integer({ min: 0, max: 40_000 })
  .map((days) => new Date(Date.UTC(1960, 0, 1 + days)).toISOString().slice(0, 10));
const shifted = (date: string, days: number) =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

describe('a calendar date', () => {
  it.each(['2026-11-21', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('%s is one', (date) => {
    expect(isCalendarDate(date)).toBe(true);
  });
  it.each([
    '2026-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-1-1',
    '2026-11-21T00:00',
    '',
    'none',
    20261121,
    null,
  ])('%s is none', (value) => {
    expect(isCalendarDate(value)).toBe(false);
  });
});

describe('counting', () => {
  it.each([
    ['2025-11-21', '2026-11-21', 12],
    ['2025-11-20', '2026-11-21', 12.5],
    ['2025-11-22', '2026-11-21', 12],
    ['2025-12-01', '2026-11-21', 11.5],
    ['2026-11-21', '2026-11-21', 0],
    ['2024-02-29', '2026-02-28', 24],
  ])('%s to %s is %d months', (from, to, months) => {
    expect(monthsElapsed(from, to)).toBe(months);
  });

  it.each([
    ['2025-10-01', 16, '2027-02-01'],
    ['2025-10-31', 16, '2027-02-28'],
    ['2023-10-31', 4, '2024-02-29'],
    ['9999-06-30', 12, '9999-12-31'],
    ['2025-12-31', 12, '2026-12-31'],
    ['2025-11-30', 1, '2025-12-30'],
  ])('%s and %d months is %s', (date, months, expected) => {
    expect(monthsAfter(date, months)).toBe(expected);
  });

  it('steps and counts days as the calendar does', () => {
    fc.assert(
      fc.property(day, day, (from, to) => {
        expect(nextDay(from)).toBe(shifted(from, 1));
        expect(previousDay(from)).toBe(shifted(from, -1));
        expect(daysBetween(from, to)).toBe((Date.parse(to) - Date.parse(from)) / 86_400_000);
        expect(isCalendarDate(from)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
