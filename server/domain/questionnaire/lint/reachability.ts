/** Every question can be shown by some answers, and none waits for itself. */

import { type AnswerView, emptyView, knownView } from '../answer-view.ts';
import { writtenConditions } from '../checked-rule.ts';
import { namesIn, writtenOut } from '../expression.ts';
import type { Expression, Question, Questionnaire } from '../questionnaire.ts';
import { environmentFor, variableOf } from '../rule-language.ts';
import { type LintMessage, lintError } from './lint-message.ts';
import { type PlacedQuestion, placedQuestions } from './places.ts';
import { isInRange, numbersAround, textsIn } from './samples.ts';

/** More combinations than this are not tried; a condition that reads so many questions is taken to be reachable. */
const MOST_COMBINATIONS = 5000;

export function lintReachability(questionnaire: Questionnaire): readonly LintMessage[] {
  const conditions = writtenConditions(questionnaire);
  const questions = placedQuestions(questionnaire);
  const byVariable = new Map(questions.map((placed) => [variableOf(placed.question.id), placed]));
  const environment = environmentFor(questionnaire, 'visibility');
  const waitsFor = new Map<PlacedQuestion, readonly PlacedQuestion[]>();
  const found: LintMessage[] = [];
  for (const placed of questions) {
    if (placed.question.showWhen === undefined) continue;
    const expression = writtenOut(placed.question.showWhen, conditions);
    const needed = [...namesIn(expression)].flatMap((name) => byVariable.get(name) ?? []);
    waitsFor.set(placed, needed);
    const holds = environment.parse(expression);
    if (
      !canHold(
        holds,
        expression,
        needed.map(({ question }) => question),
      )
    ) {
      found.push(
        lintError(
          'unreachable',
          [...placed.path, 'showWhen'],
          `設問 ${placed.question.id} は、どう回答しても表示されません。条件を直してください。`,
          `No answer ever shows ${placed.question.id}. Correct its condition.`,
        ),
      );
    }
  }
  return [...found, ...cycles(waitsFor)];
}

function cycles(waitsFor: ReadonlyMap<PlacedQuestion, readonly PlacedQuestion[]>): readonly LintMessage[] {
  return [...waitsFor.keys()]
    .filter((placed) => reaches(placed, placed, waitsFor, new Set()))
    .map(({ question, path }) =>
      lintError(
        'cycle',
        [...path, 'showWhen'],
        `設問 ${question.id} の表示条件が自分自身に戻ります。循環をなくしてください。`,
        `The condition of ${question.id} leads back to itself. Break the circle.`,
      ),
    );
}

function reaches(
  from: PlacedQuestion,
  goal: PlacedQuestion,
  waitsFor: ReadonlyMap<PlacedQuestion, readonly PlacedQuestion[]>,
  seen: Set<PlacedQuestion>,
): boolean {
  for (const next of waitsFor.get(from) ?? []) {
    if (next === goal) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    if (reaches(next, goal, waitsFor, seen)) return true;
  }
  return false;
}

/** Tries every combination of telling answers. */
function canHold(
  holds: (scope: Record<string, unknown>) => unknown,
  expression: Expression,
  questions: readonly Question[],
): boolean {
  let scopes: Record<string, AnswerView>[] = [{}];
  for (const question of questions) {
    const samples = samplesOf(question, expression);
    if (scopes.length * samples.length > MOST_COMBINATIONS) return true;
    scopes = scopes.flatMap((scope) => samples.map((view) => ({ ...scope, [variableOf(question.id)]: view })));
  }
  return scopes.some((scope) => holds(scope) === true);
}

/** Answers that can tell a condition true from false: each option, all together, and numbers around those the condition names. */
function samplesOf(question: Question, expression: Expression): readonly AnswerView[] {
  const options = (question.options ?? []).map(({ value }) => value);
  const values: unknown[] = question.none === undefined ? [] : ['none'];
  if (question.type === 'single') values.push(...options);
  else if (question.type === 'multi') values.push(...options.map((value) => [value]), options);
  else if (question.type === 'number')
    values.push(...numbersAround(expression).filter((value) => isInRange(question, value)));
  else if (question.type === 'certificates') values.push([], [{}], [{}, {}]);
  else values.push('', '0001-01-01', '2000-01-01', '9999-12-31', ...textsIn(expression));
  return values.length === 0
    ? [emptyView(question.type, 'visible')]
    : values.map((value) => knownView(question.type, value));
}
