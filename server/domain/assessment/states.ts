/**
 * The states of an assessment and the moves between them: draft → sent → in progress → submitted → finalised, with rounds of
 * returned → submitted in between.
 */
import { addDays } from './calendar.ts';

/** As stored; `expired` is never stored, it follows from the due date and the grace days. */
export type StoredState =
  | 'draft'
  | 'sent'
  | 'inProgress'
  | 'submitted'
  | 'returned'
  | 'declined'
  | 'finalised'
  | 'revoked';
export type AssessmentState = StoredState | 'expired';

export type Move =
  | 'send'
  | 'open'
  | 'submit'
  | 'return'
  | 'withdrawReturn'
  | 'decline'
  | 'resume'
  | 'finalise'
  | 'revoke';

const moves: Record<Move, { from: readonly StoredState[]; to: StoredState }> = {
  send: { from: ['draft'], to: 'sent' },
  open: { from: ['sent'], to: 'inProgress' },
  submit: { from: ['sent', 'inProgress', 'returned'], to: 'submitted' },
  return: { from: ['submitted'], to: 'returned' },
  withdrawReturn: { from: ['returned'], to: 'submitted' },
  decline: { from: ['sent', 'inProgress'], to: 'declined' },
  resume: { from: ['declined'], to: 'inProgress' },
  finalise: { from: ['submitted'], to: 'finalised' },
  revoke: { from: ['sent', 'inProgress', 'declined'], to: 'revoked' },
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
  return isOpen(assessment.state) && today > lastOpenDay(assessment) ? 'expired' : assessment.state;
}

/** Whether the vendor may still answer and submit; in `returned`, only what was returned. */
export function isOpen(state: AssessmentState): boolean {
  return state === 'sent' || state === 'inProgress' || state === 'returned';
}

/** Last calendar day (YYYY-MM-DD) on which the link still takes answers. */
export function lastOpenDay({ dueOn, graceDays }: { dueOn: string; graceDays: number }): string {
  return addDays(dueOn, graceDays);
}
