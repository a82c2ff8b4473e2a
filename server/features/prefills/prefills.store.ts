import { and, asc, eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { prefills } from '../../../db/schema/index.ts';

export type Prefill = typeof prefills.$inferSelect;
type Of = { organisationId: string; assessmentId: string };

export function listPrefills(db: Transaction, of: Of): Promise<Prefill[]> {
  return db.select().from(prefills).where(whose(of)).orderBy(asc(prefills.questionId));
}

/** Keeps what is there: an offer that was decided on does not come back by itself. Resolves to how many are new. */
export async function addOffers(db: Transaction, offers: readonly Prefill[]): Promise<number> {
  if (offers.length === 0) return 0;
  const added = await db
    .insert(prefills)
    .values([...offers])
    .onConflictDoNothing()
    .returning({ questionId: prefills.questionId });
  return added.length;
}

/** Puts these in the place of what is offered now. */
export async function putOffers(db: Transaction, offers: readonly Prefill[]): Promise<void> {
  if (offers.length === 0) return;
  const fresh = (column: string) => sql.raw(`excluded.${column}`);
  await db
    .insert(prefills)
    .values([...offers])
    .onConflictDoUpdate({
      target: [prefills.organisationId, prefills.assessmentId, prefills.questionId],
      set: {
        source: fresh('source'),
        value: fresh('value'),
        naReason: fresh('na_reason'),
        comment: fresh('comment'),
        plan: fresh('plan'),
        conditional: fresh('conditional'),
        withheld: fresh('withheld'),
        offeredAt: fresh('offered_at'),
        decision: null,
        decidedAt: null,
        decidedBy: null,
      },
    });
}

type Decision = { decision: 'adopted' | 'dismissed' | null; decidedAt: Date | null; decidedBy: string | null };

/** Resolves to the offer, undefined when there is none for this question. */
export async function decideOffer(
  db: Transaction,
  of: Of,
  questionId: string,
  decision: Decision,
): Promise<Prefill | undefined> {
  const [row] = await db
    .update(prefills)
    .set(decision)
    .where(and(whose(of), eq(prefills.questionId, questionId)))
    .returning();
  return row;
}

function whose({ organisationId, assessmentId }: Of) {
  return and(eq(prefills.organisationId, organisationId), eq(prefills.assessmentId, assessmentId));
}
