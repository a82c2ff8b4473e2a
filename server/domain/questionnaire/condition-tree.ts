/**
 * A condition for showing a question as plain data, so that a page can decide it without the rule engine, which is larger than all
 * other scripts of the page together. Read by templates/assets/respond/conditions.js.
 */
import type { ASTNode } from '@marcbachmann/cel-js';
import { treeOf } from './expression.ts';
import type { Expression } from './questionnaire.ts';

type Literal = string | number | boolean | readonly Literal[];
export type ConditionTree =
  | readonly ['lit', Literal]
  /** A member of an answer, by the name of the question in rules. */
  | readonly ['get', string, string]
  /** The item that `exists` or `all` looks at. */
  | readonly ['item', string]
  | readonly ['exists' | 'all', ConditionTree, string, ConditionTree]
  | readonly [Operator, ...ConditionTree[]];
type Operator = '&&' | '||' | '!' | '?:' | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'size';

const TWO_SIDED = ['&&', '||', '==', '!=', '<', '<=', '>', '>=', 'in'] as const;

/** null for a condition that uses more of the language than a page understands: the server alone decides that one. */
export function conditionTree(expression: Expression): ConditionTree | null {
  return treeFrom(treeOf(expression), new Set());
}

function treeFrom(node: ASTNode, bound: ReadonlySet<string>): ConditionTree | null {
  switch (node.op) {
    case 'value':
    case 'list':
      return literalTree(node);
    case 'id':
      return bound.has(node.args) ? ['item', node.args] : null;
    case '.':
      return node.args[0].op === 'id' ? ['get', node.args[0].args, node.args[1]] : null;
    case '!_':
      return operation('!', [node.args], bound);
    case '?:':
      return operation('?:', node.args, bound);
    case 'call':
      return node.args[0] === 'size' ? operation('size', node.args[1], bound) : null;
    case 'rcall':
      return methodTree(node.args, bound);
    default: {
      const operator = TWO_SIDED.find((one) => one === node.op);
      return operator === undefined ? null : operation(operator, node.args as readonly ASTNode[], bound);
    }
  }
}

/** Whether two lists are alike, and how long a text is in CEL's way of counting, is more than a page finds out. */
function operation(operator: Operator, nodes: readonly ASTNode[], bound: ReadonlySet<string>): ConditionTree | null {
  const parts = nodes.map((node) => treeFrom(node, bound));
  const known = parts.filter((part) => part !== null);
  const comparesLists = (operator === '==' || operator === '!=') && known.some(isList);
  const countsText = operator === 'size' && !known.every(isList);
  return known.length < parts.length || comparesLists || countsText ? null : [operator, ...known];
}

function isList(tree: ConditionTree): boolean {
  return (tree[0] === 'lit' && Array.isArray(tree[1])) || (tree[0] === 'get' && tree[2] === 'values');
}

type Method = readonly [name: string, receiver: ASTNode, args: readonly ASTNode[]];

function methodTree([name, receiver, args]: Method, bound: ReadonlySet<string>): ConditionTree | null {
  if (name === 'size' && args.length === 0) return operation('size', [receiver], bound);
  const [variable, body] = args;
  if ((name !== 'exists' && name !== 'all') || variable?.op !== 'id' || body === undefined) return null;
  const list = treeFrom(receiver, bound);
  const each = treeFrom(body, new Set([...bound, variable.args]));
  return list === null || each === null ? null : [name, list, variable.args, each];
}

/** Whole numbers come as bigint; conditions count questions and certificates, far below where that matters. */
function literalTree(node: ASTNode): ConditionTree | null {
  const value = literalOf(node);
  return value === null ? null : ['lit', value];
}

function literalOf(node: ASTNode): Literal | null {
  if (node.op === 'list') {
    const items = node.args.map(literalOf);
    return items.every((item) => item !== null) ? items : null;
  }
  if (node.op !== 'value') return null;
  const value: unknown = node.args;
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
