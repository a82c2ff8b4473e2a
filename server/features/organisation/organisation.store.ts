import { and, desc, eq, isNull, like } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { auditEvents, organisations } from '../../../db/schema/index.ts';

export type Organisation = typeof organisations.$inferSelect;
/** What an owner may change. */
export type Settings = Pick<
  Organisation,
  | 'name'
  | 'nameEn'
  | 'isEntrustee'
  | 'address'
  | 'department'
  | 'privacyName'
  | 'privacyEmail'
  | 'privacyPhone'
  | 'confidentialityJa'
  | 'confidentialityEn'
>;

export async function readOrganisation(db: Transaction, id: string): Promise<Organisation> {
  const [row] = await db.select().from(organisations).where(eq(organisations.id, id));
  if (!row) throw new Error(`there is no organisation ${id}`);
  return row;
}

/** The same, and nobody else changes it, or its logo, before the transaction ends. */
export async function lockOrganisation(db: Transaction, id: string): Promise<Organisation> {
  const [row] = await db.select().from(organisations).where(eq(organisations.id, id)).for('no key update');
  if (!row) throw new Error(`there is no organisation ${id}`);
  return row;
}

export async function updateOrganisation(
  db: Transaction,
  id: string,
  change: Settings & Pick<Organisation, 'settingsRevision' | 'settingsChangedAt' | 'settingsChangedBy'>,
): Promise<void> {
  await db.update(organisations).set(change).where(eq(organisations.id, id));
}

/** What was done to the organisation itself, latest first; older events stand in the trail alone. */
export function listChanges(db: Transaction, organisationId: string) {
  const { organisationId: owner, assessmentId, at, actorName, action, subject, details } = auditEvents;
  return db
    .select({ at, actorName, action, subject, details })
    .from(auditEvents)
    .where(and(eq(owner, organisationId), isNull(assessmentId), like(action, 'organisation.%')))
    .orderBy(desc(at), desc(auditEvents.id))
    .limit(10);
}
