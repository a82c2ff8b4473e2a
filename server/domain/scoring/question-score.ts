/** One question: what state its answer is in, what it is worth, and what its evidence does to that. */
import type { Answer, Visibility } from '../questionnaire/answer.ts';
import { answerState } from '../questionnaire/answer-state.ts';
import { type AnswerView, emptyView, knownView } from '../questionnaire/answer-view.ts';
import type { CompiledQuestion } from '../questionnaire/compile.ts';
import { answerProblems } from '../questionnaire/fits.ts';
import { pointer } from '../questionnaire/problem.ts';
import type { EvidenceState, Question, Scoring } from '../questionnaire/questionnaire.ts';
import { CaseError } from './case-error.ts';
import type { AnswerState, Case, EvidenceFlag, QuestionResult } from './evaluation.ts';
import type { Rate } from './rating.ts';
import type { Score } from './rating-reasons.ts';
import { stateReason, withEvidence } from './state-reasons.ts';

export type ScoredQuestion = { readonly result: QuestionResult; readonly view: AnswerView };
type Effect = { readonly flag: EvidenceFlag | null; readonly multiplier: number };

/** Scores one question. The answer to a hidden one is dropped unread; throws CaseError for one that does not fit. */
export function scoreQuestion(
  { question }: CompiledQuestion,
  rate: Rate,
  visibility: Visibility,
  input: Case,
  multipliers: Scoring['evidenceMultipliers'],
): ScoredQuestion {
  if (visibility === 'hidden') return silent(question, visibility, 'hidden', undefined);
  const answer = input.answers[question.id];
  if (answer !== undefined) refuseMisfit(question, answer);
  const state = answerState(question, answer, input.asOf);
  if (state !== 'answered' || answer === undefined)
    return silent(question, visibility, state === 'answered' ? 'unanswered' : state, answer);

  const view = knownView(question.type, answer.value);
  const rating = rate(view, input.asOf);
  const evidence = answer.evidence ?? 'none';
  const { flag, multiplier } = effectOf(question, rating.score, evidence, multipliers);
  view.fails = rating.fails;
  view.rejected = flag === 'rejected';
  view.shortOfEvidence = flag !== null && (flag !== 'unreviewed' || input.mode === 'final');
  view.evidencePresent = evidence === 'verified' || (evidence === 'attached' && input.mode === 'provisional');
  const result: QuestionResult = {
    id: question.id,
    visibility,
    state: 'answered',
    answer,
    weight: question.weight,
    fails: rating.fails,
    scoreBeforeEvidence: rating.score,
    multiplier,
    score: rating.score === null ? null : rating.score * multiplier,
    flag,
    reason: flag === null ? rating.reason : withEvidence(rating.reason, flag, multiplier),
  };
  return { result, view };
}

/** A question without a known value: nothing of it counts, and a scored one counts as 0 unless it leaves the denominator. */
function silent(
  question: Question,
  visibility: Visibility,
  state: Exclude<AnswerState, 'answered'>,
  answer: Answer | undefined,
): ScoredQuestion {
  const view = emptyView(question.type, visibility);
  view.validNa = state === 'na';
  const score = question.weight > 0 && state !== 'na' && state !== 'hidden' ? 0 : null;
  const result: QuestionResult = {
    id: question.id,
    visibility,
    state,
    answer,
    weight: question.weight,
    fails: false,
    scoreBeforeEvidence: score,
    multiplier: 1,
    score,
    flag: null,
    reason: stateReason(state, question, answer),
  };
  return { result, view };
}

/** Records carry their own evidence, so a certificates question gets no flag. A fact without a score counts as not 0. */
function effectOf(
  question: Question,
  score: Score,
  evidence: EvidenceState,
  multipliers: Scoring['evidenceMultipliers'],
): Effect {
  const { level } = question.evidence;
  if (question.type === 'certificates' || level === 'none') return { flag: null, multiplier: 1 };
  if (evidence === 'rejected') return { flag: 'rejected', multiplier: multipliers.rejected };
  if (level === 'recommended' || (evidence === 'none' && score === 0)) return { flag: null, multiplier: 1 };
  if (evidence === 'none') return { flag: 'missing', multiplier: multipliers.none };
  return evidence === 'attached'
    ? { flag: 'unreviewed', multiplier: multipliers.attached }
    : { flag: null, multiplier: multipliers.verified };
}

function refuseMisfit(question: Question, answer: Answer): void {
  const [first] = answerProblems(question, answer);
  if (first !== undefined)
    throw new CaseError('invalid_answer', first.message, pointer('answers', question.id) + first.path);
}
