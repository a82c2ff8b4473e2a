/** When the vendor is reminded without anybody asking for it: before the due date, the day after, then every week. */
import { type Holidays, isClosed } from '../incident/deadlines.ts';
import { daysBetween } from '../questionnaire/calendar-date.ts';
import { addDays, tokyoDate } from './calendar.ts';
import { isOpen, lastOpenDay, type StoredState, stateOn } from './states.ts';

/** `name` counts from the due date, D-7 to D+1 and on; `on` is the business day (YYYY-MM-DD, Asia/Tokyo) it goes out, from 09:00. */
export type ReminderStep = { readonly name: string; readonly kind: 'reminder' | 'overdue'; readonly on: string };

/** Of the answers that are awaited, and of one person who is to be reminded of them. */
export type Awaited = {
  readonly state: StoredState;
  readonly dueOn: string;
  readonly graceDays: number;
  /** When that person last got a letter that speaks of the date and was no reminder of this schedule. */
  readonly writtenAt: Date | null;
  /** Names of the steps done for this due date. */
  readonly done: readonly string[];
  /** Reminders of this schedule since the answers were asked for or returned, whatever the due date was then. */
  readonly count: number;
};

/** Whoever has not answered after that many will not answer the next one either. */
export const MAX_REMINDERS = 8;

const DAYS_BEFORE = [7, 3, 1];
const WEEK = 7;
const LEAST_DAYS_BETWEEN = 4;
/** Office hours in Tokyo: after a standstill nobody is to be written to at night. */
const OPENING_HOUR = 9;
const CLOSING_HOUR = 18;
const DAY_MS = 24 * 60 * 60_000;

/**
 * Every step of a due date, earliest first, at most `MAX_REMINDERS`. What falls on a weekend or holiday moves to the business day
 * before it, once the date has passed to the one after it; of several on one day only
 * the last stays; after the due date holidays may not push two close together. None is later than the last day on which answers
 * are taken.
 */
export function reminderSteps(due: { dueOn: string; graceDays: number }, holidays: Holidays): ReminderStep[] {
  const before = DAYS_BEFORE.map((days) =>
    step(`D-${days}`, 'reminder', openDay(addDays(due.dueOn, -days), -1, holidays)),
  );
  const after: ReminderStep[] = [];
  for (let days = 1; days <= due.graceDays; days += WEEK) {
    after.push(step(`D+${days}`, 'overdue', openDay(addDays(due.dueOn, days), 1, holidays)));
  }
  const inTime = after.filter(({ on }) => on <= lastOpenDay(due));
  return [...nearestOfEachDay(before), ...apart(inTime)].slice(0, MAX_REMINDERS);
}

/**
 * The step to be sent now, or null. After a standstill it is the newest one, never those before it. None goes out outside office
 * hours, on a day without business, when it was sent already, or when the person was written to less than a day before it was due.
 */
export function dueReminder(awaited: Awaited, holidays: Holidays, now: Date): ReminderStep | null {
  const newest = isReminderHour(now, holidays) ? newestStep(awaited, holidays, now) : null;
  return newest && isWanted(newest, awaited, now) ? newest : null;
}

/** The newest step whose time has come, sent or not. */
export function newestStep(
  due: { dueOn: string; graceDays: number },
  holidays: Holidays,
  now: Date,
): ReminderStep | null {
  return reminderSteps(due, holidays).findLast(({ on }) => opening(on) <= now) ?? null;
}

/** What is still to come, earliest first; a step that is late stands on the day it will go out. */
export function comingReminders(awaited: Awaited, holidays: Holidays, now: Date): ReminderStep[] {
  const newest = newestStep(awaited, holidays, now);
  const today = tokyoDate(now);
  const soonest = openDay(now < closing(today) ? today : addDays(today, 1), 1, holidays);
  const steps = reminderSteps(awaited, holidays)
    .filter((one) => one.on >= (newest?.on ?? '') && isWanted(one, awaited, now))
    .map((one) => (one.on < soonest ? { ...one, on: soonest } : one));
  return nearestOfEachDay(steps).slice(0, MAX_REMINDERS - awaited.count);
}

/** Whether reminders may leave at that moment at all: from 09:00 to 18:00 in Tokyo on a business day. */
export function isReminderHour(now: Date, holidays: Holidays): boolean {
  const today = tokyoDate(now);
  return now >= opening(today) && now < closing(today) && !isClosed(today, holidays);
}

function isWanted({ name, on }: ReminderStep, awaited: Awaited, now: Date): boolean {
  const { writtenAt, done, count } = awaited;
  if (!isOpen(stateOn(awaited, tokyoDate(now))) || count >= MAX_REMINDERS || done.includes(name)) return false;
  return writtenAt === null || writtenAt.getTime() <= opening(on).getTime() - DAY_MS;
}

/** Of steps that meet on one day the last one: before the due date it is the nearest to it. */
function nearestOfEachDay(steps: readonly ReminderStep[]): ReminderStep[] {
  return steps.filter(({ on }, at) => on !== steps[at + 1]?.on);
}

/** Leaves out what would follow another one too soon. */
function apart(steps: readonly ReminderStep[]): ReminderStep[] {
  const kept: ReminderStep[] = [];
  for (const one of steps) {
    const last = kept.at(-1);
    if (!last || daysBetween(last.on, one.on) >= LEAST_DAYS_BETWEEN) kept.push(one);
  }
  return kept;
}

/** `date` itself or the nearest business day in that direction. */
function openDay(date: string, direction: 1 | -1, holidays: Holidays): string {
  return isClosed(date, holidays) ? openDay(addDays(date, direction), direction, holidays) : date;
}

function step(name: string, kind: ReminderStep['kind'], on: string): ReminderStep {
  return { name, kind, on };
}

function opening(date: string): Date {
  return atHour(date, OPENING_HOUR);
}

function closing(date: string): Date {
  return atHour(date, CLOSING_HOUR);
}

function atHour(date: string, hour: number): Date {
  return new Date(`${date}T${String(hour).padStart(2, '0')}:00:00+09:00`);
}
