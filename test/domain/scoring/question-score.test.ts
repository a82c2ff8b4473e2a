import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../server/domain/questionnaire/answer.ts';
import { knownView } from '../../../server/domain/questionnaire/answer-view.ts';
import { CaseError } from '../../../server/domain/scoring/case-error.ts';
import { evaluate } from '../../../server/domain/scoring/evaluate.ts';
import { ratingFor } from '../../../server/domain/scoring/rating.ts';
import { best, bestWith, type Change, jp, questionOf, score } from '../cases.ts';

const outcome = (id: string, answer: Change, options: Parameters<typeof score>[1] = {}) =>
  questionOf(score(bestWith({ [id]: answer }), options), id);
const answered = (answer: Answer): Change => ({ answer });

describe('the score of an answer', () => {
  it.each([
    ['ORG-02', 'doc', 0.6, false],
    ['ORG-02', 'no', 0, true],
    ['ORG-05', 'no', 0, false],
    ['CEX-08', ['resp', 'sec', 'sub', 'rep', 'aud', 'breach'], 0.6, false],
    ['CEX-08', ['resp', 'sec', 'sub', 'rep', 'aud'], 0.5, true],
    ['CEX-08', ['resp', 'resp'], 0.1, true],
    ['CEX-08', 'none', 0, true],
    ['BCK-03', ['three'], 1 / 3, true],
    ['BCK-03', ['three', 'two', 'one'], 1, false],
    ['AUTH-06', ['cert', 'sso'], 0.9, false],
    ['AUTH-06', ['cert', 'passkey', 'ip'], 1, false],
    ['AUTH-06', 'none', 0, false],
    ['MNT-07', 3, 1, false],
    ['MNT-07', 12, 0.5, false],
    ['MNT-07', 13, 0, true],
    ['MNT-07', 'none', 0, true],
    ['AUTH-01', 0, 0, true],
    ['VUL-03', 0, 1, false],
    ['BCK-06', 24.5, 0.7, false],
    ['BCP-02', 98.9, 0.2, false],
    ['BCP-02', 'none', 0, false],
    ['VUL-07', 'none', 0, true],
  ] as const)('%s = %j is worth %d', (id, value, worth, fails) => {
    const result = outcome(id, value as Change);
    expect(result.scoreBeforeEvidence).toBeCloseTo(worth, 12);
    expect(result.fails).toBe(fails);
    expect(result.reason.ja).not.toBe('');
    expect(result.reason.en).not.toBe('');
  });

  it.each([
    ['the same day a year ago', '2025-11-21', 1],
    ['a day more', '2025-11-20', 0.4],
    ['a later day of that month', '2025-11-30', 1],
    ['the month before', '2025-10-31', 0.4],
    ['two years', '2024-11-21', 0.4],
    ['two years and a day', '2024-11-20', 0],
    ['today', '2026-11-21', 1],
  ])('counts months: %s', (_title, date, worth) => {
    expect(outcome('VUL-07', date)).toMatchObject({ scoreBeforeEvidence: worth, fails: worth === 0 });
  });

  it('does not know a date later than the evaluation date', () => {
    const result = outcome('BCK-05', '2026-11-22');
    expect(result).toMatchObject({ state: 'unknown', score: 0, flag: null });
    expect(result.reason.ja).toContain('評価基準日より後');
  });

  it('gives facts no score', () => {
    expect(outcome('CEX-05', 3)).toMatchObject({ state: 'answered', score: null, weight: 0 });
    expect(outcome('CEX-03', 'unscoped')).toMatchObject({ fails: true, score: null });
  });
});

describe('a list of which nothing was selected', () => {
  const list = jp.byId.get('CEX-08')!.question;
  const mild = { ...list, none: { label: list.none!.label, score: 0 } };
  const nothing = knownView('multi', 'none');

  it('fails with its none-option, or because the question has a floor', () => {
    expect(ratingFor(list)(nothing, '2026-11-21').fails).toBe(true);
    expect(ratingFor(mild)(nothing, '2026-11-21').fails).toBe(true);
    expect(ratingFor({ ...mild, multi: { mode: 'fraction', of: 10 } })(nothing, '2026-11-21').fails).toBe(false);
  });
});

describe('an answer without a value', () => {
  it('is unanswered when absent, null, empty text, or an empty list of choices', () => {
    for (const answer of [undefined, null, '', []]) {
      expect(outcome('AUTH-06', answer)).toMatchObject({ state: 'unanswered', score: 0, flag: null });
    }
    expect(outcome('AUTH-06', answered({})).state).toBe('unanswered');
  });

  it('is an answer when it is an empty list of certificates', () => {
    expect(outcome('CRT-01', []).state).toBe('answered');
  });

  it('counts 0 when unknown', () => {
    expect(outcome('ORG-02', 'unknown')).toMatchObject({ state: 'unknown', score: 0, fails: false, flag: null });
  });

  it('leaves the denominator when N/A is offered, explained and accepted, and only then', () => {
    expect(outcome('MNT-09', answered({ value: 'na', naReason: '遠隔保守なし' }))).toMatchObject({
      state: 'na',
      score: null,
    });
    for (const [id, answer] of [
      ['MNT-09', { value: 'na' }],
      ['MNT-09', { value: 'na', naReason: ' 　' }],
      ['MNT-09', { value: 'na', naReason: null as unknown as string }],
      ['MNT-09', { value: 'na', naReason: '遠隔保守なし', naRejected: true }],
      ['ORG-02', { value: 'na', naReason: '該当しない' }],
    ] as const) {
      const result = outcome(id, answered(answer));
      expect(result).toMatchObject({ state: 'invalidNa', score: 0 });
      expect(result.reason.en).toMatch(/not applicable/);
    }
  });
});

describe('evidence', () => {
  it.each([
    ['required, none', 'BCK-04', { value: 'immut' }, 0.5, 'missing'],
    ['required, none stated', 'BCK-04', { value: 'immut', evidence: 'none' }, 0.5, 'missing'],
    ['required, attached', 'BCK-04', { value: 'immut', evidence: 'attached' }, 1, 'unreviewed'],
    ['required, verified', 'BCK-04', { value: 'immut', evidence: 'verified' }, 1, null],
    ['required, rejected', 'BCK-04', { value: 'immut', evidence: 'rejected' }, 0, 'rejected'],
    ['required, none, score 0', 'BCK-04', { value: 'none' }, 0, null],
    ['required, none, small score', 'BCK-04', { value: 'same' }, 0.05, 'missing'],
    ['recommended, none', 'ORG-02', { value: 'yes' }, 1, null],
    ['recommended, attached', 'ORG-02', { value: 'yes', evidence: 'attached' }, 1, null],
    ['recommended, rejected', 'ORG-02', { value: 'yes', evidence: 'rejected' }, 0, 'rejected'],
    ['not asked for, rejected', 'LOG-07', { value: 'self', evidence: 'rejected' }, 1, null],
    ['a fact, required, none', 'CEX-02', { value: 'prohibits' }, null, 'missing'],
    ['a fact, required, rejected', 'CEX-02', { value: 'prohibits', evidence: 'rejected' }, null, 'rejected'],
  ] as const)('%s', (_title, id, answer, worth, flag) => {
    const result = outcome(id, answered(answer));
    expect(result.score).toBe(worth);
    expect(result.flag).toBe(flag);
  });

  it('of a certificates question is that of its records', () => {
    expect(outcome('CRT-01', answered({ value: [], evidence: 'rejected' })).flag).toBeNull();
  });

  it('of an unknown answer does nothing', () => {
    expect(outcome('BCK-04', answered({ value: 'unknown', evidence: 'rejected' })).flag).toBeNull();
  });
});

describe('input that cannot be scored', () => {
  const refused = (answers: unknown, code: string, path: string) => {
    let caught: unknown;
    try {
      score(answers as Parameters<typeof score>[0]);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(CaseError);
    expect(caught).toMatchObject({ code, path });
    expect((caught as CaseError).text.ja).not.toBe('');
  };

  it.each([
    ['ORG-02', 'maybe', ''],
    ['ORG-02', 1, ''],
    ['ORG-02', ['yes'], ''],
    ['ORG-02', [], ''],
    ['ORG-02', 'none', ''],
    ['ORG-02', true, ''],
    ['CEX-08', 'resp', ''],
    ['CEX-08', ['resp', 'none'], '/1'],
    ['CEX-08', ['resp', 'unknown'], '/1'],
    ['CEX-08', ['resp', 7], '/1'],
    ['DATA-02', 'none', ''],
    ['SUB-05', ['jp', 'fent'], ''],
    ['CEX-05', -1, ''],
    ['CEX-05', 1.5, ''],
    ['CEX-05', '3', ''],
    ['CEX-05', 'none', ''],
    ['BCP-02', 100.1, ''],
    ['BCK-01', -0.5, ''],
    ['VUL-07', '2026-02-30', ''],
    ['VUL-07', '2026-2-3', ''],
    ['VUL-07', '2026/02/03', ''],
    ['VUL-07', 20260203, ''],
    ['ORG-01', 5, ''],
    ['CRT-01', 'none', ''],
    ['CRT-01', {}, ''],
    ['CRT-01', ['ISMS'], '/0'],
    ['CRT-01', [{}], '/0/kind'],
    ['CRT-01', [{ kind: 'PMARK' }], '/0/kind'],
    ['CRT-01', [{ kind: 'ISMS', expires: '2028-3-31' }], '/0/expires'],
    ['CRT-01', [{ kind: 'ISMS', expiry: '2028-03-31' }], '/0/expiry'],
    ['CRT-01', [{ kind: 'ISMS', scopeIncludesService: 'yes' }], '/0/scopeIncludesService'],
    ['CRT-01', [{ kind: 'ISMS', status: 'valid' }], '/0/status'],
    ['CRT-01', [{ kind: 'ISMS', evidence: 'maybe' }], '/0/evidence'],
  ])('%s = %j', (id, value, path) => {
    refused({ ...best, [id]: { value, evidence: 'verified' } }, 'invalid_answer', `/answers/${id}/value${path}`);
  });

  it('a bad evidence state, reason or mark', () => {
    refused({ ...best, 'ORG-02': { value: 'yes', evidence: 'seen' } }, 'invalid_answer', '/answers/ORG-02/evidence');
    refused({ ...best, 'MNT-09': { value: 'na', naReason: 5 } }, 'invalid_answer', '/answers/MNT-09/naReason');
    refused({ ...best, 'MNT-09': { value: 'na', naRejected: 'yes' } }, 'invalid_answer', '/answers/MNT-09/naRejected');
  });

  it('an unknown question', () => {
    refused({ ...best, 'AUTH-99': { value: 'yes' } }, 'unknown_question', '/answers/AUTH-99');
  });

  it('a bad date or mode', () => {
    expect(() => evaluate(jp, { asOf: '2026-11-31', mode: 'final', answers: {} })).toThrow(CaseError);
    expect(() => evaluate(jp, { asOf: '2026-11-21', mode: 'draft' as 'final', answers: {} })).toThrow(CaseError);
  });

  it('is not looked for where the question is hidden', () => {
    const result = score({ ...best, 'VUL-04': { value: 'nonsense', evidence: 'seen' as 'none' } });
    expect(questionOf(result, 'VUL-04')).toMatchObject({ state: 'hidden', answer: undefined, score: null });
  });
});
