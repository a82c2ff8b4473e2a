/**
 * Why a rule holds: the questions its answer comes from. A rule is read as "and", "or" and "not" over plain comparisons, in three
 * values: a comparison with an answer nobody knows yet is neither true nor false, so advice never rests on a blank.
 */
import type { ASTNode, Environment } from '@marcbachmann/cel-js';
import type { AnswerView } from '../questionnaire/answer-view.ts';
import type { Scope } from '../questionnaire/checked-rule.ts';
import { namesIn, treeOf, visit } from '../questionnaire/expression.ts';
import type { Expression } from '../questionnaire/questionnaire.ts';

export type Formula =
  | { readonly op: 'and' | 'or'; readonly parts: readonly Formula[] }
  | { readonly op: 'not'; readonly part: Formula }
  | { readonly op: 'leaf'; readonly leaf: Leaf };
type Leaf = {
  readonly holds: (scope: Scope) => boolean;
  /** Variables it reads, and of these the ones whose value it compares. */
  readonly reads: readonly string[];
  readonly compares: readonly string[];
};

/** `grounds`: sets of variables, each enough by itself to make the outcome what it is. Empty while it is not known. */
export type Outcome = { readonly value: boolean | null; readonly grounds: readonly (readonly string[])[] };

const VALUES = ['value', 'values', 'count'];

/** `expression` has its conditions written out and reads nothing but questions. */
export function formulaOf(expression: Expression, environment: Environment): Formula {
  return formula(treeOf(expression), expression, environment);
}

function formula(node: ASTNode, text: Expression, environment: Environment): Formula {
  if (node.op === '&&' || node.op === '||') {
    const parts = node.args.map((part) => formula(part, text, environment));
    return { op: node.op === '&&' ? 'and' : 'or', parts };
  }
  if (node.op === '!_') return { op: 'not', part: formula(node.args, text, environment) };
  return { op: 'leaf', leaf: leafOf(text.slice(node.start, node.end), environment) };
}

function leafOf(text: Expression, environment: Environment): Leaf {
  const compares = new Set<string>();
  visit(treeOf(text), (node) => {
    if (node.op === '.' && node.args[0].op === 'id' && VALUES.includes(node.args[1])) compares.add(node.args[0].args);
  });
  return { holds: environment.parse(text), reads: [...namesIn(text)], compares: [...compares] };
}

export function outcomeOf(formula: Formula, scope: Scope): Outcome {
  if (formula.op === 'leaf') return leafOutcome(formula.leaf, scope);
  if (formula.op === 'not') {
    const { value, grounds } = outcomeOf(formula.part, scope);
    return { value: value === null ? null : !value, grounds };
  }
  const parts = formula.parts.map((part) => outcomeOf(part, scope));
  const decisive = formula.op === 'or';
  const deciding = parts.filter(({ value }) => value === decisive);
  if (deciding.length > 0) return { value: decisive, grounds: deciding.flatMap(({ grounds }) => grounds) };
  if (parts.some(({ value }) => value === null)) return { value: null, grounds: [] };
  return { value: !decisive, grounds: parts.map(({ grounds }) => grounds).reduce(together) };
}

function leafOutcome({ holds, reads, compares }: Leaf, scope: Scope): Outcome {
  const isKnown = compares.every((name) => (scope[name] as AnswerView | undefined)?.known !== false);
  return isKnown ? { value: holds(scope) === true, grounds: [reads] } : { value: null, grounds: [] };
}

/** Every ground of the one with every ground of the other. */
function together(one: Outcome['grounds'], other: Outcome['grounds']): Outcome['grounds'] {
  return one.flatMap((a) => other.map((b) => [...new Set([...a, ...b])]));
}
