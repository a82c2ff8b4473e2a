import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { members, messages, respondentLinks } from '../../../db/schema/index.ts';
import type { Message } from './threads.ts';

export async function addMessage(db: Transaction, message: typeof messages.$inferInsert): Promise<void> {
  await db.insert(messages).values(message);
}

/** What was written of one assessment since then. */
export function listSince(
  db: Transaction,
  { organisationId, assessmentId }: Pick<Message, 'organisationId' | 'assessmentId'>,
  since: Date,
): Promise<Message[]> {
  return db
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.organisationId, organisationId),
        eq(messages.assessmentId, assessmentId),
        sql`${messages.at} > ${since.toISOString()}::timestamptz`,
      ),
    );
}

/** The member who asked; when that person has left, the owners of the organisation. */
export async function listReaders(db: Transaction, organisationId: string, memberId: string) {
  const rows = await db
    .select({
      id: members.id,
      name: members.name,
      email: members.email,
      locale: members.locale,
      role: members.role,
    })
    .from(members)
    .where(and(eq(members.organisationId, organisationId), isNull(members.disabledAt)));
  const requester = rows.filter(({ id }) => id === memberId);
  return requester.length > 0 ? requester : rows.filter(({ role }) => role === 'owner');
}

/** The vendor's people with a link in force: the one who answers for the request, and those among `authorIds`. */
export function listVendorReaders(
  db: Transaction,
  organisationId: string,
  assessmentId: string,
  authorIds: readonly string[],
) {
  const { role, id } = respondentLinks;
  return db
    .select()
    .from(respondentLinks)
    .where(
      and(
        eq(respondentLinks.organisationId, organisationId),
        eq(respondentLinks.assessmentId, assessmentId),
        isNull(respondentLinks.revokedAt),
        authorIds.length === 0
          ? eq(role, 'respondent')
          : sql`(${eq(role, 'respondent')} or ${inArray(id, [...authorIds])})`,
      ),
    )
    .orderBy(asc(respondentLinks.createdAt), asc(id));
}
