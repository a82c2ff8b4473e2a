import { eventWords } from '../../domain/assessment/event-words.ts';
import type { HistoryEvent } from '../../domain/report/input.ts';
import type { TrailRow } from '../audit/audit.store.ts';

/** The audit trail (newest first) as the report tells it, oldest first. What one person did dozens of times on one day is one line. */
export function historyOf(trail: readonly TrailRow[]): HistoryEvent[] {
  return trail.toReversed().map(({ at, actorName, action, subject, details, count }) => {
    const { ja, en } = eventWords(action, subject, details);
    return {
      at: at.toISOString(),
      actor: actorName,
      action: count === 1 ? { ja, en } : { ja: `${ja}（${count}回）`, en: `${en} (${count} times)` },
      ...(count === 1 && subject !== '' ? { detail: subject } : {}),
    };
  });
}
