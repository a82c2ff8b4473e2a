import type { Transaction } from '../../../db/client.ts';
import type { FoundContradiction } from '../../domain/advice/contradictions.ts';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { roleMay } from '../../domain/assessment/permissions.ts';
import type { CompiledQuestionnaire } from '../../domain/questionnaire/compile.ts';
import { evaluate } from '../../domain/scoring/evaluate.ts';
import type { Case, Evaluation } from '../../domain/scoring/evaluation.ts';
import { type ScoreRange, scoreRange } from '../../domain/scoring/score-range.ts';
import { conflict } from '../../errors.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { readContradictions } from '../answers/advice/advice.usecases.ts';
import { collectAnswers, collectHandedIn } from '../answers/answers.usecases.ts';
import { type Assessment, readAssessment } from '../assessments/assessment-state.usecases.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { type Offers, readAdopted } from '../prefills/offers.usecases.ts';
import { type ReviewRound, readReviewRound } from '../rounds/review-round.usecases.ts';
import { latestEvaluation, listReviewers, readParties } from './reviews.store.ts';
import { type Collected, counting, reviewSubjects, type Subject } from './subjects.ts';

export type AssessmentUnderReview = {
  assessment: Assessment;
  /** Whether the reader may mark and settle: not an auditor, and not once finalised. */
  mayReview: boolean;
  /** Names of the vendor and the service. */
  parties: { vendor: string; service: string };
  compiled: CompiledQuestionnaire;
  collected: Collected;
  subjects: readonly Subject[];
  round: ReviewRound;
  /** What unsettled conditions could change; null when none waits, and once finalised. */
  range: ScoreRange | null;
  /** As it stands, counted as at the end (mode `final`); once finalised, the one that was stored. */
  evaluation: Evaluation;
  /** Answers that do not fit together, on the day of the evaluation. */
  contradictions: readonly FoundContradiction[];
  /** Answers taken from earlier ones, by question id. */
  reused: Offers;
  /** Names of the members who marked something, by id. */
  reviewers: ReadonlyMap<string, string>;
};

/**
 * What a reviewer works on: the answers handed in last, also while they are with the vendor again, and their evaluation as it stands, at `asOf` (YYYY-MM-DD) or today.
 * AppError 404; 409 `not_submitted` as long as nothing was handed in.
 */
export async function readUnderReview(
  services: Services,
  { organisationId, role }: MemberPrincipal,
  assessmentId: string,
  options: { asOf?: string } = {},
): Promise<AssessmentUnderReview> {
  return services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await readAssessment(db, organisationId, assessmentId);
    if (!assessment.submittedAt) throw notSubmitted();
    const [parties, reviewers, reused] = await Promise.all([
      readParties(db, organisationId, assessment.serviceId),
      listReviewers(db, organisationId, assessmentId),
      readAdopted(db, organisationId, assessmentId),
    ]);
    const asOf = options.asOf ?? tokyoDate(services.clock.now());
    const mayReview = assessment.state === 'submitted' && roleMay(role, 'assessments.review');
    const standing = await settledOrStanding(db, assessment, asOf);
    const contradictions = await contradictionsOf(db, assessment, standing);
    return { assessment, mayReview, parties, reviewers, reused, ...standing, contradictions };
  });
}

function contradictionsOf(
  db: Transaction,
  { organisationId, id: assessmentId }: Assessment,
  { compiled, collected, evaluation, round }: Awaited<ReturnType<typeof evaluateNow>>,
): Promise<readonly FoundContradiction[]> {
  const { answers } = collected;
  const about = { compiled, answers, today: evaluation.asOf, round: round.number };
  return readContradictions(db, { organisationId, assessmentId }, about);
}

/** A finalised assessment is never computed again: another version of the scorer might say something else. */
async function settledOrStanding(db: Transaction, assessment: Assessment, asOf: string) {
  if (assessment.state === 'finalised')
    return { ...(await collect(db, assessment)), evaluation: await settledEvaluation(db, assessment), range: null };
  const standing = await evaluateNow(db, assessment, asOf);
  return { ...standing, range: scoreRange(standing.compiled, caseOf(assessment, standing.collected, asOf)) };
}

/** The result stored when the assessment was finalised. */
export async function settledEvaluation(
  db: Transaction,
  { organisationId, id }: Pick<Assessment, 'organisationId' | 'id'>,
): Promise<Evaluation> {
  const stored = await latestEvaluation(db, organisationId, id, 'final');
  if (!stored) throw new Error(`assessment ${id} is finalised without a final evaluation`);
  return stored.result;
}

/** The answers with the marks made so far, and what they come to at `asOf`. */
export async function evaluateNow(db: Transaction, assessment: Assessment, asOf: string) {
  const { compiled, collected, subjects, round } = await collect(db, assessment);
  return { compiled, collected, subjects, round, evaluation: evaluate(compiled, caseOf(assessment, collected, asOf)) };
}

function caseOf({ customerIsEntrustee }: Assessment, { answers }: Collected, asOf: string): Case {
  return { asOf, mode: 'final', context: { customerIsEntrustee }, answers };
}

async function collect(db: Transaction, assessment: Assessment) {
  const compiled = compiledSnapshot(assessment);
  const round = await readReviewRound(db, assessment);
  const collected = counting(await readCollected(db, assessment, round));
  return { compiled, collected, round, subjects: reviewSubjects(compiled, collected) };
}

/** What the vendor changes after a return is nobody's business until it is handed in again. */
function readCollected(db: Transaction, { organisationId, id, state }: Assessment, { answers }: ReviewRound) {
  if (state === 'returned' && answers) return collectHandedIn(db, organisationId, id, answers);
  return collectAnswers(db, organisationId, id);
}

function notSubmitted() {
  return conflict('not_submitted', {
    ja: '回答はまだ提出されていません。回答の内容は、委託先が提出した後に表示されます。',
    en: 'The answers have not been submitted yet. They can be read once the vendor has submitted them.',
  });
}
