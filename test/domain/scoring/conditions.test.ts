import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takesCondition, takesPlan } from '../../../server/domain/questionnaire/add-ons.ts';
import type { Answer, Answers } from '../../../server/domain/questionnaire/answer.ts';
import { effectiveAnswers } from '../../../server/domain/questionnaire/effective-answers.ts';
import { answerProblems } from '../../../server/domain/questionnaire/fits.ts';
import { evaluate } from '../../../server/domain/scoring/evaluate.ts';
import type { Case, Evaluation } from '../../../server/domain/scoring/evaluation.ts';
import { fallsShort } from '../../../server/domain/scoring/falls-short.ts';
import { readCase } from '../../../server/domain/scoring/read-case.ts';
import { scoreRange } from '../../../server/domain/scoring/score-range.ts';
import { bestWith, jp, questionOf, score } from '../cases.ts';
import { arbitraryCase, arbitraryValue } from './arbitrary-answers.ts';

const RUNS = 300;
const plan = { by: '2027-03-31', measure: '全員に必須化' };

/** The random case with a condition or a plan wherever one fits. */
function arbitraryAddOns(): fc.Arbitrary<{ plain: Case; decorated: Case }> {
  const each = jp.questions.map(({ question }) =>
    fc.record({
      value: takesCondition(question) ? fc.option(arbitraryValue(question)) : fc.constant(null),
      planned: fc.boolean(),
    }),
  );
  return fc.tuple(arbitraryCase(), fc.tuple(...each)).map(([plain, extras]) => {
    const answers: Record<string, Answer> = { ...plain.answers };
    jp.questions.forEach(({ question }, index) => {
      const { value, planned } = extras[index]!;
      const withCondition = { ...answers[question.id], conditional: { value, condition: '上位プラン' } };
      if (value !== null && answerProblems(question, withCondition).length === 0) answers[question.id] = withCondition;
      if (planned && takesPlan(question)) answers[question.id] = { ...answers[question.id], plan };
    });
    return { plain, decorated: { ...plain, answers } };
  });
}

/** An evaluation repeats the answers it rests on; what it makes of them is all that may not differ. */
function outcome(evaluation: Evaluation) {
  const questions = evaluation.why.questions.map(({ answer: _, ...result }) => result);
  return { ...evaluation, why: { ...evaluation.why, questions } };
}

function settleAll(answers: Answers, holds: boolean): Answers {
  return effectiveAnswers(answers, Object.fromEntries(Object.keys(answers).map((id) => [id, holds])));
}

describe('for any answers', () => {
  it('a condition nobody settled and a plan change nothing', () => {
    let conditions = 0;
    fc.assert(
      fc.property(arbitraryAddOns(), ({ plain, decorated }) => {
        conditions += Object.values(decorated.answers).filter(({ conditional }) => conditional).length;
        expect(outcome(evaluate(jp, decorated))).toEqual(outcome(evaluate(jp, plain)));
      }),
      { numRuns: RUNS },
    );
    expect(conditions).toBeGreaterThan(RUNS);
  });

  it('a condition that does not hold is as one nobody settled', () => {
    fc.assert(
      fc.property(arbitraryAddOns(), ({ plain, decorated }) => {
        const settled = { ...decorated, answers: settleAll(decorated.answers, false) };
        expect(outcome(evaluate(jp, settled))).toEqual(outcome(evaluate(jp, plain)));
      }),
      { numRuns: RUNS },
    );
  });

  it('the official score lies within the range, and so does what comes of settling everything', () => {
    fc.assert(
      fc.property(arbitraryAddOns(), ({ decorated }) => {
        const range = scoreRange(jp, decorated);
        if (!range) return;
        const { overall, sections } = range;
        const ends = [decorated.answers, settleAll(decorated.answers, true)];
        for (const answers of ends) {
          const result = evaluate(jp, { ...decorated, answers });
          expect(result.score).toBeGreaterThanOrEqual(overall.from);
          expect(result.score).toBeLessThanOrEqual(overall.to);
          for (const { id, score: points } of result.sections) {
            if (points === null) continue;
            expect(points).toBeGreaterThanOrEqual(sections[id]!.from);
            expect(points).toBeLessThanOrEqual(sections[id]!.to);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a conditional answer', () => {
  const conditional = { value: 'all', condition: 'セキュリティオプションの契約' };
  const answers = bestWith({ 'AUTH-05': { answer: { value: 'opt', evidence: 'verified', conditional } } });
  const input: Case = { asOf: '2026-11-21', mode: 'final', answers };

  it('counts once it is settled to hold, with its evidence as usual', () => {
    expect(questionOf(score(answers), 'AUTH-05').score).toBe(0.5);
    expect(questionOf(score(settleAll(answers, true)), 'AUTH-05').score).toBe(1);
    const unproven = { ...answers, 'AUTH-05': { ...answers['AUTH-05'], evidence: 'rejected' as const } };
    expect(questionOf(score(settleAll(unproven, true)), 'AUTH-05').score).toBe(
      questionOf(score(unproven), 'AUTH-05').score,
    );
  });

  it('gives the range of its question, its section and the whole', () => {
    const range = scoreRange(jp, input)!;
    expect(range.unsettled).toEqual(['AUTH-05']);
    expect(range.questions).toEqual({ 'AUTH-05': { without: 0.5, under: 1, overallUnder: 100 } });
    expect(range.sections.AUTH).toEqual({
      from: score(answers).sections.find(({ id }) => id === 'AUTH')!.score,
      to: 100,
    });
    expect(range.overall).toEqual({ from: score(answers).score, to: 100, fromGrade: 'A', toGrade: 'A' });
    expect(scoreRange(jp, { ...input, answers: settleAll(answers, true) })).toBeNull();
  });

  it('waits for no word where the question does not apply', () => {
    const hidden = bestWith({
      'DATA-01': { answer: { value: 'no', evidence: 'verified' } },
      'MNT-01': { answer: { value: 'reach', conditional: { value: 'noid', condition: '専用プラン' } } },
    });
    expect(scoreRange(jp, { ...input, answers: hidden })).toBeNull();
  });

  it('may also be worse than what holds today', () => {
    const worse = { ...conditional, value: 'none' };
    const both = bestWith({
      'AUTH-05': { answer: { value: 'opt', evidence: 'verified', conditional: worse } },
      'LOG-02': { answer: { value: 6, evidence: 'verified', conditional: { value: 12, condition: '長期保存' } } },
    });
    const range = scoreRange(jp, { ...input, answers: both })!;
    expect(range.questions).toMatchObject({
      'AUTH-05': { without: 0.5, under: 0 },
      'LOG-02': { without: 0.7, under: 1 },
    });
    const onlyBetter = score(effectiveAnswers(both, { 'AUTH-05': false, 'LOG-02': true }));
    const onlyWorse = score(effectiveAnswers(both, { 'AUTH-05': true, 'LOG-02': false }));
    expect(range.overall).toMatchObject({ from: onlyWorse.score, to: onlyBetter.score });
  });
});

describe('a case file', () => {
  const scored = (answer: unknown) => {
    const { input } = readCase({ asOf: '2026-11-21', mode: 'final', answers: { 'AUTH-05': answer } });
    return evaluate(jp, input);
  };

  it('may carry both', () => {
    const conditional = { value: 'all', condition: '上位プラン' };
    expect(scored({ value: 'opt', plan, conditional }).score).toBe(scored({ value: 'opt' }).score);
  });

  it('is refused with the place when one does not fit', () => {
    expect(() => scored({ value: 'opt', plan: { by: 'soon', measure: 'x' } })).toThrow(
      expect.objectContaining({ path: '/answers/AUTH-05/plan/by' }),
    );
    expect(() => scored({ value: 'opt', conditional: { value: 'opt', condition: 'x' } })).toThrow(
      expect.objectContaining({ path: '/answers/AUTH-05/conditional/value' }),
    );
    expect(() => scored({ value: 'opt', settled: { holds: true } })).toThrow(/settled/);
  });
});

describe('something is left to plan for', () => {
  const short = (id: string, value: Answer['value']) => fallsShort(jp, jp.byId.get(id)!, { value }, '2026-11-21');

  it('in a shortcoming, a part, and what is not known', () => {
    expect(short('AUTH-05', 'none')).toBe(true);
    expect(short('AUTH-05', 'adm')).toBe(true);
    expect(short('AUTH-05', 'unknown')).toBe(true);
    expect(short('LOG-02', 6)).toBe(true);
    expect(short('AUTH-02', ['seq'])).toBe(true);
  });

  it('not in a full answer, a blank one, or a fact', () => {
    expect(short('AUTH-05', 'all')).toBe(false);
    expect(short('AUTH-05', null)).toBe(false);
    expect(short('AUTH-05', 'nonsense')).toBe(false);
    expect(short('CEX-01', 'unknown')).toBe(false);
  });
});
