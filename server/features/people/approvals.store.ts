import { and, asc, eq } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { approvals } from '../../../db/schema/index.ts';

export type Approval = typeof approvals.$inferSelect;
type Round = { organisationId: string; id: string; round: number };

/** What was asked for and decided in this round, oldest first. */
export function listApprovals(db: Transaction, { organisationId, id, round }: Round): Promise<Approval[]> {
  return db
    .select()
    .from(approvals)
    .where(
      and(eq(approvals.organisationId, organisationId), eq(approvals.assessmentId, id), eq(approvals.round, round)),
    )
    .orderBy(asc(approvals.at));
}

export async function addApproval(db: Transaction, row: Approval): Promise<void> {
  await db.insert(approvals).values(row);
}
