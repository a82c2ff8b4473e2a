import type { Transaction } from '../../../db/client.ts';
import type { CompiledQuestionnaire } from '../../domain/questionnaire/compile.ts';
import { openInReturn } from '../../domain/round/open-in-return.ts';
import type { SubmittedAnswers } from '../../domain/round/submitted.ts';
import { conflict } from '../../errors.ts';
import type { Assessment } from '../assessments/assessment-state.usecases.ts';
import { findReturn, listReturned } from './returns.store.ts';
import { findRound } from './rounds.store.ts';

/** What a vendor has been given back. `reasons` by question id; `before` is what was handed in last; `open` may be changed. */
export type ReturnedRound = {
  round: number;
  note: string;
  reasons: ReadonlyMap<string, string>;
  before: SubmittedAnswers;
  open: ReadonlySet<string>;
};
type Returned = Pick<Assessment, 'organisationId' | 'id' | 'state' | 'round'>;

/** null unless the answers are with the vendor again; also when the time for that has passed. */
export async function readReturnedRound(
  db: Transaction,
  { organisationId, id: assessmentId, state, round }: Returned,
  compiled: CompiledQuestionnaire,
): Promise<ReturnedRound | null> {
  if (state !== 'returned') return null;
  const place = { organisationId, assessmentId, round };
  const [flagged, last, returned] = await Promise.all([
    listReturned(db, place),
    findRound(db, { ...place, round: round - 1 }),
    findReturn(db, place),
  ]);
  const reasons = new Map(flagged.map(({ questionId, reason }) => [questionId, reason]));
  const before = last?.answers ?? {};
  const open = openInReturn(compiled, new Set(reasons.keys()), before);
  return { round, note: returned?.note ?? '', reasons, before, open };
}

/** What was given back, if anything. AppError 409 `not_returned` when the question was not among it. */
export async function requireOpenQuestion(
  db: Transaction,
  assessment: Returned,
  compiled: CompiledQuestionnaire,
  questionId: string,
): Promise<ReturnedRound | null> {
  const returned = await readReturnedRound(db, assessment, compiled);
  if (!returned || returned.open.has(questionId)) return returned;
  throw conflict('not_returned', {
    ja: 'この設問は差戻しの対象ではないため、変更できません。訂正が必要なときは、依頼元にご連絡ください。',
    en: 'This question was not returned to you, so it cannot be changed. Contact the requester to correct it.',
  });
}
