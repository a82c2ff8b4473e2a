import { describe, expect, it } from 'vitest';
import type { Answer, Answers } from '../../../server/domain/questionnaire/answer.ts';
import { roundToTenth } from '../../../server/domain/scoring/rounding.ts';
import { bestWith, jp, score, withEvidence } from '../cases.ts';

const na: Answer = { value: 'na', naReason: '該当する仕組みがない' };

describe('rounding', () => {
  it('is half up to a tenth and forgives binary noise', () => {
    expect(roundToTenth(82.25)).toBe(82.3);
    expect(roundToTenth(1.005 * 1000)).toBe(1005);
    expect(roundToTenth(0.15 * 3)).toBe(0.5);
    expect(roundToTenth(54.94999)).toBe(54.9);
    expect(roundToTenth((0.1 + 0.2) * 100)).toBe(30);
    expect(roundToTenth(79.95)).toBe(80);
    const elevenTwentieths = Array.from({ length: 11 }, () => 0.05).reduce((sum, part) => sum + part, 0);
    expect(elevenTwentieths).toBeLessThan(0.55);
    expect(roundToTenth(elevenTwentieths)).toBe(0.6);
  });
});

describe('sections', () => {
  it('without enough that applies have no score, and their weight is left out', () => {
    const result = score(bestWith({}));
    expect(result.sections.find(({ id }) => id === 'SUB')?.score).toBeNull();
    expect(result.raw).toBe(100);
  });

  it('keep their score at exactly a quarter of their weight', () => {
    const result = score(bestWith({ 'SUB-05': ['fent'], 'SUB-06': 'white' }));
    expect(result.why.sections.find(({ id }) => id === 'SUB')).toMatchObject({
      score: 100,
      applicableWeight: 3,
      fullWeight: 12,
    });
  });

  it('contribute what the overall score is made of', () => {
    const { why, raw } = score(bestWith({ 'ORG-02': 'no', 'LOG-04': 'manual' }));
    const sum = why.sections.reduce((total, { contribution }) => total + (contribution ?? 0), 0);
    expect(Math.abs(sum - raw)).toBeLessThan(0.7);
  });

  it('of a pending question count it: silence gains nothing', () => {
    const told = score(
      bestWith({
        'MNT-01': 'reach',
        'MNT-03': 'none',
        'MNT-04': 'no',
        'MNT-02': 'shared',
        'MNT-05': 'none',
        'MNT-06': 'none',
      }),
    );
    const silent = score(bestWith({ 'MNT-01': undefined }));
    const pending = silent.why.questions.find(({ id }) => id === 'MNT-03');
    expect(pending).toMatchObject({ visibility: 'pending', state: 'unanswered', score: 0 });
    expect(silent.judgement).not.toBe('conform');
    expect(told.judgement).toBe('nonconform');
  });
});

describe('caps and grades', () => {
  it('cap one knock-out at 54, two at 39', () => {
    expect(score(bestWith({ 'AUTH-08': 'weak' }))).toMatchObject({ score: 54, grade: 'D' });
    expect(score(bestWith({ 'AUTH-08': 'weak', 'LOG-04': 'none' }))).toMatchObject({ score: 39, grade: 'E' });
    expect(score(bestWith({ 'AUTH-08': 'weak', 'CEX-04': 'yes' }))).toMatchObject({
      score: 39,
      knockouts: ['F2', 'L1'],
    });
  });

  it('cap at 69 while a finding is unknown', () => {
    const result = score(bestWith({ 'AUTH-08': 'unknown' }));
    expect(result).toMatchObject({ score: 69, grade: 'C', judgement: 'pending' });
    expect(result.raw).toBeGreaterThan(90);
    expect(result.why.cap).toMatchObject({ max: 69 });
  });

  it('do not lift a score', () => {
    expect(score({}).score).toBe(0);
  });
});

describe('the judgement', () => {
  it('is withheld below 80 % of coverage, and without knowing whether personal data is stored', () => {
    const ids = [
      'BCK-01',
      'BCK-02',
      'BCK-03',
      'BCK-04',
      'BCK-06',
      'BCP-01',
      'BCP-02',
      'BCP-03',
      'BCP-04',
      'INC-01',
      'INC-02',
      'INC-04',
      'EXIT-01',
    ];
    const result = score(bestWith(Object.fromEntries(ids.map((id) => [id, 'unknown']))));
    expect(result.coverage).toBeLessThan(80);
    expect(Object.values(result.findings)).not.toContain('unknown');
    expect(result.judgement).toBe('pending');
    expect(score(bestWith({ 'DATA-01': 'unknown' })).judgement).toBe('pending');
  });

  it('is conditional for evidence missing anywhere, legal facts included', () => {
    expect(score(withEvidence(bestWith({}), ['VUL-07'], 'none')).judgement).toBe('conditional');
    expect(score(withEvidence(bestWith({}), ['CEX-02'], 'none')).judgement).toBe('conditional');
    expect(score(withEvidence(bestWith({}), ['ORG-02'], 'none')).judgement).toBe('conform');
  });

  it('is conditional for anything to confirm', () => {
    expect(score(bestWith({ 'CEX-01': 'unknown' })).judgement).toBe('conditional');
    expect(score(bestWith({ 'EXIT-03': undefined }))).toMatchObject({ judgement: 'conditional' });
  });

  it('still conforms with observations alone', () => {
    const result = score(bestWith({ 'BCP-02': 98 }));
    expect(result.issueCounts).toMatchObject({ observation: 1, major: 0, minor: 0, toConfirm: 0 });
    expect(result.judgement).toBe('conform');
  });

  it('takes attached evidence for the time being and verified evidence in the end', () => {
    const attached = withEvidence(bestWith({}), Object.keys(bestWith({})), 'attached');
    expect(score(attached, { mode: 'provisional' }).judgement).toBe('conform');
    expect(score(attached, { mode: 'final' }).judgement).toBe('conditional');
  });
});

/** Mistakes seen in other questionnaire products. */
describe('traps', () => {
  it('nothing answered is not 100 %, nor is it null', () => {
    expect(score({})).toMatchObject({
      raw: 0,
      score: 0,
      coverage: 0,
      answeredOnly: null,
      grade: 'E',
      judgement: 'pending',
    });
  });

  it('skipping a bad answer does not raise the score or the judgement', () => {
    const bad = score(bestWith({ 'BCK-04': 'none' }));
    const skipped = score(bestWith({ 'BCK-04': undefined }));
    expect(skipped.raw).toBeLessThanOrEqual(bad.raw);
    expect(skipped.judgement).not.toBe('conform');
  });

  it('calling everything N/A leaves no hundred behind', () => {
    const all: Answers = Object.fromEntries(
      jp.questions
        .filter(({ question }) => question.type !== 'certificates' && question.type !== 'text')
        .map(({ question }) => [question.id, na]),
    );
    const result = score(all);
    expect(result.score).toBeLessThan(10);
    expect(result.judgement).toBe('pending');
  });

  it('a required file that is there is not scored as missing', () => {
    expect(score(bestWith({ 'BCK-04': { answer: { value: 'immut', evidence: 'attached' } } })).raw).toBe(100);
  });

  it('a fact does not dilute', () => {
    expect(score(bestWith({ 'ORG-01': 'クラウド株式会社', 'DSC-04': '特になし' })).raw).toBe(100);
  });

  it('being entrusted costs no point, and a certificate replaces no control', () => {
    expect(score(bestWith({ 'CEX-01': 'entrusted' })).raw).toBe(100);
    const certified = { 'CRT-04': [{ kind: 'ISMAP', expires: '2027-06-30', evidence: 'verified' as const }] };
    expect(score(bestWith({ ...certified, 'LOG-04': 'none' })).judgement).toBe('nonconform');
  });

  it('unknown, no, N/A and unanswered are four answers', () => {
    const states = ['unknown', 'no', 'na', undefined].map((value) => {
      const { why, issues } = score(bestWith({ 'ORG-05': value === 'na' ? { answer: na } : value }));
      return `${why.questions.find(({ id }) => id === 'ORG-05')?.state} ${issues[0]?.severity ?? '-'}`;
    });
    expect(states).toEqual(['unknown toConfirm', 'answered observation', 'na -', 'unanswered toConfirm']);
  });

  it('a result names the version of the questionnaire and of the scorer that made it', () => {
    expect(score({})).toMatchObject({
      questionnaire: 'jp-cloud-ppc@1.0.0',
      scorerVersion: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    });
  });
});
