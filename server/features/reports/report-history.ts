import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { eventWords, oftenRepeated } from '../../domain/assessment/event-words.ts';
import type { HistoryEvent } from '../../domain/report/input.ts';
import type { listEvents } from '../audit/audit.store.ts';

type Event = Awaited<ReturnType<typeof listEvents>>[number];

/** The audit trail as the report tells it. What one person did dozens of times on one day is one line. */
export function historyOf(events: readonly Event[]): HistoryEvent[] {
  const groups = new Map<string, Event[]>();
  for (const event of events) {
    const isRepeated = oftenRepeated.includes(event.action);
    const key = isRepeated ? `${event.action} ${event.actorName} ${tokyoDate(event.at)}` : event.id;
    groups.set(key, [...(groups.get(key) ?? []), event]);
  }
  return [...groups.values()]
    .map((group) => lineOf(group[group.length - 1]!, group.length))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function lineOf(event: Event, count: number): HistoryEvent {
  const { ja, en } = eventWords(event.action, event.subject, count === 1 ? event.details : {});
  const action = count === 1 ? { ja, en } : { ja: `${ja}（${count}回）`, en: `${en} (${count} times)` };
  const detail = count === 1 && event.subject !== '' ? { detail: event.subject } : {};
  return { at: event.at.toISOString(), actor: event.actorName, action, ...detail };
}
