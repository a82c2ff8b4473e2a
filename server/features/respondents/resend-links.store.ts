import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { mails, respondentLinks } from '../../../db/schema/index.ts';
import type { Link } from './entry.store.ts';

/** For `byCredential('resend:' + email)`: the links of this address over all customers, and nothing else, are visible. */
export function linksOfAddress(db: Transaction, email: string): Promise<Link[]> {
  return db
    .select()
    .from(respondentLinks)
    .where(and(eq(sql`lower(${respondentLinks.email})`, email), isNull(respondentLinks.revokedAt)));
}

/** When the link was mailed again after `since`: each person at the vendor has an own one. */
export function resentSince(db: Transaction, link: Link, since: Date): Promise<{ createdAt: Date }[]> {
  return db
    .select({ createdAt: mails.createdAt })
    .from(mails)
    .where(
      and(
        eq(mails.organisationId, link.organisationId),
        eq(mails.assessmentId, link.assessmentId),
        eq(mails.kind, 'link-resent'),
        eq(sql`lower(${mails.recipient})`, link.email.toLowerCase()),
        gt(mails.createdAt, since),
      ),
    );
}
