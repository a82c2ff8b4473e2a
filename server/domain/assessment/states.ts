/** The states of an assessment and the moves between them: draft → sent → in progress → submitted → finalised. */
import { addDays } from './calendar.ts';

/** As stored; `expired` is never stored, it follows from the due date and the grace days. */
export type StoredState = 'draft' | 'sent' | 'inProgress' | 'submitted' | 'finalised' | 'revoked';
export type AssessmentState = StoredState | 'expired';

export type Move = 'send' | 'open' | 'submit' | 'finalise' | 'revoke';

const moves: Record<Move, { from: readonly StoredState[]; to: StoredState }> = {
  send: { from: ['draft'], to: 'sent' },
  open: { from: ['sent'], to: 'inProgress' },
  submit: { from: ['sent', 'inProgress'], to: 'submitted' },
  finalise: { from: ['submitted'], to: 'finalised' },
  revoke: { from: ['sent', 'inProgress'], to: 'revoked' },
};

/** The state after `move`, or null when it may not be made from here. */
export function stateAfter(move: Move, from: StoredState): StoredState | null {
  return moves[move].from.includes(from) ? moves[move].to : null;
}

/**
 * What the state means today. `today` and `dueOn` are YYYY-MM-DD in Asia/Tokyo; the last day of grace still counts as open.
 */
export function stateOn(
  assessment: { state: StoredState; dueOn: string; graceDays: number },
  today: string,
): AssessmentState {
  const open = assessment.state === 'sent' || assessment.state === 'inProgress';
  return open && today > lastOpenDay(assessment) ? 'expired' : assessment.state;
}

/** Last calendar day (YYYY-MM-DD) on which the link still takes answers. */
export function lastOpenDay({ dueOn, graceDays }: { dueOn: string; graceDays: number }): string {
  return addDays(dueOn, graceDays);
}
