/** Texts that rules compare with: a misspelt option, factor or code would silently never match. */
import type { ASTNode } from '@marcbachmann/cel-js';
import { treeOf, visit } from '../expression.ts';
import type { Question, Questionnaire } from '../questionnaire.ts';
import { variableOf } from '../rule-language.ts';
import { type LintMessage, lintError, lintWarning } from './lint-message.ts';
import { type PlacedExpression, placedExpressions, placedQuestions } from './places.ts';

const STATUSES = ['fail', 'unknown', 'partial', 'unverified', 'managed', 'pass', 'not_applicable'];

type Vocabulary = { readonly of: string; readonly values: ReadonlySet<string> };
type Comparison = { readonly subject: ASTNode; readonly literals: readonly string[] };

export function lintLiterals(questionnaire: Questionnaire): readonly LintMessage[] {
  const vocabularies = vocabulariesOf(questionnaire);
  return placedExpressions(questionnaire).flatMap((placed) => [
    ...comparisonsIn(placed.expression).flatMap((one) => literalProblems(one, placed, vocabularies)),
    ...unguarded(placed),
  ]);
}

function literalProblems(
  { subject, literals }: Comparison,
  { expression, path }: PlacedExpression,
  vocabularies: ReadonlyMap<string, Vocabulary>,
): readonly LintMessage[] {
  const vocabulary = vocabularies.get(expression.slice(subject.start, subject.end).trim());
  if (vocabulary === undefined) return [];
  return literals
    .filter((literal) => !vocabulary.values.has(literal))
    .map((literal) =>
      lintError(
        'unknown-literal',
        path,
        `「${literal}」は${vocabulary.of}にありません（${[...vocabulary.values].join('、')}）。`,
        `"${literal}" is not among ${vocabulary.of} (${[...vocabulary.values].join(', ')}).`,
      ),
    );
}

/** What may stand on the other side of each subject, by the subject as it is written. */
function vocabulariesOf(questionnaire: Questionnaire): ReadonlyMap<string, Vocabulary> {
  const { legal } = questionnaire;
  const found = new Map<string, Vocabulary>();
  for (const { question } of placedQuestions(questionnaire)) {
    const member = question.type === 'multi' ? 'values' : 'value';
    const vocabulary = { of: question.id, values: new Set(question.options?.map(({ value }) => value)) };
    if (!hasOptions(question)) continue;
    found.set(`${variableOf(question.id)}.${member}`, vocabulary);
    found.set(`previous.${variableOf(question.id)}.${member}`, vocabulary);
  }
  const groups = Object.entries(legal?.factorGroups ?? {});
  found.set('factors', { of: 'legal.factorGroups', values: new Set(groups.map(([name]) => name)) });
  for (const [name, factors] of groups) {
    found.set(`factors.${name}`, { of: `factors.${name}`, values: new Set(factors.map(({ id }) => id)) });
  }
  found.set('legalCode', { of: 'legal.rules', values: new Set(legal?.rules.map(({ code }) => code)) });
  found.set('findingStatuses', { of: 'findingStatuses', values: new Set(STATUSES) });
  found.set('duties', {
    of: 'customerDuties.duties',
    values: new Set(questionnaire.customerDuties?.duties.map(({ id }) => id)),
  });
  return found;
}

function hasOptions({ type }: Question): boolean {
  return type === 'single' || type === 'multi';
}

/** `a == "x"`, `a in ["x"]`, `"x" in a`, `a.exists(v, v in ["x"])`, `a["x"]`, `factors.x`. */
function comparisonsIn(expression: string): readonly Comparison[] {
  const found: Comparison[] = [];
  visit(treeOf(expression), (node) => {
    if (node.op === '==' || node.op === '!=') {
      const [left, right] = node.args;
      found.push({ subject: left, literals: texts(right) }, { subject: right, literals: texts(left) });
    } else if (node.op === 'in') {
      const [left, right] = node.args;
      found.push({ subject: left, literals: texts(right) }, { subject: right, literals: texts(left) });
    } else if (node.op === '[]') {
      found.push({ subject: node.args[0], literals: texts(node.args[1]) });
    } else if (node.op === '.' && node.args[0].op === 'id' && node.args[0].args === 'factors') {
      found.push({ subject: node.args[0], literals: [node.args[1]] });
    } else if (node.op === 'rcall') {
      found.push(...boundComparisons(node.args[1], node.args[2]));
    }
  });
  return found;
}

/** In `list.exists(v, v == "x")` what is compared with `v` is compared with the items of the list. */
function boundComparisons(list: ASTNode, [variable, body]: readonly ASTNode[]): readonly Comparison[] {
  if (variable?.op !== 'id' || body === undefined) return [];
  const bound = variable.args;
  return comparisonsIn(body.input.slice(body.start, body.end)).flatMap(({ subject, literals }) =>
    subject.op === 'id' && subject.args === bound ? [{ subject: list, literals }] : [],
  );
}

function texts(node: ASTNode): readonly string[] {
  if (node.op === 'value') return typeof node.args === 'string' ? [node.args] : [];
  return node.op === 'list' ? node.args.flatMap(texts) : [];
}

/** `X.value != "a"` holds for an unknown answer too; without `X.known` beside it that is seldom meant. */
function unguarded({ expression, path }: PlacedExpression): readonly LintMessage[] {
  const subjects = new Set<string>();
  visit(treeOf(expression), (node) => {
    const left = node.op === '!=' ? node.args[0] : undefined;
    if (left?.op === '.' && left.args[1] === 'value' && left.args[0].op === 'id') subjects.add(left.args[0].args);
  });
  return [...subjects]
    .filter((name) => !expression.includes(`${name}.known`))
    .map((name) =>
      lintWarning(
        'unguarded',
        path,
        `${name}.value != … は未回答のときも成り立ちます。${name}.known && を添えてください。`,
        `${name}.value != … also holds while the answer is unknown. Add ${name}.known &&.`,
      ),
    );
}
