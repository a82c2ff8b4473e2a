/** The conditions of a questionnaire as plain JSON, for the respondent's browser. Holds nothing about scores. */
import type { CompiledQuestionnaire } from './compile.ts';
import { type ConditionTree, conditionTree } from './condition-tree.ts';
import type { Expression, QuestionType } from './questionnaire.ts';

export type RespondentRules = {
  /** Every question some condition reads: the type tells which members its variable has. */
  readonly variables: readonly { readonly questionId: string; readonly name: string; readonly type: QuestionType }[];
  /** Conditional questions, each after those it depends on. `showWhen` reads only `variables`. */
  readonly questions: readonly {
    readonly questionId: string;
    readonly showWhen: Expression;
    /** The same as data; null: only the server can decide it. */
    readonly holds: ConditionTree | null;
    readonly dependsOn: readonly string[];
  }[];
};

/**
 * Rules for showing and hiding without a round trip. A page evaluates `showWhen` when every question in `dependsOn` is shown and
 * answered with a value; hides the question when one of them is hidden or 該当なし; shows it when one is わからない and none is blank.
 * The server decides again on every save.
 */
export function respondentRules(compiled: CompiledQuestionnaire): RespondentRules {
  const conditional = compiled.order.flatMap(({ question, showWhen }) =>
    showWhen === null ? [] : [{ question, showWhen }],
  );
  const read = new Set(conditional.flatMap(({ showWhen }) => showWhen.dependsOn));
  return {
    variables: [...read].map(({ question, variable }) => ({
      questionId: question.id,
      name: variable,
      type: question.type,
    })),
    questions: conditional.map(({ question, showWhen }) => ({
      questionId: question.id,
      showWhen: showWhen.expression,
      holds: conditionTree(showWhen.expression),
      dependsOn: showWhen.dependsOn.map((needed) => needed.question.id),
    })),
  };
}
