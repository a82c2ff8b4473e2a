import type { Transaction } from '../../../../db/client.ts';
import type { Advice, AdviceContext, PreviousSubmission } from '../../../domain/advice/advice.ts';
import { adviceFor } from '../../../domain/advice/advise.ts';
import { contradictionsIn, type FoundContradiction } from '../../../domain/advice/contradictions.ts';
import { tokyoDate } from '../../../domain/assessment/calendar.ts';
import type { Answer, Answers } from '../../../domain/questionnaire/answer.ts';
import type { CompiledQuestionnaire } from '../../../domain/questionnaire/compile.ts';
import { readReturnedRound } from '../../rounds/returned-round.usecases.ts';
import { type AdviceBasis, readAdviceBasis } from './advice.store.ts';

/** By question id; null: the customer has switched advice off. */
export type AdviceByQuestion = ReadonlyMap<string, readonly Advice[]> | null;

type Whose = { organisationId: string; assessmentId: string };
/** `own` are the questions of the person's part: nothing is concluded from answers of others. */
type About = { compiled: CompiledQuestionnaire; answers: Answers; own: ReadonlySet<string>; today: string };

/** What to tell a respondent about the answers as they are. */
export async function readAdvice(
  db: Transaction,
  { organisationId, assessmentId }: Whose,
  about: About,
): Promise<AdviceByQuestion> {
  const basis = await readAdviceBasis(db, organisationId, assessmentId);
  if (!basis) return null;
  const returned = await readReturnedRound(db, { organisationId, id: assessmentId, ...basis }, about.compiled);
  return adviceOn(basis, about, returned?.open);
}

/**
 * Contradictions in the answers handed in as `round`, at `today`, for the customer, whatever the vendor was told. What a reviewer
 * thinks of a 該当なし plays no part.
 */
export async function readContradictions(
  db: Transaction,
  { organisationId, assessmentId }: Whose,
  { compiled, answers, today, round }: Omit<About, 'own'> & { round: number },
): Promise<readonly FoundContradiction[]> {
  const basis = await readAdviceBasis(db, organisationId, assessmentId, round);
  const given = Object.entries(answers).map(([id, { naRejected: _, ...answer }]) => [id, answer]);
  return contradictionsIn(compiled, Object.fromEntries(given), { today, previous: previousOf(basis) });
}

/** `asked`: after a return, the questions that may be changed. */
function adviceOn(
  basis: AdviceBasis,
  { compiled, answers, own, today }: About,
  asked: ReadonlySet<string> | undefined,
): AdviceByQuestion {
  if (!basis.isOn) return null;
  const remarked = new Set(basis.remarked);
  const previous = previousOf(basis);
  const context: AdviceContext = {
    today,
    previous: previous && { ...previous, answers: partOf(previous.answers, own) },
    ...(asked ? { asked } : {}),
  };
  return adviceFor(compiled, partOf(answers, own, remarked), context);
}

function previousOf(basis: AdviceBasis | null): PreviousSubmission | null {
  if (!basis?.previous) return null;
  const { answers: submitted, submittedAt } = basis.previous;
  const answers = Object.entries(submitted).map(([id, { value, naReason, comment }]) => [
    id,
    { value, naReason, comment },
  ]);
  return { answers: Object.fromEntries(answers), on: tokyoDate(submittedAt) };
}

/** Answers to the person's own questions. Right after a save only the existence of a remark is known, and that is enough. */
function partOf(answers: Answers, own: ReadonlySet<string>, remarked: ReadonlySet<string> = new Set()): Answers {
  const entries = Object.entries(answers).filter(([id]) => own.has(id));
  return Object.fromEntries(
    entries.map(([id, answer]): [string, Answer] => [id, remarked.has(id) ? { ...answer, comment: id } : answer]),
  );
}
