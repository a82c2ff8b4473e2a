import type { Transaction } from '../../../db/client.ts';
import { submittedAnswers } from '../../domain/round/submitted.ts';
import type { Assessment } from '../assessments/assessment-state.usecases.ts';
import { insertRound } from './rounds.store.ts';

export type HandedIn = {
  /** Ids of the questions that apply. */
  shown: Iterable<string>;
  rows: Parameters<typeof submittedAnswers>[1];
  files: Parameters<typeof submittedAnswers>[2];
};

/** Keeps what has just been handed in, in the transaction of the submission. `assessment` is as it is after the submission. */
export async function recordRound(
  db: Transaction,
  assessment: Assessment,
  { shown, rows, files }: HandedIn,
): Promise<void> {
  const { organisationId, id, round, submittedAt, receiptNumber, attestation } = assessment;
  if (!submittedAt || !receiptNumber || !attestation)
    throw new Error(`rounds: assessment ${id} has not been handed in`);
  const answers = submittedAnswers(shown, rows, files);
  await insertRound(db, { organisationId, assessmentId: id, round, submittedAt, receiptNumber, attestation, answers });
}
