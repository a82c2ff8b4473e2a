/** The answers as the rules of advice read them. Never throws: a half-filled page is the usual case. */
import type { Answer, Answers, CertificateRecord, Visibility } from '../questionnaire/answer.ts';
import { PreviousAnswers, TextAnswer } from '../questionnaire/answer-classes.ts';
import { type AnswerState, answerState } from '../questionnaire/answer-state.ts';
import { type AnswerView, emptyView, knownView } from '../questionnaire/answer-view.ts';
import type { Scope } from '../questionnaire/checked-rule.ts';
import type { CompiledQuestion, CompiledQuestionnaire } from '../questionnaire/compile.ts';
import { fits } from '../questionnaire/fits.ts';
import type { Questionnaire } from '../questionnaire/questionnaire.ts';
import { walk } from '../questionnaire/visibility.ts';
import { expiryOf, statusOf } from '../scoring/certificate-status.ts';
import { planFor } from '../scoring/plan.ts';
import type { AdviceContext } from './advice.ts';

export type Facts = {
  readonly scope: Scope;
  /** State of each answer by question id; absent where the question is hidden. */
  readonly states: ReadonlyMap<string, AnswerState>;
  /** By question id. */
  readonly views: ReadonlyMap<string, AnswerView>;
};

/** Views of every question, the named conditions, the day and the submission before. */
export function factsOf(compiled: CompiledQuestionnaire, answers: Answers, context: AdviceContext): Facts {
  const facts = factsOn(compiled, answers, context.today);
  const { previous } = context;
  const before = previous && factsOn(compiled, previous.answers, previous.on);
  const earlier = new PreviousAnswers();
  for (const { question, variable } of compiled.questions) {
    earlier[variable] = before?.views.get(question.id) ?? emptyView(question.type, 'hidden');
  }
  Object.assign(facts.scope, { today: context.today, previous: earlier });
  return facts;
}

function factsOn(compiled: CompiledQuestionnaire, answers: Answers, day: string): Facts {
  const { rates, conditions } = planFor(compiled);
  const states = new Map<string, AnswerState>();
  const views = new Map<string, AnswerView>();
  const { scope } = walk(compiled, (asked, visibility) => {
    const { question, index } = asked;
    const answer = answers[question.id];
    const state = stateOf(asked, answer, visibility, day);
    if (state !== null) states.set(question.id, state);
    const view = viewOf(compiled.questionnaire, asked, state === null ? undefined : answer, { state, visibility, day });
    if (view.known) view.fails = rates[index]?.(view, day).fails ?? false;
    views.set(question.id, view);
    return view;
  });
  for (const { name, holds } of conditions) scope[name] = holds(scope);
  return { scope, states, views };
}

function stateOf(
  { question }: CompiledQuestion,
  answer: Answer | undefined,
  visibility: Visibility,
  day: string,
): AnswerState | null {
  if (visibility === 'hidden') return null;
  return fits(question, answer?.value).length > 0 ? 'unanswered' : answerState(question, answer, day);
}

type Seen = { readonly state: AnswerState | null; readonly visibility: Visibility; readonly day: string };

function viewOf(
  questionnaire: Questionnaire,
  { question }: CompiledQuestion,
  answer: Answer | undefined,
  { state, visibility, day }: Seen,
): AnswerView {
  const value = answer?.value;
  const view = state === 'answered' ? knownView(question.type, value) : emptyView(question.type, visibility);
  view.validNa = state === 'na';
  view.remarked = (answer?.comment ?? '').trim() !== '';
  // A day to come counts as unknown; only here it is told apart from わからない.
  if (view instanceof TextAnswer) view.later = question.type === 'date' && state === 'unknown' && value !== 'unknown';
  if ('lapsed' in view && view.known) {
    const records = value as readonly CertificateRecord[];
    view.kinds = records.map(({ kind }) => kind);
    view.lapsed = records.filter((record) => hasLapsed(questionnaire, record, day)).map(({ kind }) => kind);
  }
  return view;
}

/** Expired, or of an edition that is no longer valid. What a reviewer thinks of its evidence plays no part. */
function hasLapsed({ certificateKinds, scoring }: Questionnaire, record: CertificateRecord, day: string): boolean {
  const kind = certificateKinds?.find(({ id }) => id === record.kind);
  if (kind === undefined) return false;
  const { evidence: _, ...given } = record;
  const { expiringWithinDays } = scoring.certificates;
  return ['expired', 'superseded'].includes(statusOf(kind, given, expiryOf(kind, given), day, expiringWithinDays));
}
