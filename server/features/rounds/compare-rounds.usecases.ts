import type { Transaction } from '../../../db/client.ts';
import { shownToRespondent } from '../../domain/questionnaire/visibility.ts';
import { changeWords } from '../../domain/round/change-words.ts';
import { compareRounds } from '../../domain/round/compare.ts';
import { answersOf } from '../../domain/round/submitted.ts';
import { notFound } from '../../errors.ts';
import type { Assessment } from '../assessments/assessment-state.usecases.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { listGivenFiles } from './given.store.ts';
import { findReturn, listReturned } from './returns.store.ts';
import { listRounds } from './rounds.store.ts';

/**
 * What was handed in in one round beside the round before, as both sides may read it: reasons of the return, changes from → to,
 * and all rounds so far. `own`, where given, limits it to a person's part. AppError 404 for a round that was not handed in.
 */
export async function readComparison(
  db: Transaction,
  assessment: Assessment,
  number: number,
  own?: ReadonlySet<string>,
) {
  const { organisationId, id: assessmentId } = assessment;
  const place = { organisationId, assessmentId, round: number };
  const [rounds, returned, opening, files] = await Promise.all([
    listRounds(db, organisationId, assessmentId),
    listReturned(db, place),
    findReturn(db, place),
    listGivenFiles(db, organisationId, assessmentId),
  ]);
  const round = rounds.find((one) => one.round === number);
  if (!round) throw notFound();
  const compiled = compiledSnapshot(assessment);
  const ids = compiled.questions.map(({ question }) => question.id).filter((id) => own?.has(id) ?? true);
  const before = rounds.find((one) => one.round === number - 1) ?? null;
  const found = before ? compareRounds(ids, before.answers, round.answers) : [];
  const shown = shownToRespondent(compiled, answersOf(round.answers));
  const changes = changeWords(compiled, found, { shown, files });
  const changed = new Set(changes.map(({ id }) => id));
  const reasons = new Map(returned.map(({ questionId, reason }) => [questionId, reason]));
  return {
    number,
    receiptNumber: round.receiptNumber,
    submittedAt: round.submittedAt,
    attestation: { ...round.attestation, remark: round.attestation.remark ?? '' },
    previousAt: before?.submittedAt ?? null,
    note: opening?.note ?? '',
    dueOn: opening?.dueOn ?? null,
    returned: ids.flatMap((id) => {
      const [reason, text] = [reasons.get(id), compiled.byId.get(id)?.question.text];
      return reason === undefined || !text ? [] : [{ id, text, reason, isChanged: changed.has(id) }];
    }),
    changes,
    rounds: rounds.map((one) => ({
      number: one.round,
      submittedAt: one.submittedAt,
      receiptNumber: one.receiptNumber,
      current: one.round === number,
    })),
  };
}
export type Comparison = Awaited<ReturnType<typeof readComparison>>;
