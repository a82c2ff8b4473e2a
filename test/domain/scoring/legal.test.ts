import { describe, expect, it } from 'vitest';
import { bestWith, type Change, score, withEvidence } from '../cases.ts';

const legal = (changes: Readonly<Record<string, Change>>) => score(bestWith(changes)).legal!;
const reaching = (prevention: string) => ({
  'MNT-01': 'limited',
  'MNT-02': 'ind',
  'MNT-03': prevention,
  'MNT-04': 'cust',
  'MNT-05': 'both',
  'MNT-06': 'rev',
});

describe('the legal conclusion', () => {
  it('R0: no personal data', () => {
    expect(legal({ 'DATA-01': 'no', 'CEX-04': 'yes' })).toEqual({
      code: 'NO_PERSONAL_DATA',
      factors: [],
      overlays: [],
    });
  });

  it('R2: own-purpose use comes before everything but R0, with the factors of R3 behind', () => {
    expect(legal({ 'CEX-04': 'yes' })).toEqual({
      code: 'OUT_OF_SCOPE_USE',
      confidence: 'high',
      factors: ['OWN_PURPOSE_USE'],
      overlays: [],
    });
    expect(legal({ 'CEX-04': 'yes', 'CEX-05': 3, 'CEX-01': 'entrusted' }).factors).toEqual([
      'OWN_PURPOSE_USE',
      'ACTUAL_HANDLING',
      'VENDOR_ADMITS',
    ]);
    expect(legal({ 'CEX-04': 'yes', 'DATA-01': 'unknown' }).code).toBe('OUT_OF_SCOPE_USE');
  });

  it('R1: personal data not known', () => {
    for (const value of ['unknown', undefined, 'na']) {
      expect(legal({ 'DATA-01': value, 'CEX-05': 3 })).toEqual({
        code: 'INSUFFICIENT',
        factors: ['DATA-01'],
        overlays: [],
      });
    }
    expect(legal({ 'DATA-01': 'unknown', 'DATA-02': ['mynumber'], 'SUB-01': 'yes' }).overlays).toEqual([
      'MYNUMBER',
      'SUB_ENTRUSTMENT',
    ]);
  });

  it.each([
    ['CEX-05 above 0', { 'CEX-05': 1 }, ['ACTUAL_HANDLING'], 'high'],
    ['permission in the contract', { 'CEX-02': 'permits' }, ['TERMS_PERMIT'], 'medium'],
    ['bounded use in the terms', { 'CEX-03': 'scoped' }, ['TERMS_PERMIT'], 'medium'],
    ['unbounded use in the terms', { 'CEX-03': 'unscoped' }, ['TERMS_PERMIT'], 'medium'],
    ['access just in time', reaching('jit'), ['NO_TECH_PREVENTION'], 'medium'],
    ['access by rule', reaching('rule'), ['NO_TECH_PREVENTION'], 'medium'],
    ['free access', reaching('none'), ['NO_TECH_PREVENTION'], 'medium'],
    ['work by staff', { 'CEX-06': 'human' }, ['STAFF_PROCESSING'], 'medium'],
    ['an entrustment by its own account', { 'CEX-01': 'entrusted' }, ['VENDOR_ADMITS'], 'high'],
    [
      'sub-entrusted handling',
      { 'SUB-01': 'yes', 'SUB-02': 'pub', 'SUB-03': 'appr', 'SUB-04': 'full' },
      ['SUB_ENTRUSTS_HANDLING'],
      'medium',
    ],
    ['two lesser factors', { 'CEX-02': 'permits', 'CEX-06': 'human' }, ['TERMS_PERMIT', 'STAFF_PROCESSING'], 'high'],
  ] as const)('R3: %s', (_title, changes, factors, confidence) => {
    expect(legal(changes)).toMatchObject({ code: 'ENTRUSTMENT', factors, confidence });
  });

  it('R3 tells a view that does not match, and only R3 does', () => {
    expect(legal({ 'CEX-05': 1 }).claimMismatch).toBe(true);
    expect(legal({ 'CEX-05': 1, 'CEX-01': 'undecided' }).claimMismatch).toBe(false);
    expect(legal({ 'CEX-05': 1, 'CEX-01': undefined }).claimMismatch).toBe(false);
    expect('claimMismatch' in legal({})).toBe(false);
  });

  it('ignores what the maintenance ID would do where it cannot reach', () => {
    expect(legal({ 'MNT-01': 'blocked', 'MNT-03': 'none' }).code).toBe('EXCEPTION_LIKELY');
  });

  it('R4: the exception is likely, never more than medium', () => {
    expect(legal({})).toEqual({
      code: 'EXCEPTION_LIKELY',
      confidence: 'medium',
      factors: ['CLAUSE_PROHIBITS', 'ACCESS_CONTROLLED', 'NO_HANDLING'],
      overlays: [],
    });
    expect(legal(reaching('mask')).code).toBe('EXCEPTION_LIKELY');
    expect(legal(reaching('prevent')).code).toBe('EXCEPTION_LIKELY');
    expect(legal({ 'CEX-04': 'anon' }).code).toBe('EXCEPTION_LIKELY');
    expect(legal({ 'CEX-01': 'undecided' }).code).toBe('EXCEPTION_LIKELY');
  });

  it('R4 needs evidence that is present: verified in the end, attached for the time being', () => {
    for (const id of ['CEX-02', 'CEX-03', 'CEX-05', 'MNT-01']) {
      const missing = withEvidence(bestWith({}), [id], 'none');
      expect(score(missing).legal).toMatchObject({
        code: 'INSUFFICIENT',
        factors: ['EVIDENCE'],
        operationalDefault: 'TREAT_AS_ENTRUSTMENT',
      });
      const attached = withEvidence(bestWith({}), [id], 'attached');
      expect(score(attached).legal!.code).toBe('INSUFFICIENT');
      expect(score(attached, { mode: 'provisional' }).legal!.code).toBe('EXCEPTION_LIKELY');
    }
    const byPrevention = withEvidence(bestWith(reaching('mask')), ['MNT-01'], 'none');
    expect(score(byPrevention).legal!.code).toBe('EXCEPTION_LIKELY');
    expect(score(withEvidence(byPrevention, ['MNT-03'], 'none')).legal!.code).toBe('INSUFFICIENT');
  });

  it('R4 does not stand with rejected evidence, recommended evidence included', () => {
    for (const id of ['CEX-02', 'CEX-03', 'CEX-04', 'CEX-05', 'MNT-01']) {
      expect(score(withEvidence(bestWith({}), [id], 'rejected')).legal!.factors).toEqual(['EVIDENCE']);
    }
    const reach = bestWith(reaching('mask'));
    expect(score(withEvidence(reach, ['MNT-03'], 'rejected')).legal!.code).toBe('INSUFFICIENT');
    expect(score(withEvidence(reach, ['MNT-01'], 'rejected')).legal!.code).toBe('INSUFFICIENT');
    expect(score(withEvidence(reach, ['MNT-05'], 'rejected')).legal!.code).toBe('EXCEPTION_LIKELY');
  });

  it('R5 names what is missing, in its order', () => {
    const nothing = {
      'CEX-02': undefined,
      'CEX-03': 'unknown',
      'CEX-04': undefined,
      'CEX-05': undefined,
      'CEX-06': undefined,
      'MNT-01': 'unknown',
    };
    expect(legal(nothing).factors).toEqual(['CEX-02', 'CEX-03', 'CEX-04', 'CEX-05', 'CEX-06', 'MNT-01']);
    expect(legal({ 'CEX-02': 'silent' }).factors).toEqual(['CEX-02:silent']);
    expect(legal({ 'CEX-02': 'silent', 'CEX-06': undefined }).factors).toEqual(['CEX-06', 'CEX-02:silent']);
    expect(legal({ 'MNT-01': 'reach', 'MNT-03': undefined }).factors).toEqual(['MNT-03']);
    expect(legal({ 'MNT-01': 'unknown', 'MNT-03': undefined }).factors).toEqual(['MNT-01']);
  });

  it('puts overlays beside every conclusion but R0, in their order', () => {
    const changes = {
      'DATA-02': ['mynumber', 'health'],
      'DATA-03': 'sep',
      'SUB-05': ['facc', 'fsrv'],
      'SUB-06': 'equiv',
      'SUB-01': 'yes',
    };
    expect(legal(changes).overlays).toEqual(['MYNUMBER', 'SENSITIVE', 'FOREIGN', 'SUB_ENTRUSTMENT']);
    expect(score(bestWith({}), { customerIsEntrustee: true }).legal!.overlays).toEqual(['SUB_ENTRUSTMENT']);
    expect(score(bestWith({ 'DATA-01': 'no' }), { customerIsEntrustee: true }).legal!.overlays).toEqual([]);
  });

  it('names the answers its factors rest on', () => {
    const { why } = score(bestWith({ 'CEX-05': 2 }));
    expect(why.legalRule).toBe('R3');
    expect(why.legalFactors).toEqual([expect.objectContaining({ id: 'ACTUAL_HANDLING', restsOn: ['CEX-05'] })]);
  });
});

describe('issues about the legal conclusion', () => {
  const issue = (changes: Readonly<Record<string, Change>>) =>
    score(bestWith(changes))
      .issues.filter(({ ref }) => ref === 'LEGAL')
      .map(({ severity }) => severity);
  it('are raised for a mismatch, for want of information, and for an entrustment nobody admits', () => {
    expect(issue({})).toEqual([]);
    expect(issue({ 'CEX-05': 1 })).toEqual(['minor']);
    expect(issue({ 'CEX-02': 'silent' })).toEqual(['toConfirm']);
    expect(issue({ 'CEX-05': 1, 'CEX-01': 'undecided' })).toEqual(['toConfirm']);
    expect(issue({ 'CEX-05': 1, 'CEX-01': undefined })).toEqual(['toConfirm']);
    expect(issue({ 'CEX-05': 1, 'CEX-01': 'entrusted' })).toEqual([]);
    expect(issue({ 'CEX-04': 'yes' })).toEqual([]);
  });
});
