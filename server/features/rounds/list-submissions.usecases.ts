import type { Transaction } from '../../../db/client.ts';
import { compareRounds } from '../../domain/round/compare.ts';
import type { Assessment } from '../assessments/assessment-state.usecases.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { listReturned } from './returns.store.ts';
import { listRounds } from './rounds.store.ts';

/** `returned`: how many questions had been given back; `changed`: how many differ from the round before, both 0 in the first. */
export type Submission = {
  round: number;
  submittedAt: Date;
  receiptNumber: string;
  returned: number;
  changed: number;
};

/** Every submission so far, first one first. */
export async function listSubmissions(db: Transaction, assessment: Assessment): Promise<Submission[]> {
  const { organisationId, id: assessmentId } = assessment;
  const rounds = await listRounds(db, organisationId, assessmentId);
  const ids = compiledSnapshot(assessment).questions.map(({ question }) => question.id);
  const told: Submission[] = [];
  for (const { round, submittedAt, receiptNumber, answers } of rounds) {
    const before = rounds.find((one) => one.round === round - 1);
    const returned = (await listReturned(db, { organisationId, assessmentId, round })).length;
    const changed = before ? compareRounds(ids, before.answers, answers).length : 0;
    told.push({ round, submittedAt, receiptNumber, returned, changed });
  }
  return told;
}
