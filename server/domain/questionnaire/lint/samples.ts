/** Values worth trying when it is to be found out whether an expression can hold. */
import { treeOf, visit } from '../expression.ts';
import type { Expression, Question } from '../questionnaire.ts';

/** Numbers the expression names, with their neighbours, and 0 and 1. */
export function numbersAround(expression: Expression): readonly number[] {
  const found = new Set([0, 1]);
  visit(treeOf(expression), (node) => {
    if (node.op !== 'value' || (typeof node.args !== 'number' && typeof node.args !== 'bigint')) return;
    const value = Number(node.args);
    for (const near of [value - 1, value, value + 1]) found.add(near);
  });
  return [...found];
}

export function textsIn(expression: Expression): readonly string[] {
  const found: string[] = [];
  visit(treeOf(expression), (node) => {
    if (node.op === 'value' && typeof node.args === 'string') found.push(node.args);
  });
  return found;
}

export function isInRange({ minimum, maximum }: Question, value: number): boolean {
  return (minimum === undefined || value >= minimum) && (maximum === undefined || value <= maximum);
}
