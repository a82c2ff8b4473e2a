import type { Transaction } from '../../../db/client.ts';
import { changedSubjects } from '../../domain/round/changed-subjects.ts';
import { compareRounds } from '../../domain/round/compare.ts';
import { submittedAnswers } from '../../domain/round/submitted.ts';
import type { Assessment } from '../assessments/assessment-state.usecases.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { recordEvent, systemActor } from '../audit/audit.store.ts';
import { listMarks, type Mark, reopenMark } from './marks.store.ts';
import type { HandedIn } from './record-round.usecases.ts';
import { findRound } from './rounds.store.ts';

/**
 * Before answers are handed in again: marks on evidence and on 該当なし of subjects whose answer or files changed since are
 * taken back, because they were made on something else. Internal remarks stay.
 */
export async function reopenChangedMarks(
  db: Transaction,
  assessment: Assessment,
  { shown, rows, files }: HandedIn,
  at: Date,
): Promise<void> {
  const { organisationId, id: assessmentId } = assessment;
  const last = await findRound(db, { organisationId, assessmentId, round: assessment.round - 1 });
  if (!last) return;
  const ids = compiledSnapshot(assessment).questions.map(({ question }) => question.id);
  const changed = changedSubjects(compareRounds(ids, last.answers, submittedAnswers(shown, rows, files)));
  for (const mark of await listMarks(db, organisationId, assessmentId)) {
    if (!changed.has(mark.subject) || !isMarked(mark)) continue;
    await reopenMark(db, mark);
    const { subject, evidenceState, naRejected, reason } = mark;
    await recordEvent(db, {
      ...{ organisationId, assessmentId, at, actor: systemActor, action: 'review.reopened', subject },
      details: { round: assessment.round, evidenceState, naRejected, reason },
    });
  }
}

function isMarked({ evidenceState, naRejected, conditionHolds, reason }: Mark): boolean {
  return evidenceState !== null || naRejected || conditionHolds !== null || reason !== '';
}
