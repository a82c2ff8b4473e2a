/** The rules of contradictions, one for every question they are asked for. */
import { replaced } from './expression.ts';
import type { Contradiction, Expression } from './questionnaire.ts';
import { EACH_NAMES, variableOf } from './rule-language.ts';

/** `questions[0]` is where it is shown, the others are linked. */
export type ContradictionRule = { readonly when: Expression; readonly questions: readonly string[] };

/** Throws the library's ParseError when `when` is not CEL. */
export function contradictionRules({ when, questions = [], each }: Contradiction): readonly ContradictionRule[] {
  if (each === undefined) return [{ when, questions }];
  return each.map((id) => ({ when: aboutQuestion(when, id), questions: [id] }));
}

function aboutQuestion(when: Expression, questionId: string): Expression {
  const variable = variableOf(questionId);
  return replaced(when, (name) => {
    if (name === EACH_NAMES.now) return variable;
    return name === EACH_NAMES.before ? `previous.${variable}` : undefined;
  });
}
