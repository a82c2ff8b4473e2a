import { and, desc, eq, inArray, isNull, ne } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { sessions } from '../../../db/schema/index.ts';

/** ASVS 7.1.2: so many browsers at a time, the oldest leaves. */
const MOST_SESSIONS = 5;

export async function revokeSession(db: Transaction, organisationId: string, id: string, now: Date): Promise<void> {
  await db
    .update(sessions)
    .set({ revokedAt: now })
    .where(and(eq(sessions.organisationId, organisationId), eq(sessions.id, id), isNull(sessions.revokedAt)));
}

/** All of a member's sessions, or all but `keep`. */
export async function revokeMemberSessions(
  db: Transaction,
  { organisationId, id }: { organisationId: string; id: string },
  now: Date,
  keep?: string,
): Promise<void> {
  await db
    .update(sessions)
    .set({ revokedAt: now })
    .where(and(open(organisationId, id), keep === undefined ? undefined : ne(sessions.id, keep)));
}

export async function dropOldestSessions(
  db: Transaction,
  organisationId: string,
  memberId: string,
  now: Date,
): Promise<void> {
  const beyond = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(open(organisationId, memberId))
    .orderBy(desc(sessions.createdAt), desc(sessions.id))
    .offset(MOST_SESSIONS);
  if (beyond.length === 0) return;
  const ids = beyond.map(({ id }) => id);
  await db
    .update(sessions)
    .set({ revokedAt: now })
    .where(and(eq(sessions.organisationId, organisationId), inArray(sessions.id, ids)));
}

function open(organisationId: string, memberId: string) {
  return and(eq(sessions.organisationId, organisationId), eq(sessions.memberId, memberId), isNull(sessions.revokedAt));
}
