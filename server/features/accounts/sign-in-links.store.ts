import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { signInLinks } from '../../../db/schema/index.ts';

export type SignInLink = typeof signInLinks.$inferSelect;

export async function insertSignInLink(db: Transaction, link: typeof signInLinks.$inferInsert): Promise<void> {
  await db.insert(signInLinks).values(link);
}

/** For `byCredential(tokenHash)`: row-level security shows this one link and nothing else. */
export async function findSignInLink(db: Transaction, tokenHash: string): Promise<SignInLink | undefined> {
  const [link] = await db.select().from(signInLinks).where(eq(signInLinks.tokenHash, tokenHash));
  return link;
}

/** When links were made for the member after `since`. */
export async function linksSince(
  db: Transaction,
  organisationId: string,
  memberId: string,
  since: Date,
): Promise<Date[]> {
  const rows = await db
    .select({ at: signInLinks.createdAt })
    .from(signInLinks)
    .where(
      and(
        eq(signInLinks.organisationId, organisationId),
        eq(signInLinks.memberId, memberId),
        gt(signInLinks.createdAt, since),
      ),
    );
  return rows.map(({ at }) => at);
}

/** True for exactly one caller, and only while the link counts. */
export async function consumeSignInLink(db: Transaction, link: SignInLink, now: Date): Promise<boolean> {
  const used = await db
    .update(signInLinks)
    .set({ usedAt: now })
    .where(
      and(
        eq(signInLinks.organisationId, link.organisationId),
        eq(signInLinks.id, link.id),
        isNull(signInLinks.usedAt),
        gt(signInLinks.expiresAt, now),
      ),
    )
    .returning({ id: signInLinks.id });
  return used.length === 1;
}

/** A new link, a new password or a disabled account ends all links sent before. */
export async function endSignInLinks(
  db: Transaction,
  organisationId: string,
  memberId: string,
  now: Date,
): Promise<void> {
  await db
    .update(signInLinks)
    .set({ usedAt: now })
    .where(
      and(
        eq(signInLinks.organisationId, organisationId),
        eq(signInLinks.memberId, memberId),
        isNull(signInLinks.usedAt),
      ),
    );
}
