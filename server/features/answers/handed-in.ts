import type { Transaction } from '../../../db/client.ts';
import type { SubmittedAnswers } from '../../domain/round/submitted.ts';
import { type AnswerRow, type EvidenceFile, listAllEvidence } from './answers.store.ts';

/** Answers of a round as rows; those with nothing but files have none. */
export function handedInRows(
  place: Pick<AnswerRow, 'organisationId' | 'assessmentId'>,
  answers: SubmittedAnswers,
): AnswerRow[] {
  return Object.entries(answers).flatMap(([questionId, { files: _, evidence: __, updatedAt, ...content }]) =>
    content.updatedBy === '' ? [] : [{ ...place, questionId, revision: 1, ...content, updatedAt: new Date(updatedAt) }],
  );
}

/** Files of a round at the subjects where they stood then, oldest first; also those removed since. */
export async function listHandedInFiles(
  db: Transaction,
  organisationId: string,
  assessmentId: string,
  answers: SubmittedAnswers,
): Promise<EvidenceFile[]> {
  const places = new Map(
    Object.values(answers).flatMap(({ evidence }) => evidence.map(({ id, subject }) => [id, subject] as const)),
  );
  const files = await listAllEvidence(db, organisationId, assessmentId);
  return files.flatMap((file) => {
    const subject = places.get(file.id);
    return subject === undefined ? [] : [{ ...file, subject }];
  });
}
