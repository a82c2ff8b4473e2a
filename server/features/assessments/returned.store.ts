import { and, eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { returnedQuestions } from '../../../db/schema/index.ts';
import type { Assessment } from './assessment-state.usecases.ts';

/** How many questions are with the vendor again; 0 unless the answers were returned. */
export async function countReturned(
  db: Transaction,
  { organisationId, id, state, round }: Pick<Assessment, 'organisationId' | 'id' | 'state' | 'round'>,
): Promise<number> {
  if (state !== 'returned') return 0;
  const [row] = await db
    .select({ total: sql<number>`count(*)::int` })
    .from(returnedQuestions)
    .where(
      and(
        eq(returnedQuestions.organisationId, organisationId),
        eq(returnedQuestions.assessmentId, id),
        eq(returnedQuestions.round, round),
      ),
    );
  return row?.total ?? 0;
}
