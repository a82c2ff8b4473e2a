import { describe, expect, it } from 'vitest';
import { knownView } from '../../../server/domain/questionnaire/answer-view.ts';
import { conditionTree } from '../../../server/domain/questionnaire/condition-tree.ts';
import type { QuestionType } from '../../../server/domain/questionnaire/questionnaire.ts';
import { environmentFor } from '../../../server/domain/questionnaire/rule-language.ts';
import { jp } from '../cases.ts';

const script = '../../../templates/assets/respond/conditions.js';
const { createConditions } = (await import(script)) as {
  createConditions(rules: unknown): (answers: Record<string, { value: unknown }>) => Set<string>;
};
const environment = environmentFor(jp.questionnaire, 'visibility');
const ids = ['AUTH-05', 'DATA-02', 'VUL-03', 'VUL-02', 'VUL-07', 'CRT-01'];
const types = new Map<string, QuestionType>(jp.questions.map(({ question }) => [question.id, question.type]));
const samples: Record<string, readonly unknown[]> = {
  'AUTH-05': ['all', 'none'],
  'DATA-02': [['mynumber'], ['name', 'health'], ['name']],
  'VUL-03': [0, 1, 2.5],
  'VUL-02': ['none', 14, 30],
  'VUL-07': ['2026-05-01', '2020-01-01', 'none'],
  'CRT-01': [[], [{ kind: 'ISMS' }, { kind: 'ISMS' }]],
};

const expressions = [
  'AUTH_05.value == "all"',
  'AUTH_05.value != "all" && AUTH_05.known',
  'AUTH_05.value in ["adm", "none"]',
  '"mynumber" in DATA_02.values || AUTH_05.value == "all"',
  'DATA_02.values.exists(v, v in ["health", "mynumber"])',
  'DATA_02.values.all(item, item == "name" || VUL_03.value > 0.0)',
  'DATA_02.values.size() >= 2',
  'size(DATA_02.values) < 2',
  'VUL_03.value > 0.0 ? AUTH_05.value == "all" : VUL_03.known',
  '!(VUL_02.none || VUL_02.value <= 14.0)',
  'VUL_02.value < 100.0',
  'VUL_07.value > "2025-01-01"',
  'VUL_07.value < "2025-01-01"',
  'VUL_07.none',
  'CRT_01.count >= 1 && true',
  'AUTH_05.value in DATA_02.values',
];

/** Every combination of the samples. */
function combinations(): Record<string, { value: unknown }>[] {
  return ids.reduce<Record<string, { value: unknown }>[]>(
    (found, id) => found.flatMap((one) => (samples[id] ?? []).map((value) => ({ ...one, [id]: { value } }))),
    [{}],
  );
}

describe('a condition as data', () => {
  it.each(expressions)('says in the browser what CEL says: %s', (expression) => {
    const holds = conditionTree(expression);
    expect(holds).not.toBeNull();
    const variables = ids.map((id) => ({ questionId: id, name: id.replace('-', '_'), type: types.get(id) }));
    const sent = JSON.parse(JSON.stringify({ variables, questions: [{ questionId: 'X', dependsOn: ids, holds }] }));
    const shown = createConditions(sent);
    const cel = environment.parse(expression);
    const outcomes = combinations().map((answers) => {
      const scope = Object.fromEntries(
        ids.map((id) => [id.replace('-', '_'), knownView(types.get(id) ?? 'text', answers[id]?.value)]),
      );
      const onServer = cel(scope) === true;
      expect([answers, shown(answers).has('X')]).toEqual([answers, onServer]);
      return onServer;
    });
    expect(new Set(outcomes).size).toBe(
      expression.includes(' in DATA_02.values') && !expression.startsWith('"') ? 1 : 2,
    );
  });

  it.each([
    'DATA_02.values == ["name"]',
    'AUTH_05.value.startsWith("a")',
    'AUTH_05.value.size() > 2',
    'VUL_03.value + 1.0 > 2.0',
    'DATA_02.values.exists_one(v, v == "name")',
    'DATA_02.values[0] == "name"',
  ])('is left to the server where a page would not understand it: %s', (expression) => {
    expect(environment.check(expression).valid).toBe(true);
    expect(conditionTree(expression)).toBeNull();
  });
});
