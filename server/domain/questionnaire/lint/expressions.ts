/** Every expression parses, knows its variables, has sound types and gives what its place needs. */
import type { Environment } from '@marcbachmann/cel-js';
import { conditionOrder, parses, writtenOut } from '../expression.ts';
import type { Expression, Localized, Questionnaire } from '../questionnaire.ts';
import { environmentFor, type Place } from '../rule-language.ts';
import { type LintMessage, lintError } from './lint-message.ts';
import { type PlacedExpression, placedExpressions } from './places.ts';

export function lintExpressions(questionnaire: Questionnaire): readonly LintMessage[] {
  const conditions = usableConditions(questionnaire);
  const environments = new Map<Place, Environment>();
  function environment(place: Place): Environment {
    const known = environments.get(place) ?? environmentFor(questionnaire, place);
    environments.set(place, known);
    return known;
  }
  const found = placedExpressions(questionnaire).flatMap((one) =>
    expressionProblems(one, environment(one.place), conditions.written),
  );
  return [...conditions.problems, ...withoutRepeats(found)];
}

/** A rule that is asked for many questions makes the same mistake for each. */
function withoutRepeats(messages: readonly LintMessage[]): readonly LintMessage[] {
  const seen = new Set<string>();
  return messages.filter(({ path, message }) => {
    const key = `${path.join('/')} ${message.en}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

/** Conditions written out, leaving aside those that do not parse (reported as expressions) and those in a circle. */
function usableConditions(questionnaire: Questionnaire): {
  readonly written: ReadonlyMap<string, Expression>;
  readonly problems: readonly LintMessage[];
} {
  const parsed = Object.entries(questionnaire.conditions ?? {}).filter(([, expression]) => parses(expression));
  const conditions = Object.fromEntries(parsed);
  const { order, cycle } = conditionOrder(conditions);
  const written = new Map<string, Expression>();
  for (const name of order) written.set(name, writtenOut(conditions[name] ?? '', written));
  const problems = cycle.map((name) =>
    lintError(
      'condition-cycle',
      ['conditions', name],
      `条件「${name}」が循環しています（${cycle.join('、')}）。互いに参照しない形に直してください。`,
      `The condition "${name}" goes in a circle (${cycle.join(', ')}). Rewrite it so that conditions do not use each other.`,
    ),
  );
  return { written, problems };
}

function expressionProblems(
  { expression, path, place, gives }: PlacedExpression,
  environment: Environment,
  conditions: ReadonlyMap<string, Expression>,
): readonly LintMessage[] {
  if (!parses(expression)) {
    const { error } = environment.check(expression);
    return [
      lintError(
        'syntax',
        path,
        `式の書き方に誤りがあります：${firstLine(error)}`,
        `The expression cannot be read: ${firstLine(error)}`,
      ),
    ];
  }
  const checkable = place === 'visibility' ? writtenOut(expression, conditions) : expression;
  const result = environment.check(checkable);
  if (!result.valid) {
    const message = explained(result.error, place);
    return [lintError('type', path, message.ja, message.en)];
  }
  if (result.type === gives) return [];
  const wanted = gives === 'bool' ? { ja: '真偽値', en: 'true or false' } : { ja: '文字列', en: 'text' };
  return [
    lintError(
      'result-type',
      path,
      `この式の結果は ${result.type} です。${wanted.ja}になるように直してください。`,
      `This expression gives ${result.type}. Make it give ${wanted.en}.`,
    ),
  ];
}

function explained(error: Error | undefined, place: Place): Localized {
  const summary = firstLine(error);
  const unknown = /^Unknown variable: (\w+)/.exec(summary)?.[1];
  if (unknown !== undefined) {
    return {
      ja: `「${unknown}」は設問にも条件にもなく、この場所では使えません。設問IDは - を _ に替えて書きます。`,
      en: `"${unknown}" is neither a question nor a condition, and not a variable of this place. Write - in a question id as _.`,
    };
  }
  if (/^No such key/.test(summary) && place === 'visibility') {
    return {
      ja: `${summary}。表示条件で使えるのは value、values、count、known、none だけです。`,
      en: `${summary}. A condition for showing a question may only read value, values, count, known and none.`,
    };
  }
  if (/double == int|int == double/.test(summary)) {
    return {
      ja: `${summary}。数値と比べるときは 0 ではなく 0.0 のように書いてください。`,
      en: `${summary}. Compare numbers with 0.0 instead of 0.`,
    };
  }
  return { ja: `式の型が合いません：${summary}`, en: `The types do not fit: ${summary}` };
}

/** The library draws the place below its message; the linter prints its own. */
function firstLine(error: Error | undefined): string {
  return error?.message.split('\n')[0] ?? '';
}
