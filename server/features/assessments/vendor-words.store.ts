import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { messages } from '../../../db/schema/index.ts';

export type VendorWords = {
  /** Threads in which the vendor wrote last. */
  waiting: number;
  /** The latest reason for declining. */
  decline: { reason: string; by: string; at: Date } | null;
  /** Another contact the vendor has named, while nobody has answered. */
  proposal: { id: string; name: string; email: string } | null;
};

/** What of the vendor's messages the page of the assessment says. */
export async function readVendorWords(
  db: Transaction,
  organisationId: string,
  assessmentId: string,
): Promise<VendorWords> {
  const all = await listMessages(db, organisationId, assessmentId);
  const whole = all.filter(({ questionId }) => questionId === null).reverse();
  const declined = whole.find(({ kind }) => kind === 'declined');
  const [last] = whole;
  const named = last?.kind === 'redirected' ? last : null;
  return {
    waiting: (await countWaiting(db, organisationId, [assessmentId])).get(assessmentId) ?? 0,
    decline: declined ? { reason: declined.body, by: declined.authorName, at: declined.at } : null,
    proposal: named ? { id: named.id, name: named.details.name ?? '', email: named.details.email ?? '' } : null,
  };
}

/** Everything written of one assessment, oldest first. */
export function listMessages(db: Transaction, organisationId: string, assessmentId: string) {
  return db
    .select()
    .from(messages)
    .where(and(eq(messages.organisationId, organisationId), eq(messages.assessmentId, assessmentId)))
    .orderBy(asc(messages.at), asc(messages.id));
}

/** The contact named in that message of that assessment. */
export async function findProposal(db: Transaction, organisationId: string, assessmentId: string, messageId: string) {
  const [row] = await db
    .select({ details: messages.details })
    .from(messages)
    .where(
      and(
        eq(messages.organisationId, organisationId),
        eq(messages.assessmentId, assessmentId),
        eq(messages.kind, 'redirected'),
        sql`${messages.id}::text = ${messageId}`,
      ),
    );
  return row ? { name: row.details.name ?? '', email: row.details.email ?? '' } : null;
}

/**
 * Threads in which the vendor wrote last, by assessment, while they can still be answered. A decline waits in its own way; a
 * contact named is dealt with once it is the contact. The threads of the messages feature tell the same; a test compares them.
 */
export async function countWaiting(
  db: Transaction,
  organisationId: string,
  assessmentIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (assessmentIds.length === 0) return new Map();
  const { rows } = await db.execute<{ id: string; total: number }>(sql`
    select last.assessment_id as id, count(*)::int as total
      from (select distinct on (assessment_id, question_id) * from messages
              where organisation_id = ${organisationId} and ${inArray(messages.assessmentId, [...assessmentIds])}
              order by assessment_id, question_id, at desc, id desc) last
      join assessments a on a.organisation_id = ${organisationId} and a.id = last.assessment_id
     where last.author_kind = 'respondent' and last.kind <> 'declined' and a.state not in ('finalised', 'revoked')
       and not (last.kind = 'redirected' and lower(last.details ->> 'email') = lower(a.contact_email))
     group by last.assessment_id`);
  return new Map(rows.map(({ id, total }) => [id, total]));
}
