/** Ids: no two alike, none that look alike, none that collide once they are variables. */
import type { Questionnaire } from '../questionnaire.ts';
import { EACH_NAMES, reservedNames, variableOf } from '../rule-language.ts';
import { type LintMessage, lintError, type Path } from './lint-message.ts';
import { placedQuestions } from './places.ts';

type PlacedId = { readonly id: string; readonly path: Path };

export function lintIds(questionnaire: Questionnaire): readonly LintMessage[] {
  const { legal } = questionnaire;
  const questions = placedQuestions(questionnaire).map(({ question, path }) => ({
    id: question.id,
    path: [...path, 'id'],
  }));
  const findings = [...ids(questionnaire.findings, ['findings']), ...ids(questionnaire.observations, ['observations'])];
  const factors = Object.entries(legal?.factorGroups ?? {}).flatMap(([group, list]) =>
    ids(list, ['legal', 'factorGroups', group]),
  );
  const options = placedQuestions(questionnaire).map(({ question, path }) =>
    (question.options ?? []).map(({ value }, index) => ({ id: value, path: [...path, 'options', index, 'value'] })),
  );
  const lists: readonly (readonly PlacedId[])[] = [
    questions,
    findings,
    factors,
    ...options,
    ids(questionnaire.sections, ['sections']),
    ids(questionnaire.certificateKinds, ['certificateKinds']),
    ids(questionnaire.references, ['references']),
    ids(legal?.rules, ['legal', 'rules']),
    ids(legal?.overlays, ['legal', 'overlays']),
    ids(questionnaire.customerDuties?.duties, ['customerDuties', 'duties']),
    ids(questionnaire.contradictions, ['contradictions']),
  ];
  return [...lists.flatMap(clashes), ...variableClashes(questionnaire, questions)];
}

function ids(items: readonly { readonly id: string }[] | undefined, path: Path): readonly PlacedId[] {
  return (items ?? []).map(({ id }, index) => ({ id, path: [...path, index, 'id'] }));
}

function clashes(list: readonly PlacedId[]): readonly LintMessage[] {
  const seen = new Map<string, string>();
  return list.flatMap(({ id, path }) => {
    const likeness = skeleton(id);
    const earlier = seen.get(likeness);
    seen.set(likeness, id);
    if (earlier === undefined) return [];
    if (earlier === id) {
      return [
        lintError(
          'duplicate-id',
          path,
          `「${id}」が重複しています。別のIDにしてください。`,
          `"${id}" is used twice. Give it another id.`,
        ),
      ];
    }
    return [
      lintError(
        'confusable-id',
        path,
        `「${id}」は「${earlier}」と見分けがつきません。はっきり異なるIDにしてください。`,
        `"${id}" looks like "${earlier}". Choose ids that cannot be mistaken for each other.`,
      ),
    ];
  });
}

/** What the eye sees: full-width and half-width alike, O like 0, l and I like 1. Option values are told apart by case only with difficulty. */
function skeleton(id: string): string {
  return id.normalize('NFKC').toUpperCase().replaceAll('O', '0').replaceAll(/[IL|]/g, '1');
}

/** A question or a condition must not take the name of something else that rules can read. */
function variableClashes(questionnaire: Questionnaire, questions: readonly PlacedId[]): readonly LintMessage[] {
  const reserved = new Set([...reservedNames(), ...Object.values(EACH_NAMES), ...CEL_WORDS]);
  const variables = new Set(questions.map(({ id }) => variableOf(id)));
  const conditions = Object.keys(questionnaire.conditions ?? {}).map((name) => ({ name, path: ['conditions', name] }));
  const taken = [
    ...questions.flatMap(({ id, path }) => (reserved.has(variableOf(id)) ? [{ name: id, path }] : [])),
    ...conditions.filter(({ name }) => reserved.has(name) || variables.has(name)),
  ];
  return taken.map(({ name, path }) =>
    lintError(
      'reserved-name',
      path,
      `「${name}」は式の中で別の意味を持ちます。別の名前にしてください。`,
      `"${name}" already means something else in rules. Choose another name.`,
    ),
  );
}

/** Words of CEL that cannot name a variable. */
const CEL_WORDS = [
  'true',
  'false',
  'null',
  'in',
  'as',
  'break',
  'const',
  'continue',
  'else',
  'for',
  'function',
  'if',
  'import',
  'let',
  'loop',
  'package',
  'namespace',
  'return',
  'var',
  'void',
  'while',
];
