import { and, asc, eq } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { rounds } from '../../../db/schema/index.ts';

export type Round = typeof rounds.$inferSelect;

export async function insertRound(db: Transaction, round: Round): Promise<void> {
  await db.insert(rounds).values(round);
}

/** What was handed in so far, first round first. */
export function listRounds(db: Transaction, organisationId: string, assessmentId: string): Promise<Round[]> {
  return db
    .select()
    .from(rounds)
    .where(and(eq(rounds.organisationId, organisationId), eq(rounds.assessmentId, assessmentId)))
    .orderBy(asc(rounds.round));
}

export async function findRound(
  db: Transaction,
  { organisationId, assessmentId, round }: Pick<Round, 'organisationId' | 'assessmentId' | 'round'>,
): Promise<Round | undefined> {
  const [row] = await db
    .select()
    .from(rounds)
    .where(
      and(eq(rounds.organisationId, organisationId), eq(rounds.assessmentId, assessmentId), eq(rounds.round, round)),
    );
  return row;
}
