import type { Transaction } from '../../../db/client.ts';
import type { Answers } from '../../domain/questionnaire/answer.ts';
import {
  type AnswerRow,
  type EvidenceFile,
  listAnswers,
  listEvidence,
  listReviews,
  type ReviewRow,
} from './answers.store.ts';
import { collected } from './collected.ts';

export type CollectedAnswers = { answers: Answers; rows: AnswerRow[]; files: EvidenceFile[]; reviews: ReviewRow[] };

/** Everything said about one assessment: the answers with their evidence states, and the rows they come from. */
export async function collectAnswers(
  db: Transaction,
  organisationId: string,
  assessmentId: string,
): Promise<CollectedAnswers> {
  const [rows, files, reviews] = await Promise.all([
    listAnswers(db, organisationId, assessmentId),
    listEvidence(db, organisationId, assessmentId),
    listReviews(db, organisationId, assessmentId),
  ]);
  return { answers: collected(rows, files, reviews), rows, files, reviews };
}
