import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicHolidays } from '../../../server/adapters/holidays.ts';
import { addDays, tokyoDate } from '../../../server/domain/assessment/calendar.ts';
import {
  type Awaited,
  comingReminders,
  dueReminder,
  MAX_REMINDERS,
  reminderSteps,
} from '../../../server/domain/assessment/reminder-schedule.ts';
import { lastOpenDay, stateOn } from '../../../server/domain/assessment/states.ts';
import { isClosed } from '../../../server/domain/incident/deadlines.ts';

const holidays = new Set(publicHolidays('2026-01-01', '2028-12-31'));
const at = (moment: string) => new Date(`${moment}+09:00`);
const stepsOf = (dueOn: string, graceDays = 14) =>
  reminderSteps({ dueOn, graceDays }, holidays).map(({ name, on }) => `${name} ${on}`);
const awaited: Awaited = {
  ...{ state: 'inProgress', dueOn: '2026-12-14', graceDays: 14 },
  ...{ writtenAt: at('2026-11-24T09:30'), done: [], count: 0 },
};
const dueAt = (moment: string, change: Partial<Awaited> = {}) =>
  dueReminder({ ...awaited, ...change }, holidays, at(moment))?.name ?? null;

describe('the steps of a due date', () => {
  it('are a week, three days and one day before it, the day after, and every week', () => {
    // 17 December 2026 is a Thursday.
    expect(stepsOf('2026-12-17', 28)).toEqual([
      'D-7 2026-12-10',
      'D-3 2026-12-14',
      'D-1 2026-12-16',
      'D+1 2026-12-18',
      'D+8 2026-12-25',
      'D+15 2027-01-04',
      'D+22 2027-01-08',
    ]);
  });

  it('leave weekends: back to Friday before the date, where the nearest one stays, on to Monday after it', () => {
    expect(stepsOf('2026-12-14')).toEqual(['D-7 2026-12-07', 'D-1 2026-12-11', 'D+1 2026-12-15', 'D+8 2026-12-22']);
    expect(stepsOf('2026-12-18', 5)).toEqual(['D-7 2026-12-11', 'D-3 2026-12-15', 'D-1 2026-12-17', 'D+1 2026-12-21']);
  });

  it('leave the holidays of May and the days after New Year', () => {
    expect(stepsOf('2026-05-07', 7)).toEqual(['D-7 2026-04-30', 'D-1 2026-05-01', 'D+1 2026-05-08']);
    expect(stepsOf('2027-01-04', 3)).toEqual(['D-1 2026-12-28', 'D+1 2027-01-05']);
  });

  it('come no closer together than four days once the date has passed, whatever the holidays', () => {
    expect(stepsOf('2026-12-14', 30).slice(2)).toEqual([
      'D+1 2026-12-15',
      'D+8 2026-12-22',
      'D+15 2027-01-04',
      'D+29 2027-01-12',
    ]);
  });

  it('end with the days of grace', () => {
    expect(stepsOf('2026-12-18', 0)).toEqual(['D-7 2026-12-11', 'D-3 2026-12-15', 'D-1 2026-12-17']);
    expect(stepsOf('2026-12-18', 2)).toHaveLength(3);
    expect(stepsOf('2026-12-18', 60)).toHaveLength(MAX_REMINDERS);
  });
});

describe('what is due', () => {
  it('goes from 09:00 on its day, once', () => {
    expect(dueAt('2026-12-07T08:59:59')).toBeNull();
    expect(dueAt('2026-12-07T09:00:00')).toBe('D-7');
    expect(dueAt('2026-12-07T09:01:00', { done: ['D-7'], count: 1 })).toBeNull();
    expect(dueAt('2026-12-11T09:00:00', { done: ['D-7'], count: 1 })).toBe('D-1');
  });

  it('never goes at night: what was missed waits for the next morning of business', () => {
    expect(dueAt('2026-12-07T17:59:59')).toBe('D-7');
    expect(dueAt('2026-12-07T18:00:00')).toBeNull();
    expect(comingReminders(awaited, holidays, at('2026-12-07T17:59'))[0]?.on).toBe('2026-12-07');
    expect(comingReminders(awaited, holidays, at('2026-12-07T18:00'))[0]?.on).toBe('2026-12-08');
    expect(comingReminders(awaited, holidays, at('2026-12-11T18:00'))[0]).toMatchObject({
      name: 'D-1',
      on: '2026-12-14',
    });
  });

  it('is the newest one after a standstill, on the next business day', () => {
    expect(dueAt('2026-12-12T12:00:00')).toBeNull();
    expect(dueAt('2026-12-14T09:00:00')).toBe('D-1');
    expect(dueAt('2026-12-16T15:00:00')).toBe('D+1');
    expect(dueAt('2026-12-23T15:00:00', { done: ['D-7', 'D-1'] })).toBe('D+8');
  });

  it('waits a day after anything else that was written', () => {
    expect(dueAt('2026-12-07T09:00:00', { writtenAt: at('2026-12-06T09:00:00') })).toBe('D-7');
    expect(dueAt('2026-12-07T09:00:00', { writtenAt: at('2026-12-06T09:00:01') })).toBeNull();
    expect(dueAt('2026-12-08T17:00:00', { writtenAt: at('2026-12-07T08:00:00') })).toBeNull();
    expect(dueAt('2026-12-11T09:00:00', { writtenAt: at('2026-12-07T08:00:00') })).toBe('D-1');
  });

  it.each(['draft', 'submitted', 'declined', 'finalised', 'revoked'] as const)('is nothing when %s', (state) => {
    expect(dueAt('2026-12-11T09:00:00', { state })).toBeNull();
  });

  it('is nothing when expired, or when enough have gone', () => {
    expect(dueAt('2026-12-28T12:00:00')).toBe('D+8');
    expect(dueAt('2026-12-28T12:00:00', { graceDays: 13 })).toBeNull();
    expect(dueAt('2026-12-11T09:00:00', { count: MAX_REMINDERS })).toBeNull();
  });

  it('is told in advance, a late one on the day it will go', () => {
    const coming = (moment: string, change: Partial<Awaited> = {}) =>
      comingReminders({ ...awaited, ...change }, holidays, at(moment)).map(({ name, on }) => `${name} ${on}`);
    expect(coming('2026-11-24T10:00')).toEqual([
      'D-7 2026-12-07',
      'D-1 2026-12-11',
      'D+1 2026-12-15',
      'D+8 2026-12-22',
    ]);
    expect(coming('2026-12-12T10:00')).toEqual(['D-1 2026-12-14', 'D+1 2026-12-15', 'D+8 2026-12-22']);
    expect(coming('2026-12-12T10:00', { done: ['D-1'] })).toEqual(['D+1 2026-12-15', 'D+8 2026-12-22']);
    expect(coming('2026-12-12T10:00', { count: MAX_REMINDERS - 1 })).toEqual(['D-1 2026-12-14']);
    expect(coming('2026-12-12T10:00', { state: 'submitted' })).toEqual([]);
  });
});

/** A request from its sending to its end, with a look every so many minutes, standstills, letters by hand and a submission. */
const course = fc.record({
  due: fc.integer({ min: 1, max: 700 }).map((days) => addDays('2026-02-01', days)),
  graceDays: fc.integer({ min: 0, max: 60 }),
  leadDays: fc.integer({ min: 1, max: 30 }),
  sentMinute: fc.integer({ min: 0, max: 1439 }),
  gaps: fc.array(fc.oneof(fc.integer({ min: 1, max: 240 }), fc.integer({ min: 600, max: 20_000 })), {
    minLength: 50,
    maxLength: 300,
  }),
  letters: fc.array(fc.integer({ min: 0, max: 80 * 1440 }), { maxLength: 4 }),
  submitted: fc.integer({ min: 0, max: 100 * 1440 }),
});

describe('over the whole course of a request', () => {
  it('no step goes twice, none on a holiday or at night, none close to a letter, none after the end, and never too many', () => {
    let total = 0;
    fc.assert(
      fc.property(course, (c) => {
        const start = at(`${addDays(c.due, -c.leadDays)}T00:00:00`).getTime() + c.sentMinute * 60_000;
        const letters = [0, ...c.letters].map((minutes) => start + minutes * 60_000);
        const end = start + c.submitted * 60_000;
        const sent: { name: string; moment: number }[] = [];
        let moment = start;
        for (const gap of c.gaps) {
          moment += gap * 60_000;
          const written = Math.max(...letters.filter((letter) => letter <= moment));
          const request: Awaited = {
            ...{ state: moment < end ? 'sent' : 'submitted', dueOn: c.due, graceDays: c.graceDays },
            ...{ writtenAt: new Date(written), done: sent.map(({ name }) => name), count: sent.length },
          };
          const step = dueReminder(request, holidays, new Date(moment));
          if (!step) continue;
          const now = new Date(moment);
          expect(isClosed(tokyoDate(now), holidays)).toBe(false);
          expect(now.getTime()).toBeGreaterThanOrEqual(at(`${tokyoDate(now)}T09:00:00`).getTime());
          expect(moment).toBeLessThan(end);
          expect(moment - written).toBeGreaterThanOrEqual(24 * 3_600_000);
          expect(step.kind).toBe(tokyoDate(now) > c.due ? 'overdue' : 'reminder');
          expect(stateOn(request, tokyoDate(now))).toBe('sent');
          sent.push({ name: step.name, moment });
        }
        expect(new Set(sent.map(({ name }) => name)).size).toBe(sent.length);
        expect(new Set(sent.map((one) => tokyoDate(new Date(one.moment)))).size).toBe(sent.length);
        expect(sent.length).toBeLessThanOrEqual(MAX_REMINDERS);
        total += sent.length;
      }),
      { numRuns: 400 },
    );
    expect(total).toBeGreaterThan(200);
  });

  it('whoever looks every ten minutes sends every step on its day', () => {
    fc.assert(
      fc.property(course, ({ due, graceDays }) => {
        const done: string[] = [];
        for (
          let day = addDays(due, -20);
          day <= addDays(lastOpenDay({ dueOn: due, graceDays }), 5);
          day = addDays(day, 1)
        ) {
          const request: Awaited = { state: 'sent', dueOn: due, graceDays, writtenAt: null, done, count: done.length };
          const step = dueReminder(request, holidays, at(`${day}T09:05:00`));
          if (step) done.push(step.name);
          if (step) expect(step.on).toBe(day);
        }
        expect(done).toEqual(reminderSteps({ dueOn: due, graceDays }, holidays).map(({ name }) => name));
      }),
      { numRuns: 100 },
    );
  });
});
