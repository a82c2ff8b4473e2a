/** Rules one by one: parsed, type-checked, and with the conditions they name written out. */
import type { Environment } from '@marcbachmann/cel-js';
import { conditionOrder, writtenOut } from './expression.ts';
import type { Expression, Questionnaire } from './questionnaire.ts';

/** Values of the variables an expression reads, by name. */
export type Scope = Record<string, unknown>;

/** A rule that cannot be used; `npm run lint:questionnaires` tells where it stands and how to mend it. */
export class RuleError extends Error {
  readonly expression: Expression;
  constructor(expression: Expression, why: string) {
    super(`${why} in: ${expression}`);
    this.name = 'RuleError';
    this.expression = expression;
  }
}

/** Parses and type-checks an expression. Throws RuleError unless it gives `type`. */
export function checked<Result>(
  environment: Environment,
  expression: Expression,
  type: 'bool' | 'string',
): (scope: Scope) => Result {
  let run: ReturnType<Environment['parse']>;
  try {
    run = environment.parse(expression);
  } catch (error) {
    throw new RuleError(expression, error instanceof Error ? error.message : String(error));
  }
  const result = run.check();
  if (!result.valid) throw new RuleError(expression, result.error?.message ?? 'not valid');
  if (result.type !== type) throw new RuleError(expression, `gives ${result.type}, expected ${type}`);
  return run;
}

/** Named conditions, each with those it uses written out. Throws RuleError when they use each other in a circle. */
export function writtenConditions(questionnaire: Questionnaire): ReadonlyMap<string, Expression> {
  const conditions = questionnaire.conditions ?? {};
  const { order, cycle } = conditionOrder(conditions);
  if (cycle.length > 0)
    throw new RuleError(conditions[cycle[0] ?? ''] ?? '', `conditions ${cycle.join(', ')} use each other`);
  const written = new Map<string, Expression>();
  for (const name of order) written.set(name, writtenOut(conditions[name] ?? '', written));
  return written;
}
