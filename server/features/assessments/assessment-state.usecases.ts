import { and, eq } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { assessments } from '../../../db/schema/index.ts';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { type Action, permissionOf } from '../../domain/assessment/permissions.ts';
import { type AssessmentState, type Move, stateAfter, stateOn } from '../../domain/assessment/states.ts';
import { conflict, notFound } from '../../errors.ts';
import { type Actor, recordEvent } from '../audit/audit.store.ts';

export type Assessment = typeof assessments.$inferSelect;

/** The assessment, or AppError 404 when this organisation has none of that id. */
export async function readAssessment(db: Transaction, organisationId: string, id: string): Promise<Assessment> {
  const [row] = await db.select().from(assessments).where(byId(organisationId, id));
  if (!row) throw notFound();
  return row;
}

/** The same, locked until the transaction ends: saving, submitting and finalising wait for each other. */
export async function lockAssessment(db: Transaction, organisationId: string, id: string): Promise<Assessment> {
  const [row] = await db.select().from(assessments).where(byId(organisationId, id)).for('update');
  if (!row) throw notFound();
  return row;
}

/** Throws AppError 409 `wrong_state` unless the permission table allows `action` in the present state. */
export function requireAllowed(action: Action, assessment: Assessment, now: Date): void {
  const { states } = permissionOf(action);
  const state = stateOn(assessment, tokyoDate(now));
  if (states && !states.includes(state)) throw wrongState(state);
}

/** The one place where an assessment changes state: checks the move, applies it and records it. */
export async function moveAssessment(
  db: Transaction,
  assessment: Assessment,
  move: Move,
  by: { actor: Actor; at: Date; details?: Record<string, unknown>; changes?: Partial<Assessment> },
): Promise<Assessment> {
  const to = stateAfter(move, assessment.state);
  if (!to) throw wrongState(stateOn(assessment, tokyoDate(by.at)));
  const [moved] = await db
    .update(assessments)
    .set({ ...by.changes, state: to })
    .where(and(byId(assessment.organisationId, assessment.id), eq(assessments.state, assessment.state)))
    .returning();
  if (!moved) throw wrongState(assessment.state);
  await recordEvent(db, {
    organisationId: assessment.organisationId,
    assessmentId: assessment.id,
    at: by.at,
    actor: by.actor,
    action: `assessment.${pastTense[move]}`,
    details: { from: assessment.state, to, ...by.details },
  });
  return moved;
}

const pastTense: Record<Move, string> = {
  send: 'sent',
  open: 'opened',
  submit: 'submitted',
  finalise: 'finalised',
  revoke: 'revoked',
};

function byId(organisationId: string, id: string) {
  return and(eq(assessments.organisationId, organisationId), eq(assessments.id, id));
}

function wrongState(state: AssessmentState) {
  return conflict('wrong_state', wrongStateMessages[state], { state });
}

const wrongStateMessages: Record<AssessmentState, { ja: string; en: string }> = {
  draft: {
    ja: 'まだ送付されていない評価依頼です。先に送付してください。',
    en: 'This assessment has not been sent yet. Send it first.',
  },
  sent: {
    ja: '回答がまだ提出されていません。提出を待ってから操作してください。',
    en: 'The answers have not been submitted yet. Wait for the submission.',
  },
  inProgress: {
    ja: '回答がまだ提出されていません。提出を待ってから操作してください。',
    en: 'The answers have not been submitted yet. Wait for the submission.',
  },
  submitted: {
    ja: '回答は提出済みのため、変更できません。訂正が必要な場合は依頼元にご連絡ください。',
    en: 'The answers have been submitted and can no longer be changed. Contact the requester to correct them.',
  },
  finalised: {
    ja: '評価は確定済みのため、変更できません。',
    en: 'The assessment has been finalised and can no longer be changed.',
  },
  revoked: { ja: 'この評価依頼は取り消されています。', en: 'This assessment has been revoked.' },
  expired: {
    ja: '回答期限を過ぎたため、変更できません。期限の延長を依頼元にご相談ください。',
    en: 'The due date has passed, so nothing can be changed. Ask the requester for an extension.',
  },
};
