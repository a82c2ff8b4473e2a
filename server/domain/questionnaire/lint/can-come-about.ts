/** Whether any answers make a rule of a contradiction hold, as far as that can be found out by trying. */
import type { Environment } from '@marcbachmann/cel-js';
import { PreviousAnswers } from '../answer-classes.ts';
import { type AnswerView, emptyView, knownView } from '../answer-view.ts';
import { treeOf, visit } from '../expression.ts';
import type { Expression, Question } from '../questionnaire.ts';
import { variableOf } from '../rule-language.ts';
import { isInRange, numbersAround, textsIn } from './samples.ts';

/** More combinations than this are not tried; such a rule is taken to come about. */
const MOST_COMBINATIONS = 5000;
const MEMBERS = ['fails', 'remarked'] as const;

type Scope = {
  readonly now: Readonly<Record<string, AnswerView>>;
  readonly before: Readonly<Record<string, AnswerView>>;
};

/** False only when it is certain that nothing does. Rules about dates, texts and certificates are taken to come about. */
export function canComeAbout(
  expression: Expression,
  byVariable: ReadonlyMap<string, Question>,
  environment: Environment,
): boolean {
  const holds = environment.parse(expression);
  const read = readIn(expression);
  let scopes: Scope[] = [{ now: {}, before: {} }];
  for (const when of ['now', 'before'] as const) {
    for (const name of read[when]) {
      const question = byVariable.get(name);
      const samples = question === undefined ? null : samplesOf(question, expression);
      if (samples === null || scopes.length * samples.length > MOST_COMBINATIONS) return true;
      scopes = scopes.flatMap((scope) =>
        samples.map((view) => ({ ...scope, [when]: { ...scope[when], [name]: view } })),
      );
    }
  }
  return scopes.some(
    ({ now, before }) => holds({ ...now, previous: Object.assign(new PreviousAnswers(), before) }) === true,
  );
}

/** Variables read as answered now and as answered before; `today` is none of a question, so nothing is concluded from it. */
function readIn(expression: Expression): { readonly now: ReadonlySet<string>; readonly before: ReadonlySet<string> } {
  const [now, before, bound] = [new Set<string>(), new Set<string>(), new Set<string>()];
  visit(treeOf(expression), (node) => {
    if (node.op === 'id' && node.args !== 'previous') now.add(node.args);
    if (node.op === '.' && node.args[0].op === 'id' && node.args[0].args === 'previous') before.add(node.args[1]);
    const [variable] = node.op === 'rcall' ? node.args[2] : [];
    if (variable?.op === 'id') bound.add(variable.args);
  });
  for (const name of bound) now.delete(name);
  return { now, before };
}

/** Answers that can tell the rule true from false; null where a handful cannot stand for all. */
function samplesOf(question: Question, expression: Expression): readonly AnswerView[] | null {
  const values = valuesOf(question, expression);
  if (values === null) return null;
  const makers = values.map((value) => () => knownView(question.type, value));
  const silent = emptyView(question.type, 'visible');
  const samples = makers.flatMap((make) => variants(make, expression, question));
  const na = emptyView(question.type, 'visible');
  na.validNa = true;
  return question.notApplicable === undefined ? [...samples, silent] : [...samples, silent, na];
}

function valuesOf(question: Question, expression: Expression): readonly unknown[] | null {
  const options = (question.options ?? []).map(({ value }) => value);
  const none = question.none === undefined ? [] : ['none'];
  if (question.type === 'single') return options;
  if (question.type === 'number')
    return [...none, ...numbersAround(expression).filter((value) => isInRange(question, value))];
  if (question.type !== 'multi') return null;
  const named = new Set(textsIn(expression));
  const other = options.find((value) => !named.has(value));
  const telling = options.filter((value) => named.has(value) || value === other || /size/.test(expression));
  return telling.length > 10 ? null : [...none, ...subsets(telling)];
}

/** A known answer may fail or not and stand beside a remark or not, where the rule asks. */
function variants(make: () => AnswerView, expression: Expression, { id }: Question): readonly AnswerView[] {
  const asked = MEMBERS.filter((member) => expression.includes(`${variableOf(id)}.${member}`));
  return subsets(asked).map((members) => {
    const view = make();
    for (const member of members) view[member] = true;
    return view;
  });
}

function subsets<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const found: Item[][] = [[]];
  for (const item of items) for (const subset of [...found]) found.push([...subset, item]);
  return found;
}
