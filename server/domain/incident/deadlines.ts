import { nextDay } from '../questionnaire/calendar-date.ts';

/** Japanese public holidays as YYYY-MM-DD, injected because the law that names them changes. */
export type Holidays = ReadonlySet<string>;

/** Every date YYYY-MM-DD in Asia/Tokyo. */
export type Deadlines = {
  /** 速報: "promptly", in the regulator's guide about three to five days; no roll-over. */
  readonly preliminaryFrom: string;
  readonly preliminaryTo: string;
  /** 確報: last day, rolled to the next open day. */
  readonly final: string;
  /** Day 30 or 60 before rolling. */
  readonly finalBeforeRoll: string;
  readonly finalDays: 30 | 60;
};

/**
 * When a breach has to be reported (Enforcement Rules of the APPI, Art. 8; General Guidelines 3-5-3-3 and 3-5-3-4).
 * The day on which any department of the business knew is day 1. The final report is due on day 30, on day 60 when an
 * improper purpose is suspected (Rule 7(iii)), also when other items of Rule 7 apply at the same time.
 */
export function deadlines(knownOn: string, improperPurpose: boolean, holidays: Holidays): Deadlines {
  const finalDays = improperPurpose ? 60 : 30;
  const finalBeforeRoll = dayOfCount(knownOn, finalDays);
  return {
    preliminaryFrom: dayOfCount(knownOn, 3),
    preliminaryTo: dayOfCount(knownOn, 5),
    final: nextOpenDay(finalBeforeRoll, holidays),
    finalBeforeRoll,
    finalDays,
  };
}

/** The date `count` days into a period whose first day is `first`. */
function dayOfCount(first: string, count: number): string {
  let date = first;
  for (let day = 1; day < count; day += 1) date = nextDay(date);
  return date;
}

function nextOpenDay(date: string, holidays: Holidays): string {
  return isClosed(date, holidays) ? nextOpenDay(nextDay(date), holidays) : date;
}

/** Weekends, public holidays and 29 December to 3 January (行政機関の休日に関する法律 第1条). */
export function isClosed(date: string, holidays: Holidays): boolean {
  const monthAndDay = date.slice(5);
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6 || holidays.has(date) || monthAndDay >= '12-29' || monthAndDay <= '01-03';
}
