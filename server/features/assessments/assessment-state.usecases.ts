import { and, eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { assessments } from '../../../db/schema/index.ts';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { isIdentifier } from '../../domain/assessment/identifier.ts';
import { type Action, permissionOf, type Role, respondentRoles } from '../../domain/assessment/permissions.ts';
import { type Move, stateAfter, stateOn } from '../../domain/assessment/states.ts';
import { notFound } from '../../errors.ts';
import { type Actor, recordEvent } from '../audit/audit.store.ts';
import { wrongState } from './wrong-state.ts';

export type Assessment = typeof assessments.$inferSelect;

/** The assessment, or the same AppError 404 for an id that is unknown, foreign or no id at all. */
export async function readAssessment(db: Transaction, organisationId: string, id: string): Promise<Assessment> {
  if (!isIdentifier(id)) throw notFound();
  const [row] = await db.select().from(assessments).where(byId(organisationId, id));
  if (!row) throw notFound();
  return row;
}

/** The same, locked until the transaction ends: saving, submitting and finalising wait for each other. */
export async function lockAssessment(db: Transaction, organisationId: string, id: string): Promise<Assessment> {
  if (!isIdentifier(id)) throw notFound();
  const [row] = await db.select().from(assessments).where(byId(organisationId, id)).for('update');
  if (!row) throw notFound();
  return row;
}

/** Throws AppError 409 `wrong_state` unless the permission table allows `action` in the present state. */
export function requireAllowed(
  action: Action,
  assessment: Pick<Assessment, 'state' | 'dueOn' | 'graceDays'>,
  now: Date,
): void {
  const { states } = permissionOf(action);
  const state = stateOn(assessment, tokyoDate(now));
  if (states && !states.includes(state)) throw wrongState(state, isOfVendor(action));
}

/** To be called by whatever changes what the vendor's pages show and is no answer and no file: pages are remembered until then. */
export async function bumpPages(db: Transaction, organisationId: string, id: string): Promise<void> {
  await db
    .update(assessments)
    .set({ pageVersion: sql`${assessments.pageVersion} + 1` })
    .where(byId(organisationId, id));
}

/** The one place where an assessment changes state: checks the move, applies it and records it. */
export async function moveAssessment(
  db: Transaction,
  assessment: Assessment,
  move: Move,
  by: { actor: Actor; at: Date; details?: Record<string, unknown>; changes?: Partial<Assessment> },
): Promise<Assessment> {
  const to = stateAfter(move, assessment.state);
  const byVendor = by.actor.kind === 'respondent';
  if (!to) throw wrongState(stateOn(assessment, tokyoDate(by.at)), byVendor);
  const [moved] = await db
    .update(assessments)
    .set({ ...by.changes, state: to })
    .where(and(byId(assessment.organisationId, assessment.id), eq(assessments.state, assessment.state)))
    .returning();
  if (!moved) throw wrongState(assessment.state, byVendor);
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
  return: 'returned',
  withdrawReturn: 'returnWithdrawn',
  decline: 'declined',
  resume: 'resumed',
  finalise: 'finalised',
  revoke: 'revoked',
};

function byId(organisationId: string, id: string) {
  return and(eq(assessments.organisationId, organisationId), eq(assessments.id, id));
}

function isOfVendor(action: Action): boolean {
  const { roles } = permissionOf(action);
  return roles !== 'anyone' && roles.some((role) => (respondentRoles as readonly Role[]).includes(role));
}
