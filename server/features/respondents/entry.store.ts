import { and, desc, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { assessments, respondentCodes, respondentLinks } from '../../../db/schema/index.ts';

export type Link = typeof respondentLinks.$inferSelect;
export type MailedCode = Pick<
  typeof respondentCodes.$inferSelect,
  'id' | 'browserHash' | 'tries' | 'createdAt' | 'usedAt' | 'expiresAt'
>;

/** 26.6 bits; six digits would be just under the 20 bits of ASVS 6.5.4. */
export const CODE_DIGITS = 8;
/** A code dies after this many tries (ASVS 6.6.3). */
export const MAX_TRIES = 5;

/** For `byCredential(tokenHash)`: row-level security shows this one link and nothing else. */
export async function findLink(db: Transaction, tokenHash: string): Promise<Link | undefined> {
  const [link] = await db.select().from(respondentLinks).where(eq(respondentLinks.tokenHash, tokenHash));
  return link;
}

/** Makes everything that mails to this link wait for each other, so that limits hold when raced. */
export async function lockLink(db: Transaction, { organisationId, id }: Link): Promise<void> {
  await db
    .select({ id: respondentLinks.id })
    .from(respondentLinks)
    .where(and(eq(respondentLinks.organisationId, organisationId), eq(respondentLinks.id, id)))
    .for('update');
}

/** Codes mailed for the link after `since`, newest first. */
export function codesSince(db: Transaction, link: Link, since: Date): Promise<MailedCode[]> {
  const { id, browserHash, tries, createdAt, usedAt, expiresAt } = respondentCodes;
  return db
    .select({ id, browserHash, tries, createdAt, usedAt, expiresAt })
    .from(respondentCodes)
    .where(and(ofLink(link), gt(createdAt, since)))
    .orderBy(desc(createdAt), desc(id));
}

export async function insertCode(db: Transaction, code: typeof respondentCodes.$inferInsert): Promise<void> {
  await db.insert(respondentCodes).values(code);
}

/** Ties a code to another browser; its count of tries stays. */
export async function rebindCode(db: Transaction, link: Link, id: string, browserHash: string): Promise<void> {
  await db
    .update(respondentCodes)
    .set({ browserHash })
    .where(and(ofLink(link), eq(respondentCodes.id, id)));
}

/** Spends one try of the newest code of this browser, atomically; nothing when it has none left, is used or is too old. */
export async function spendTry(db: Transaction, link: Link, browserHash: string, now: Date) {
  const newest = sql`(select id from respondent_codes where organisation_id = ${link.organisationId} and link_id = ${link.id}
    and browser_hash = ${browserHash} order by created_at desc, id desc limit 1)`;
  const [spent] = await db
    .update(respondentCodes)
    .set({ tries: sql`${respondentCodes.tries} + 1` })
    .where(
      and(
        ofLink(link),
        eq(respondentCodes.id, newest),
        lt(respondentCodes.tries, MAX_TRIES),
        isNull(respondentCodes.usedAt),
        gt(respondentCodes.expiresAt, now),
      ),
    )
    .returning({ id: respondentCodes.id, codeHash: respondentCodes.codeHash, tries: respondentCodes.tries });
  return spent;
}

/** True for exactly one caller. */
export async function useCode(db: Transaction, link: Link, id: string, now: Date): Promise<boolean> {
  const used = await db
    .update(respondentCodes)
    .set({ usedAt: now })
    .where(and(ofLink(link), eq(respondentCodes.id, id), isNull(respondentCodes.usedAt)))
    .returning({ id: respondentCodes.id });
  return used.length === 1;
}

export async function markFirstOpened(db: Transaction, organisationId: string, id: string, now: Date): Promise<void> {
  await db
    .update(assessments)
    .set({ firstOpenedAt: now })
    .where(
      and(eq(assessments.organisationId, organisationId), eq(assessments.id, id), isNull(assessments.firstOpenedAt)),
    );
}

function ofLink({ organisationId, id }: Link) {
  return and(eq(respondentCodes.organisationId, organisationId), eq(respondentCodes.linkId, id));
}
