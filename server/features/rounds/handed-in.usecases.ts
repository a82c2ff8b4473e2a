import type { Transaction } from '../../../db/client.ts';
import type { Answers } from '../../domain/questionnaire/answer.ts';
import { shownToRespondent } from '../../domain/questionnaire/visibility.ts';
import { type SubmittedAnswers, submittedAnswers } from '../../domain/round/submitted.ts';
import type { Assessment } from '../assessments/assessment-state.usecases.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { listGivenAnswers, listGivenFiles } from './given.store.ts';
import { recordRound } from './record-round.usecases.ts';
import { findRound } from './rounds.store.ts';

/**
 * What was handed in last, of an assessment in state `submitted`. One that was handed in before rounds were kept gets its round
 * now: nothing can have changed since.
 */
export async function handedIn(db: Transaction, assessment: Assessment): Promise<SubmittedAnswers> {
  const { organisationId, id: assessmentId, round } = assessment;
  const kept = await findRound(db, { organisationId, assessmentId, round });
  if (kept) return kept.answers;
  const rows = await listGivenAnswers(db, organisationId, assessmentId);
  const files = (await listGivenFiles(db, organisationId, assessmentId)).filter(({ removedAt }) => removedAt === null);
  const answers: Answers = Object.fromEntries(
    rows.map(({ questionId, value, naReason }) => [questionId, { value, naReason }]),
  );
  const shown = [...shownToRespondent(compiledSnapshot(assessment), answers)];
  await recordRound(db, assessment, { shown, rows, files });
  return submittedAnswers(shown, rows, files);
}
