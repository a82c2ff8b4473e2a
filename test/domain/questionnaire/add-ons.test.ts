import { describe, expect, it } from 'vitest';
import { longestAddOn, takesCondition, takesPlan } from '../../../server/domain/questionnaire/add-ons.ts';
import type { Answer } from '../../../server/domain/questionnaire/answer.ts';
import { effectiveAnswers } from '../../../server/domain/questionnaire/effective-answers.ts';
import { answerProblems, respondentProblems } from '../../../server/domain/questionnaire/fits.ts';
import { jp } from '../cases.ts';

const TODAY = '2026-11-22';
const question = (id: string) => jp.byId.get(id)!.question;
const paths = (id: string, answer: Answer) => answerProblems(question(id), answer).map(({ path }) => path);
const told = (id: string, answer: Answer) => respondentProblems(question(id), answer, TODAY).map(({ path }) => path);
const conditional = (value: Answer['value'], condition = 'プレミアムプランの契約') =>
  ({ value: value ?? null, condition }) as const;

describe('an answer that holds under a condition', () => {
  it('is taken by scored choices and numbers, not by facts, dates, texts or certificates', () => {
    expect(['AUTH-05', 'AUTH-02', 'LOG-02'].map((id) => takesCondition(question(id)))).toEqual([true, true, true]);
    expect(['CEX-01', 'CRT-01', 'ORG-01', 'BCK-05'].map((id) => takesCondition(question(id)))).not.toContain(true);
  });

  it('fits like any answer to the question', () => {
    expect(paths('AUTH-05', { value: 'opt', conditional: conditional('all') })).toEqual([]);
    expect(paths('LOG-02', { value: 3, conditional: conditional(12) })).toEqual([]);
    expect(paths('LOG-02', { value: 'none', conditional: conditional(12) })).toEqual([]);
    expect(paths('AUTH-05', { value: 'opt', conditional: conditional('everyone') })).toEqual(['/conditional/value']);
    expect(paths('AUTH-02', { value: ['seq'], conditional: conditional(['seq', 'x']) })).toEqual([
      '/conditional/value/1',
    ]);
  });

  it('says something else than the answer without it, whatever the order', () => {
    expect(paths('AUTH-05', { value: 'all', conditional: conditional('all') })).toEqual(['/conditional/value']);
    expect(paths('AUTH-02', { value: ['seq', 'ctx'], conditional: conditional(['ctx', 'seq']) })).toEqual([
      '/conditional/value',
    ]);
    expect(paths('AUTH-02', { value: ['seq'], conditional: conditional(['ctx', 'seq']) })).toEqual([]);
  });

  it('is known, and has its condition in writing', () => {
    for (const value of ['unknown', 'na', null, '']) {
      expect(paths('AUTH-05', { value: 'opt', conditional: conditional(value) })).toEqual(['/conditional/value']);
    }
    expect(paths('AUTH-05', { value: 'opt', conditional: conditional('all', ' 　') })).toEqual([
      '/conditional/condition',
    ]);
    expect(paths('AUTH-05', { value: 'opt', conditional: conditional('all', 'あ'.repeat(longestAddOn + 1)) })).toEqual([
      '/conditional/condition',
    ]);
  });

  it('is nothing else', () => {
    for (const wrong of ['all', ['all'], 1, { value: 'all' }, { ...conditional('all'), score: 1 }]) {
      expect(paths('AUTH-05', { value: 'opt', conditional: wrong as never })).not.toEqual([]);
    }
    expect(paths('CEX-01', { value: 'entrusted', conditional: conditional('not_handled') })).toEqual(['/conditional']);
  });

  it('comes with the answer that holds today', () => {
    expect(told('AUTH-05', { value: null, conditional: conditional('all') })).toEqual(['/value']);
    expect(told('AUTH-05', { value: 'unknown', conditional: conditional('all') })).toEqual([]);
  });
});

describe('a plan', () => {
  it('is taken by scored questions', () => {
    const ids = ['AUTH-05', 'AUTH-02', 'LOG-02', 'BCK-05'];
    expect(ids.map((id) => takesPlan(question(id)))).toEqual([true, true, true, true]);
    expect(paths('CRT-01', { value: [], plan: { by: '2027-03-31', measure: '取得' } })).toEqual(['/plan']);
  });

  it('has a real day and a measure', () => {
    expect(paths('AUTH-05', { value: 'opt', plan: { by: '2027-03-31', measure: '全員に必須化' } })).toEqual([]);
    expect(paths('AUTH-05', { value: 'opt', plan: { by: '2027-02-30', measure: '' } })).toEqual([
      '/plan/by',
      '/plan/measure',
    ]);
    const extra = { by: '2027-03-31', measure: 'x', done: true };
    expect(paths('AUTH-05', { value: 'opt', plan: extra })).toEqual(['/plan']);
  });

  it('lies ahead when it is given, and may be read on any day', () => {
    const plan = (by: string): Answer => ({ value: 'opt', plan: { by, measure: '全員に必須化' } });
    expect(told('AUTH-05', plan('2026-11-22'))).toEqual(['/plan/by']);
    expect(told('AUTH-05', plan('2026-11-23'))).toEqual([]);
    expect(paths('AUTH-05', plan('2020-01-01'))).toEqual([]);
  });
});

describe('the answers that count', () => {
  const answers = { 'AUTH-05': { value: 'opt', evidence: 'verified', conditional: conditional('all') } } as const;

  it('are those without the condition until the customer says it holds', () => {
    expect(effectiveAnswers(answers, {})).toBe(answers);
    expect(effectiveAnswers(answers, { 'AUTH-05': false })['AUTH-05']).toMatchObject({ value: 'opt' });
    expect(effectiveAnswers(answers, { 'AUTH-05': true })['AUTH-05']).toMatchObject({
      value: 'all',
      evidence: 'verified',
    });
  });

  it('keep what was said and settled', () => {
    expect(effectiveAnswers(answers, { 'AUTH-05': true })['AUTH-05']).toEqual({
      value: 'all',
      evidence: 'verified',
      settled: { holds: true, base: 'opt', conditional: conditional('all') },
    });
  });

  it('do not change by a word about a question without a condition', () => {
    const plain = { 'AUTH-05': { value: 'opt' } };
    expect(effectiveAnswers(plain, { 'AUTH-05': true, 'AUTH-04': true })).toBe(plain);
  });
});
