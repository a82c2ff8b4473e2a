import { and, arrayContains, eq, gt, isNull, lt, or, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { assessments, respondentCodes, respondentLinks } from '../../../db/schema/index.ts';

export type Link = typeof respondentLinks.$inferSelect;
export type MailedCode = Pick<typeof respondentCodes.$inferSelect, 'browserHash' | 'tries' | 'createdAt' | 'usedAt'>;

/** 26.6 bits; six digits would be just under the 20 bits of ASVS 6.5.4. */
export const CODE_DIGITS = 8;
/** A code dies after this many tries (ASVS 6.6.3). */
export const MAX_TRIES = 5;
/** More than the people behind one link; a scanner that opens a browser for every press must not fill the table. */
const LATER_BROWSERS = 20;

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

/** Codes mailed for the link after `since`. */
export function codesSince(db: Transaction, link: Link, since: Date): Promise<MailedCode[]> {
  const { browserHash, tries, createdAt, usedAt } = respondentCodes;
  return db
    .select({ browserHash, tries, createdAt, usedAt })
    .from(respondentCodes)
    .where(and(ofLink(link), gt(createdAt, since)));
}

export async function insertCode(db: Transaction, code: typeof respondentCodes.$inferInsert): Promise<void> {
  await db.insert(respondentCodes).values(code);
}

/** Lets the living codes serve another browser too, the newest few of those; whoever asked before keeps them. */
export async function shareCodes(db: Transaction, link: Link, now: Date, browserHash: string): Promise<void> {
  const { laterBrowsers } = respondentCodes;
  await db
    .update(respondentCodes)
    .set({
      laterBrowsers: sql`(array_prepend(${browserHash}, array_remove(${laterBrowsers}, ${browserHash})))[1:${sql.raw(String(LATER_BROWSERS))}]`,
    })
    .where(alive(link, now));
}

/** Spends one try of each code this browser may still use, atomically. */
export function spendTry(db: Transaction, link: Link, browserHash: string, now: Date) {
  return db
    .update(respondentCodes)
    .set({ tries: sql`${respondentCodes.tries} + 1` })
    .where(and(alive(link, now), serves(browserHash)))
    .returning({ id: respondentCodes.id, codeHash: respondentCodes.codeHash, tries: respondentCodes.tries });
}

/** Uses up this browser's codes; true for exactly one caller. */
export async function useCode(db: Transaction, link: Link, browserHash: string, now: Date): Promise<boolean> {
  const used = await db
    .update(respondentCodes)
    .set({ usedAt: now })
    .where(and(ofLink(link), serves(browserHash), isNull(respondentCodes.usedAt)))
    .returning({ id: respondentCodes.id });
  return used.length > 0;
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

function serves(browserHash: string) {
  const { browserHash: asked, laterBrowsers } = respondentCodes;
  return or(eq(asked, browserHash), arrayContains(laterBrowsers, [browserHash]));
}

/** Unused, young enough and with tries left. */
function alive(link: Link, now: Date) {
  const { tries, usedAt, expiresAt } = respondentCodes;
  return and(ofLink(link), lt(tries, MAX_TRIES), isNull(usedAt), gt(expiresAt, now));
}
