import type { Transaction } from '../../../db/client.ts';
import { type AnswerChange, compareRounds } from '../../domain/round/compare.ts';
import type { SubmittedAnswers } from '../../domain/round/submitted.ts';
import type { Assessment } from '../assessments/assessment-state.usecases.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { listGivenFiles } from './given.store.ts';
import { listReturned, type ReturnedQuestion } from './returns.store.ts';
import { findRound } from './rounds.store.ts';

/** The round a reviewer reads: the one handed in last. */
export type ReviewRound = {
  number: number;
  /** null for what was handed in before rounds were kept. */
  answers: SubmittedAnswers | null;
  /** What differs from the round before, by question id. */
  changes: ReadonlyMap<string, AnswerChange>;
  /** What was returned to open this round, and what is marked for (or is with the vendor in) the next one, by question id. */
  returned: ReadonlyMap<string, ReturnedQuestion>;
  flagged: ReadonlyMap<string, ReturnedQuestion>;
  /** Names of all files ever given. */
  files: readonly { sha256: string; name: string }[];
};

export async function readReviewRound(db: Transaction, assessment: Assessment): Promise<ReviewRound> {
  const { organisationId, id: assessmentId } = assessment;
  const number = assessment.state === 'returned' ? assessment.round - 1 : assessment.round;
  const place = { organisationId, assessmentId, round: number };
  const [now, before, returned, flagged] = await Promise.all([
    findRound(db, place),
    findRound(db, { ...place, round: number - 1 }),
    listReturned(db, place),
    listReturned(db, { ...place, round: number + 1 }),
  ]);
  const ids = compiledSnapshot(assessment).questions.map(({ question }) => question.id);
  const changes = now && before ? compareRounds(ids, before.answers, now.answers) : [];
  const files = changes.length > 0 ? await listGivenFiles(db, organisationId, assessmentId) : [];
  return {
    number,
    answers: now?.answers ?? null,
    changes: new Map(changes.map((change) => [change.questionId, change])),
    returned: byQuestion(returned),
    flagged: byQuestion(flagged),
    files: files.map(({ sha256, name }) => ({ sha256, name })),
  };
}

function byQuestion(rows: readonly ReturnedQuestion[]): ReadonlyMap<string, ReturnedQuestion> {
  return new Map(rows.map((row) => [row.questionId, row]));
}
