import { readFileSync } from 'node:fs';
import { Environment } from '@marcbachmann/cel-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkQuestionnaire } from '../../../server/adapters/questionnaire-files.ts';
import type { Answer, Answers } from '../../../server/domain/questionnaire/answer.ts';
import { answerState } from '../../../server/domain/questionnaire/answer-state.ts';
import { compile } from '../../../server/domain/questionnaire/compile.ts';
import { respondentRules } from '../../../server/domain/questionnaire/respondent-rules.ts';
import { isShownToRespondent, shownToRespondent, visibility } from '../../../server/domain/questionnaire/visibility.ts';
import { jp } from '../cases.ts';
import { arbitraryAnswers } from '../scoring/arbitrary-answers.ts';

const of = (values: Record<string, Answer['value']>): Answers =>
  Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { value }]));
const look = (values: Record<string, Answer['value']>, id: string) => [
  visibility(jp, of(values)).get(id),
  isShownToRespondent(jp, of(values), id),
];

describe('a question with a condition', () => {
  it.each([
    ['shows when the answer is listed', { 'DATA-01': 'yes' }, 'CEX-01', ['visible', true]],
    ['is hidden when it is not', { 'DATA-01': 'no' }, 'CEX-01', ['hidden', false]],
    ['waits for an unanswered question, unseen', {}, 'CEX-01', ['pending', false]],
    ['is asked when that is not known', { 'DATA-01': 'unknown' }, 'CEX-01', ['pending', true]],
    ['is pending under an N/A that may not be answered', { 'DATA-01': 'na' }, 'CEX-01', ['pending', true]],
    ['is hidden under a hidden one', { 'DATA-01': 'no', 'MNT-01': 'reach' }, 'MNT-03', ['hidden', false]],
    ['waits behind an unanswered one that is itself asked', { 'DATA-01': 'unknown' }, 'MNT-03', ['pending', false]],
    ['is asked behind two unknown ones', { 'DATA-01': 'unknown', 'MNT-01': 'unknown' }, 'MNT-03', ['pending', true]],
    ['reads a list', { 'DATA-01': 'yes', 'DATA-02': ['name', 'mynumber'] }, 'DATA-03', ['visible', true]],
    ['reads a list without it', { 'DATA-01': 'yes', 'DATA-02': ['name'] }, 'DATA-03', ['hidden', false]],
    ['takes an empty list for no answer', { 'DATA-01': 'yes', 'DATA-02': [] }, 'DATA-03', ['pending', false]],
    ['reads any of several', { 'DATA-01': 'yes', 'SUB-05': ['facc'] }, 'SUB-06', ['visible', true]],
    ['reads none of several', { 'DATA-01': 'yes', 'SUB-05': ['jp'] }, 'SUB-06', ['hidden', false]],
    ['reads a number', { 'VUL-03': 1 }, 'VUL-04', ['visible', true]],
    ['reads a zero', { 'VUL-03': 0 }, 'VUL-04', ['hidden', false]],
    ['takes a value that does not fit for no answer', { 'VUL-03': 'many' }, 'VUL-04', ['pending', false]],
  ] as const)('%s', (_title, answers, id, expected) => {
    expect(look(answers as Record<string, Answer['value']>, id)).toEqual(expected);
  });

  it('without a condition is always there', () => {
    expect(look({}, 'AUTH-01')).toEqual(['visible', true]);
  });
});

describe('a question below one that does not apply', () => {
  const small = readFileSync(new URL('../../fixtures/small-questionnaire.yaml', import.meta.url), 'utf8');
  const turned = small
    .replace("showWhen: 'Q_2.value > 0.0'", '')
    .replace("showWhen: 'locked'", `showWhen: '"staff" in Q_3.values'`);
  const compiled = compile(checkQuestionnaire(turned).questionnaire!);
  const seen = (answer: Answer) => [
    visibility(compiled, { 'Q-3': answer }).get('Q-2'),
    isShownToRespondent(compiled, { 'Q-3': answer }, 'Q-2'),
  ];

  it('is hidden, and only waits while the N/A is not accepted', () => {
    expect(seen({ value: 'na', naReason: '鍵がない' })).toEqual(['hidden', false]);
    expect(seen({ value: 'na' })).toEqual(['pending', true]);
    expect(seen({ value: 'na', naReason: '鍵がない', naRejected: true })).toEqual(['pending', true]);
    expect(seen({ value: ['staff'] })).toEqual(['visible', true]);
  });
});

describe('the rules given to the browser', () => {
  const rules = respondentRules(jp);
  const types = new Map(rules.variables.map(({ name, type }) => [name, type]));
  const environment = new Environment({ unlistedVariablesAreDyn: true });

  /** What a page does with them: the same library, plain objects, no knowledge of the questionnaire. */
  function shownByPage(answers: Answers): ReadonlySet<string> {
    const conditional = new Set(rules.questions.map(({ questionId }) => questionId));
    const shown = new Set(jp.questions.map(({ question }) => question.id).filter((id) => !conditional.has(id)));
    const scope = Object.fromEntries(
      rules.variables.map(({ questionId, name }) => [name, view(types.get(name)!, answers[questionId]?.value)]),
    );
    for (const { questionId, showWhen, dependsOn } of rules.questions) {
      const states = dependsOn.map((id) => answerState(jp.byId.get(id)!.question, answers[id]));
      if (!dependsOn.every((id) => shown.has(id)) || states.includes('unanswered') || states.includes('na')) continue;
      const asked = states.every((state) => state === 'answered') ? environment.parse(showWhen)(scope) : true;
      if (asked === true) shown.add(questionId);
    }
    return shown;
  }
  function view(type: string, value: unknown) {
    const special = value === 'unknown' || value === 'na' || value === 'none' || value === undefined;
    if (type === 'multi') return { values: special ? [] : value };
    return { value: type === 'number' ? (special ? Number.NaN : value) : (value ?? '') };
  }

  it('give what the server gives, for any answers', () => {
    fc.assert(
      fc.property(arbitraryAnswers(), (answers) => {
        expect([...shownByPage(answers)].sort()).toEqual([...shownToRespondent(jp, answers)].sort());
      }),
      { numRuns: 400 },
    );
  });

  it('hold nothing about scores, and only questions and conditions', () => {
    const text = JSON.stringify(rules);
    expect(rules.questions).toHaveLength(26);
    expect(text).not.toMatch(/score|weight|fails|finding|personalData/);
  });
});
