/** Which questions apply, given the answers. A condition is asked only when everything it depends on is known. */
import type { Answer, Answers, Visibility } from './answer.ts';
import { answerState } from './answer-state.ts';
import { type AnswerView, emptyView, knownView } from './answer-view.ts';
import type { Scope } from './checked-rule.ts';
import type { CompiledQuestion, CompiledQuestionnaire, VisibilityRule } from './compile.ts';
import { fits } from './fits.ts';

export type Walk = {
  /** By place of the question in the file. */
  readonly visibility: readonly Visibility[];
  readonly views: readonly AnswerView[];
  /** The views by variable name, ready for rules. */
  readonly scope: Scope;
};

/**
 * Visits every question after those it depends on. `see` gets its visibility and gives back the view that the conditions of
 * later questions read; views of hidden questions must be empty.
 */
export function walk(
  compiled: CompiledQuestionnaire,
  see: (question: CompiledQuestion, visibility: Visibility) => AnswerView,
): Walk {
  const visibility: Visibility[] = new Array(compiled.questions.length);
  const views: AnswerView[] = new Array(compiled.questions.length);
  const scope: Scope = { ...compiled.emptyScope };
  const settled: Visibility[] = [];
  for (const question of compiled.order) {
    const rule = question.showWhen;
    let shown: Visibility = 'visible';
    if (rule !== null) {
      shown = settled[rule.index] ?? outcome(rule, views, scope);
      settled[rule.index] = shown;
    }
    const view = see(question, shown);
    visibility[question.index] = shown;
    views[question.index] = view;
    scope[question.variable] = view;
  }
  return { visibility, views, scope };
}

/**
 * The visibility of every question by id. Never throws: a value that does not fit counts as unanswered, as on a half-filled page.
 * `asOf` (YYYY-MM-DD), where given, makes later dates unknown.
 */
export function visibility(
  compiled: CompiledQuestionnaire,
  answers: Answers,
  asOf?: string,
): ReadonlyMap<string, Visibility> {
  const walked = plainWalk(compiled, answers, asOf);
  return new Map(compiled.questions.map(({ question, index }) => [question.id, walked.visibility[index] ?? 'hidden']));
}

/**
 * Ids of the questions a respondent is shown: those visible, and those pending because a question was answered わからない. A
 * question pending on an unanswered one is not shown yet, and nothing is shown below a question that is not shown.
 */
export function shownToRespondent(compiled: CompiledQuestionnaire, answers: Answers): ReadonlySet<string> {
  const walked = plainWalk(compiled, answers);
  const shown = new Set<string>();
  for (const { question, index, showWhen } of compiled.order) {
    const needed = showWhen?.dependsOn ?? [];
    if (walked.visibility[index] === 'hidden' || !needed.every((one) => shown.has(one.question.id))) continue;
    const answered = needed.every((one) => responded(one, answers[one.question.id]));
    if (walked.visibility[index] === 'visible' || answered) shown.add(question.id);
  }
  return shown;
}

export function isShownToRespondent(compiled: CompiledQuestionnaire, answers: Answers, questionId: string): boolean {
  return shownToRespondent(compiled, answers).has(questionId);
}

/** Answered in any way that fits, わからない and 該当なし included. */
export function responded({ question }: CompiledQuestion, answer: Answer | undefined): boolean {
  return answerState(question, answer) !== 'unanswered' && fits(question, answer?.value).length === 0;
}

function plainWalk(compiled: CompiledQuestionnaire, answers: Answers, asOf?: string): Walk {
  return walk(compiled, ({ question }, shown) => {
    const answer = answers[question.id];
    if (shown === 'hidden' || fits(question, answer?.value).length > 0) return emptyView(question.type, shown);
    const state = answerState(question, answer, asOf);
    if (state === 'answered') return knownView(question.type, answer?.value);
    const view = emptyView(question.type, shown);
    view.validNa = state === 'na';
    return view;
  });
}

/** Hidden beats pending: under a question that does not apply nothing applies. */
function outcome(rule: VisibilityRule, views: readonly AnswerView[], scope: Scope): Visibility {
  let pending = false;
  for (const needed of rule.dependsOn) {
    const view = views[needed.index];
    if (view === undefined || view.known) continue;
    if (!view.open || view.validNa) return 'hidden';
    pending = true;
  }
  if (pending) return 'pending';
  return rule.holds(scope) ? 'visible' : 'hidden';
}
