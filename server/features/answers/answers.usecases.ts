import type { Transaction } from '../../../db/client.ts';
import type { Answers } from '../../domain/questionnaire/answer.ts';
import { effectiveAnswers } from '../../domain/questionnaire/effective-answers.ts';
import type { SubmittedAnswers } from '../../domain/round/submitted.ts';
import {
  type AnswerRow,
  type EvidenceFile,
  listAnswers,
  listEvidence,
  listReviews,
  type ReviewRow,
} from './answers.store.ts';
import { collected, settlementsOf } from './collected.ts';
import { handedInRows, listHandedInFiles } from './handed-in.ts';

/** `answers` are as the vendor gave them, `effective` those that count once conditions are settled: what is evaluated. */
export type CollectedAnswers = {
  answers: Answers;
  effective: Answers;
  rows: AnswerRow[];
  files: EvidenceFile[];
  reviews: ReviewRow[];
};

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
  return gathered(rows, files, reviews);
}

/** The same as the vendor knows it: without the marks of reviewers, which also decide what applies. */
export async function collectGiven(
  db: Transaction,
  organisationId: string,
  assessmentId: string,
): Promise<CollectedAnswers> {
  const [rows, files] = await Promise.all([
    listAnswers(db, organisationId, assessmentId),
    listEvidence(db, organisationId, assessmentId),
  ]);
  return put(rows, files, []);
}

/** The same as it was handed in in the round of `given`, whatever has become of it since. */
export async function collectHandedIn(
  db: Transaction,
  organisationId: string,
  assessmentId: string,
  given: SubmittedAnswers,
): Promise<CollectedAnswers> {
  const reviews = await listReviews(db, organisationId, assessmentId);
  const rows = handedInRows({ organisationId, assessmentId }, given);
  return put(rows, await listHandedInFiles(db, organisationId, assessmentId, given), reviews);
}

function put(rows: AnswerRow[], files: EvidenceFile[], reviews: ReviewRow[]): CollectedAnswers {
  return gathered(rows, files, reviews);
}

function gathered(rows: AnswerRow[], files: EvidenceFile[], reviews: ReviewRow[]): CollectedAnswers {
  const answers = collected(rows, files, reviews);
  return { answers, effective: effectiveAnswers(answers, settlementsOf(reviews)), rows, files, reviews };
}
