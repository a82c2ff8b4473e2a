import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { isDraftReference } from '../../domain/assessment/reference-number.ts';
import { type AssessmentState, isOpen } from '../../domain/assessment/states.ts';
import { daysBetween } from '../../domain/questionnaire/calendar-date.ts';
import { states } from './assessments.schemas.ts';
import type { LetterRow } from './mails.store.ts';
import type { listAssessments } from './overview.usecases.ts';

type Listed = Awaited<ReturnType<typeof listAssessments>>;

export function listRows({ assessments }: Listed, now: Date) {
  return assessments.map((row) => ({
    href: `/assessments/${row.id}`,
    reference: shownReference(row.reference),
    vendor: row.vendor.name,
    service: row.service.name,
    state: row.state,
    waiting: row.waiting,
    contactName: row.contactName,
    contactEmail: row.contactEmail,
    due: dueView(row, now),
    progress: row.progress,
    delivery: row.letter ? deliveryView(row.letter) : null,
  }));
}

/** One link a state, with its count, and one for all. */
export function stateFilters({ counts }: Listed, chosen: AssessmentState | null) {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return {
    total,
    all: { current: chosen === null, count: total },
    states: states.map((state) => ({
      state,
      href: `/assessments?state=${state}`,
      current: state === chosen,
      count: counts.get(state) ?? 0,
    })),
  };
}

export function shownReference(reference: string): string | null {
  return isDraftReference(reference) ? null : reference;
}

/** Days to the due date while answers are awaited: tomorrow is 1, today 0, yesterday −1. */
export function dueView({ dueOn, state }: { dueOn: string; state: AssessmentState }, now: Date) {
  const days = daysBetween(tokyoDate(now), dueOn);
  const waits = isOpen(state);
  return {
    on: dueOn,
    overdue: waits && days < 0 ? -days : null,
    soon: waits && days >= 0 && days <= 7 ? { days, today: days === 0 } : null,
  };
}

const deliveryTones = { queued: 'progress', sent: 'good', failed: 'bad' } as const;

export function deliveryView({ state, kind, recipient, tries, failure, createdAt, sentAt, byItself }: LetterRow) {
  const retried = state === 'queued' && tries > 0;
  return {
    kindKey: `assessments.mail.${kind}`,
    stateKey: `assessments.delivery.${retried ? 'retrying' : state}`,
    tone: retried ? 'warning' : deliveryTones[state],
    failed: state === 'failed',
    recipient,
    tries,
    failure,
    createdAt,
    sentAt,
    byItself,
  };
}
