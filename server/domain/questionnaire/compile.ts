/** Makes a questionnaire ready to be asked and scored: rules parsed and type-checked once, questions in the order they depend on each other. */
import type { Environment } from '@marcbachmann/cel-js';
import { checked, RuleError, type Scope, writtenConditions } from './checked-rule.ts';
import { namesIn, writtenOut } from './expression.ts';
import type { Expression, Question, Questionnaire } from './questionnaire.ts';
import { environmentFor, reservedNames, variableOf } from './rule-language.ts';

export type VisibilityRule = {
  /** Place among the questionnaire's distinct rules. */
  readonly index: number;
  /** CEL with conditions written out: reads nothing but questions. */
  readonly expression: Expression;
  readonly dependsOn: readonly CompiledQuestion[];
  readonly holds: (scope: Scope) => boolean;
};

export type CompiledQuestion = {
  readonly question: Question;
  readonly sectionId: string;
  /** Place in the file, from 0. */
  readonly index: number;
  /** Name in rules. */
  readonly variable: string;
  /** Questions with the same condition share one rule; null is always shown. */
  readonly showWhen: VisibilityRule | null;
};

export type CompiledQuestionnaire = {
  readonly questionnaire: Questionnaire;
  /** `<id>@<version>` */
  readonly reference: string;
  /** In file order. */
  readonly questions: readonly CompiledQuestion[];
  /** Every question after those it depends on. */
  readonly order: readonly CompiledQuestion[];
  readonly byId: ReadonlyMap<string, CompiledQuestion>;
  /** Every variable a rule may read, without a value: copied for each evaluation, which is cheaper than growing an object. */
  readonly emptyScope: Scope;
};

/** Compiles a linted questionnaire. Throws RuleError for a rule that does not parse, does not type-check or goes in a circle. */
export function compile(questionnaire: Questionnaire): CompiledQuestionnaire {
  const questions = bareQuestions(questionnaire);
  const byId = new Map(questions.map((compiled) => [compiled.question.id, compiled]));
  const byVariable = new Map(questions.map((compiled) => [compiled.variable, compiled]));
  const environment = environmentFor(questionnaire, 'visibility');
  const conditions = writtenConditions(questionnaire);
  const rules = new Map<Expression, VisibilityRule>();
  for (const compiled of questions) {
    const { showWhen } = compiled.question;
    if (showWhen === undefined) continue;
    const expression = writtenOut(showWhen, conditions);
    const rule = rules.get(expression) ?? visibilityRule(environment, rules.size, expression, byVariable);
    rules.set(expression, rule);
    compiled.showWhen = rule;
  }
  return {
    questionnaire,
    reference: `${questionnaire.id}@${questionnaire.version}`,
    questions,
    order: ordered(questions),
    byId,
    emptyScope: emptyScope(questionnaire, questions),
  };
}

/** Parsed from JSON because the engine keeps such an object in its fast form, whatever its size. */
function emptyScope(questionnaire: Questionnaire, questions: readonly Unfinished[]): Scope {
  const names = [
    ...questions.map(({ variable }) => variable),
    ...Object.keys(questionnaire.conditions ?? {}),
    ...reservedNames(),
  ];
  return JSON.parse(JSON.stringify(Object.fromEntries(names.map((name) => [name, null]))));
}

type Unfinished = Omit<CompiledQuestion, 'showWhen'> & { showWhen: VisibilityRule | null };

function bareQuestions(questionnaire: Questionnaire): Unfinished[] {
  const pairs = questionnaire.sections.flatMap((section) =>
    section.questions.map((question) => ({ section, question })),
  );
  return pairs.map(({ section, question }, index) => ({
    question,
    sectionId: section.id,
    index,
    variable: variableOf(question.id),
    showWhen: null,
  }));
}

function visibilityRule(
  environment: Environment,
  index: number,
  expression: Expression,
  byVariable: ReadonlyMap<string, CompiledQuestion>,
): VisibilityRule {
  const holds = checked<boolean>(environment, expression, 'bool');
  const dependsOn = [...namesIn(expression)].flatMap((name) => byVariable.get(name) ?? []);
  return { index, expression, dependsOn, holds };
}

function ordered(questions: readonly CompiledQuestion[]): CompiledQuestion[] {
  const order: CompiledQuestion[] = [];
  const state = new Map<CompiledQuestion, 'open' | 'done'>();
  function place(compiled: CompiledQuestion): void {
    if (state.get(compiled) === 'done') return;
    if (state.get(compiled) === 'open') {
      throw new RuleError(compiled.showWhen?.expression ?? '', `${compiled.question.id} depends on itself`);
    }
    state.set(compiled, 'open');
    for (const needed of compiled.showWhen?.dependsOn ?? []) place(needed);
    state.set(compiled, 'done');
    order.push(compiled);
  }
  for (const compiled of questions) place(compiled);
  return order;
}
