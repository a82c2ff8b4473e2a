/** Reading the syntax tree of a rule: what it mentions, and the rule with its named conditions written out. */
import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import type { Expression } from './questionnaire.ts';

const PARSER = new Environment({ unlistedVariablesAreDyn: true });

/** The syntax tree. Throws the library's ParseError when the text is not CEL. */
export function treeOf(expression: Expression): ASTNode {
  return PARSER.parse(expression).ast;
}

export function parses(expression: Expression): boolean {
  try {
    treeOf(expression);
    return true;
  } catch {
    return false;
  }
}

/** Visits a node and everything below it, parents first. */
export function visit(node: ASTNode, see: (node: ASTNode) => void): void {
  see(node);
  for (const child of childrenOf(node)) visit(child, see);
}

/** Names the expression reads, variables bound by macros included. */
export function namesIn(expression: Expression): ReadonlySet<string> {
  const names = new Set<string>();
  visit(treeOf(expression), (node) => {
    if (node.op === 'id') names.add(node.args);
  });
  return names;
}

/** Names of conditions in an order in which each comes after those it uses; `cycle` names those that use each other. */
export function conditionOrder(conditions: Readonly<Record<string, Expression>>): {
  readonly order: readonly string[];
  readonly cycle: readonly string[];
} {
  const order: string[] = [];
  const remaining = new Map(Object.entries(conditions).map(([name, text]) => [name, namesIn(text)]));
  for (let progress = true; progress; ) {
    progress = false;
    for (const [name, uses] of remaining) {
      if ([...uses].some((use) => remaining.has(use))) continue;
      order.push(name);
      remaining.delete(name);
      progress = true;
    }
  }
  return { order, cycle: [...remaining.keys()] };
}

/** The expression with every condition replaced by what it stands for, in brackets. `written` holds conditions already written out. */
export function writtenOut(expression: Expression, written: ReadonlyMap<string, Expression>): Expression {
  return replaced(expression, (name) => {
    const text = written.get(name);
    return text === undefined ? undefined : `(${text})`;
  });
}

/** The expression with each name replaced by what `replacement` gives for it, if it gives anything. */
export function replaced(expression: Expression, replacement: (name: string) => string | undefined): Expression {
  const found: { start: number; end: number; text: string }[] = [];
  visit(treeOf(expression), (node) => {
    const text = node.op === 'id' ? replacement(node.args) : undefined;
    if (text !== undefined) found.push({ start: node.start, end: node.end, text });
  });
  found.sort((a, b) => b.start - a.start);
  return found.reduce((text, place) => text.slice(0, place.start) + place.text + text.slice(place.end), expression);
}

function childrenOf(node: ASTNode): readonly ASTNode[] {
  const found: ASTNode[] = [];
  collect(node.args, found);
  return found;
}

/** Arguments are nodes, literals, or lists of either, nested differently by operator. */
function collect(args: unknown, found: ASTNode[]): void {
  if (Array.isArray(args)) for (const item of args) collect(item, found);
  else if (typeof args === 'object' && args !== null && 'op' in args) found.push(args as ASTNode);
}
