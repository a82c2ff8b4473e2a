import type { Transaction } from '../../../db/client.ts';
import type { Action } from '../../domain/assessment/permissions.ts';
import { notFound } from '../../errors.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { type Assessment, lockAssessment, requireAllowed } from '../assessments/assessment-state.usecases.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { listPeople, type Person } from './people.store.ts';

/** A change of who does what, with everything at hand; whoever else changes the request waits. */
export type Change = { db: Transaction; assessment: Assessment; people: readonly Person[]; me: Person; now: Date };

/** Throws AppError 409 `wrong_state`, and 404 when the person's link has been closed meanwhile. */
export async function changing<T>(
  services: Services,
  principal: RespondentPrincipal,
  action: Action,
  work: (change: Change) => Promise<T>,
): Promise<T> {
  const { organisationId, assessmentId, linkId } = principal;
  const now = services.clock.now();
  return services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await lockAssessment(db, organisationId, assessmentId);
    requireAllowed(action, assessment, now);
    const people = await listPeople(db, assessment);
    // Read again under the lock: the role may have been handed over since the session was opened.
    const me = people.find(({ id, role, revokedAt }) => id === linkId && role === principal.role && !revokedAt);
    if (!me) throw notFound();
    return work({ db, assessment, people, me, now });
  });
}

/** A colleague whose link is in force, other than oneself; AppError 404 for anybody else. */
export function colleagueOf({ people, me }: Change, id: string): Person {
  const person = people.find((one) => one.id === id && one.id !== me.id && !one.revokedAt);
  if (!person) throw notFound();
  return person;
}

export function inForce(people: readonly Person[], role?: Person['role']): Person[] {
  return people.filter((person) => !person.revokedAt && (role === undefined || person.role === role));
}

/** Records who did it to whom: the name stands in the trail, the address in its details. */
export async function recordChange(
  { db, assessment, now }: Change,
  principal: RespondentPrincipal,
  action: `people.${string}` | `approval.${string}`,
  about: { person?: Person; details?: Record<string, unknown> } = {},
): Promise<void> {
  const { person, details = {} } = about;
  await recordEvent(db, {
    organisationId: assessment.organisationId,
    assessmentId: assessment.id,
    at: now,
    actor: actorOf(principal),
    action,
    subject: person?.name ?? '',
    details: person ? { email: person.email, ...details } : details,
  });
}
