/** Threads: the messages of one question, or those about the request as a whole, and whose turn it is. Pure. */
import type { messages } from '../../../db/schema/index.ts';

export type Message = typeof messages.$inferSelect;
/** `waiting`: the vendor wrote last and the customer has not answered. */
export type Standing = 'waiting' | 'answered' | 'settled' | 'declined';
/** `questionId` null: about the request as a whole. Messages oldest first, never none. */
export type Thread = { questionId: string | null; standing: Standing; messages: readonly Message[] };

/** `rows` oldest first; `contact` is the address the request goes to now. The thread about the whole comes first, then the questions in the order of `questionIds`. */
export function threadsOf(rows: readonly Message[], questionIds: readonly string[], contact: string): Thread[] {
  return [null, ...questionIds].flatMap((questionId) => {
    const messages = rows.filter((row) => row.questionId === questionId);
    return messages.length === 0 ? [] : [{ questionId, messages, standing: standingOf(messages, contact) }];
  });
}

function standingOf(messages: readonly Message[], contact: string): Standing {
  const last = messages.at(-1);
  if (last?.kind === 'settled') return 'settled';
  if (last?.kind === 'declined') return 'declined';
  if (last?.kind === 'redirected' && last.details.email?.toLowerCase() === contact.toLowerCase()) return 'settled';
  return last?.authorKind === 'member' ? 'answered' : 'waiting';
}

/** What a question's page says of its thread: how often it was asked, whose turn it is, whether it was called unclear. */
export type ThreadNote = { asked: number; standing: Standing; isUnclear: boolean };

export function noteOf({ messages, standing }: Thread): ThreadNote {
  const asked = messages.filter(({ kind, authorKind }) => kind === 'message' && authorKind === 'respondent').length;
  const settledAt = messages.findLastIndex(({ kind }) => kind === 'settled');
  const isUnclear = messages.some(({ kind }, index) => kind === 'unclear' && index > settledAt);
  return { asked, standing, isUnclear };
}

/** Name under which mail programs keep the mails of a thread together. */
export function threadName(assessmentId: string, questionId: string | null): string {
  return `thread-${assessmentId}-${questionId ?? 'request'}`;
}

/** What the start page says of all threads. */
export function summaryOf(threads: readonly Thread[]): { total: number; answered: number } {
  return { total: threads.length, answered: threads.filter(({ standing }) => standing === 'answered').length };
}
