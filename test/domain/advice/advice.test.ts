import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adviceFor } from '../../../server/domain/advice/advise.ts';
import type { Answers } from '../../../server/domain/questionnaire/answer.ts';
import { type CompiledQuestionnaire, compile } from '../../../server/domain/questionnaire/compile.ts';
import { evaluate } from '../../../server/domain/scoring/evaluate.ts';
import { bestWith, example } from '../cases.ts';
import { arbitraryAnswers } from '../scoring/arbitrary-answers.ts';
import { advised, newest, TODAY, told } from './cases.ts';

const mk = example('EX1').answers;

describe('advice on findings', () => {
  it('stands at the answers that bring a finding about, in the words of its worst status', () => {
    expect(told(bestWith({ 'AUTH-01': 6, 'AUTH-04': 'none' }))).toMatchObject({
      'AUTH-01': 'finding USER_PASSWORD_POLICY',
      'AUTH-04': 'finding USER_PASSWORD_POLICY',
    });
    const [short] = advised(bestWith({ 'AUTH-01': 6 })).get('AUTH-01') ?? [];
    expect(short?.what.ja).toBe('この回答は、個人情報保護委員会が指摘した次の状態に当てはまります。');
    expect(short?.findings[0]?.title.en).toBe('User password rules');
    expect(short?.mend.ja).toContain('最小10文字');
    expect(short?.related).toEqual([]);
    const [partial] = advised(bestWith({ 'AUTH-04': 'none' })).get('AUTH-04') ?? [];
    expect(partial?.what.ja).toContain('備えが十分とはいえません');
  });

  it('links the answers that bring it about only together', () => {
    const weak = advised(bestWith({ 'AUTH-01': 8, 'AUTH-03': 'mix', 'AUTH-04': 'none', 'AUTH-05': 'opt' }));
    expect(weak.get('AUTH-05')?.[0]?.related).toEqual(['AUTH-01', 'AUTH-04']);
    expect(weak.get('AUTH-01')?.[0]?.related).toEqual(['AUTH-04', 'AUTH-05']);
  });

  it('is told at the row when the reason lies outside it, with a link to the reason', () => {
    const [item] =
      advised(bestWith({ 'CEX-05': 3, 'MNT-01': 'limited', 'MNT-03': 'mask', 'MNT-04': 'cust' })).get('CEX-05') ?? [];
    expect(item?.findings.map(({ code }) => code)).toEqual(['ACTUAL_HANDLING']);
    expect(item?.related).toEqual(['CEX-01']);
  });

  it('says of わからない that the finding cannot be decided, and nothing of a blank', () => {
    expect(told({ 'LOG-02': { value: 'unknown' } })).toEqual({ 'LOG-02': 'finding LOGGING' });
    expect(advised({ 'LOG-02': { value: 'unknown' } }).get('LOG-02')?.[0]?.what.en).toContain('cannot be told');
    expect(told({})).toEqual({});
  });

  it('is told as soon as a bad answer is given, before the rest is', () => {
    expect(told({ 'LOG-04': { value: 'manual' } })).toEqual({ 'LOG-04': 'finding LOGGING' });
  });

  it('concludes nothing from questions nobody has answered yet', () => {
    expect(told({ 'DATA-01': { value: 'yes' }, 'MNT-01': { value: 'limited' }, 'MNT-03': { value: 'jit' } })).toEqual(
      {},
    );
    expect(told({ 'DATA-01': { value: 'yes' }, 'CEX-02': { value: 'permits' } })).toEqual({});
  });

  it('tells of observations and, where no finding says more, of shortcomings', () => {
    expect(told(bestWith({ 'DSC-02': 'un', 'ORG-02': 'no' }))).toEqual({
      'ORG-02': 'shortcoming',
      'DSC-02': 'finding CLAIMS_VS_REALITY',
    });
  });

  it('has nothing to say about the model answers', () => {
    for (const id of ['EX2', 'EX3', 'EX8']) expect([id, told(example(id).answers)]).toEqual([id, {}]);
  });

  it('names every finding that fails in the case of the regulator', () => {
    const { findings } = newest.questionnaire;
    const failing = Object.entries(evaluate(newest, example('EX1')).findings).filter(([, status]) => status === 'fail');
    const codes = failing.map(([id]) => findings?.find((finding) => finding.id === id)?.code);
    const named = new Set([...advised(mk).values()].flat().flatMap(({ findings: all }) => all.map(({ code }) => code)));
    expect(codes).toHaveLength(7);
    expect([...named]).toEqual(expect.arrayContaining(codes));
  });
});

/** The same questionnaire with other weights, points, caps and grades, as different as the schema allows. */
function rescored({ questionnaire }: CompiledQuestionnaire): CompiledQuestionnaire {
  const text = JSON.stringify(questionnaire)
    .replaceAll(/"weight":[1-9][\d.]*/g, '"weight":7.77')
    .replaceAll(/"points":[\d.]+/g, '"points":0.777')
    .replaceAll(/"score":[\d.]+/g, '"score":0.777')
    .replaceAll(/"max":[\d.]+/g, '"max":77.7');
  return compile(JSON.parse(text));
}

describe('for any answers, advice', () => {
  const other = rescored(newest);
  const context = (previous: Answers | null) => ({
    today: TODAY,
    previous: previous && { answers: previous, on: '2025-11-20' },
  });

  it('does not depend on weights, points, caps or evidence', () => {
    expect(evaluate(other, example('EX4')).raw).not.toBe(evaluate(newest, example('EX4')).raw);
    fc.assert(
      fc.property(arbitraryAnswers(), fc.option(arbitraryAnswers()), (answers, previous) => {
        const plain = Object.entries(answers).map(([id, { evidence: _, ...answer }]) => [id, answer]);
        const advice = adviceFor(newest, answers, context(previous));
        expect(adviceFor(other, Object.fromEntries(plain), context(previous))).toEqual(advice);
      }),
      { numRuns: 60 },
    );
  });

  it('is said in both languages at answered questions, links questions that are there, and speaks no word of scoring', () => {
    fc.assert(
      fc.property(arbitraryAnswers(), fc.option(arbitraryAnswers()), (answers, previous) => {
        for (const [id, items] of adviceFor(newest, answers, context(previous))) {
          expect(answers).toHaveProperty([id]);
          for (const { what, mend, related } of items) {
            expect([what.ja, what.en, mend.ja, mend.en].every((text) => text.length > 5)).toBe(true);
            expect(related.every((one) => one !== id && newest.byId.has(one))).toBe(true);
          }
          expect(JSON.stringify(items)).not.toMatch(
            /score|weight|points|grade|knock|配点|点数|評点|得点|足切り|ランク|\d点|"F\d|\bF[1-9]\b/i,
          );
        }
      }),
      { numRuns: 60 },
    );
  });
});
