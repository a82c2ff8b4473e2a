import type { Transaction } from '../../../db/client.ts';
import { evaluations } from '../../../db/schema/index.ts';
import type { Evaluation } from '../../domain/scoring/evaluation.ts';

type Row = { organisationId: string; id: string; assessmentId: string; result: Evaluation; createdAt: Date };

export async function insertEvaluation(db: Transaction, row: Row): Promise<void> {
  const { mode, asOf, scorerVersion } = row.result;
  await db.insert(evaluations).values({ ...row, mode, asOf, scorerVersion });
}
