import { describe, expect, it } from 'vitest';
import type { CertificateRecord } from '../../../server/domain/questionnaire/answer.ts';
import type { CertificateStatus } from '../../../server/domain/questionnaire/questionnaire.ts';
import { bestWith, score } from '../cases.ts';

const QUESTION: Record<string, string> = {
  ISMS: 'CRT-01',
  ISO27017: 'CRT-02',
  ISO27018: 'CRT-02',
  ISO27701: 'CRT-02',
  PMARK: 'CRT-03',
  ISMAP: 'CRT-04',
  'ISMAP-LIU': 'CRT-04',
  SOC2T2: 'CRT-05',
  SOC2T1: 'CRT-05',
  SOC1: 'CRT-05',
  JICPA: 'CRT-05',
  SCS3: 'CRT-06',
  SECURITY_ACTION: 'CRT-06',
  STAR1: 'CRT-06',
};
const isms: CertificateRecord = {
  kind: 'ISMS',
  edition: '2022',
  expires: '2028-03-31',
  scopeIncludesService: true,
  evidence: 'verified',
};

/** A case whose certificates are exactly these records. */
function held(records: readonly CertificateRecord[], asOf = '2026-11-21') {
  const lists: Record<string, CertificateRecord[]> = {
    'CRT-01': [],
    'CRT-02': [],
    'CRT-03': [],
    'CRT-04': [],
    'CRT-05': [],
    'CRT-06': [],
  };
  for (const record of records) lists[QUESTION[record.kind]!]!.push(record);
  return score(bestWith(lists), { asOf });
}
const statusOf = (record: CertificateRecord, asOf?: string) => held([record], asOf).why.certificates[0]!.status;
const crt = (records: readonly CertificateRecord[]) => held(records).sections.find(({ id }) => id === 'CRT')!.score;

describe('the status of a certificate', () => {
  const rows: readonly (readonly [string, CertificateRecord, CertificateStatus, string?])[] = [
    ['valid', isms, 'valid'],
    [
      'rejected evidence beats everything',
      { ...isms, evidence: 'rejected', status: 'pending', expires: '2020-01-01' },
      'rejected',
    ],
    ['declared pending', { ...isms, status: 'pending' }, 'pending'],
    ['registered later', { ...isms, registeredOn: '2026-11-22' }, 'pending'],
    ['registered today', { ...isms, registeredOn: '2026-11-21' }, 'valid'],
    [
      'an ISMAP audit period that ends later',
      { kind: 'ISMAP', auditPeriodEnd: '2026-11-22', evidence: 'verified' },
      'pending',
    ],
    ['an ISMS audit period that ends later does not matter', { ...isms, auditPeriodEnd: '2026-12-31' }, 'valid'],
    ['a SOC period that ends later', { kind: 'SOC2T2', periodEnd: '2026-12-31', evidence: 'verified' }, 'pending'],
    ['a period end on an ISMS does not matter', { ...isms, periodEnd: '2027-12-31' }, 'valid'],
    ['no expiry known', { kind: 'ISMS', edition: '2022', evidence: 'verified' }, 'unverified'],
    [
      'no expiry known beats a wrong scope',
      { kind: 'PMARK', scopeIncludesService: false, evidence: 'verified' },
      'unverified',
    ],
    ['no expiry needed', { kind: 'SECURITY_ACTION', evidence: 'verified' }, 'valid'],
    [
      'no expiry needed, but one given and past',
      { kind: 'STAR1', expires: '2026-11-20', evidence: 'verified' },
      'expired',
    ],
    [
      'no expiry needed, one given and near',
      { kind: 'STAR1', expires: '2026-11-30', evidence: 'verified' },
      'expiring',
    ],
    ['last day of validity', { kind: 'PMARK', expires: '2026-11-21', evidence: 'verified' }, 'expiring'],
    ['the day after', { kind: 'PMARK', expires: '2026-11-21', evidence: 'verified' }, 'expired', '2026-11-22'],
    ['90 days left', { ...isms, expires: '2027-02-19' }, 'expiring'],
    ['91 days left', { ...isms, expires: '2027-02-20' }, 'valid'],
    [
      'ISO 27001:2013 after the transition',
      { ...isms, edition: 'ISO/IEC 27001:2013', expires: '2026-12-01' },
      'superseded',
    ],
    ['ISO 27001:2013 on its last day', { ...isms, edition: '2013', expires: '2026-12-01' }, 'valid', '2025-10-31'],
    ['ISO 27001:2013 the day after', { ...isms, edition: '2013', expires: '2026-12-01' }, 'superseded', '2025-11-01'],
    ['JIS Q 27001:2014', { ...isms, edition: 'JIS Q 27001:2014' }, 'superseded'],
    ['JIS Q 27001:2023', { ...isms, edition: 'JIS Q 27001:2023' }, 'valid'],
    ['an edition in full-width digits', { ...isms, edition: '２０１３年版' }, 'superseded'],
    ['an edition without a year', { ...isms, edition: '27001' }, 'valid'],
    [
      'an old edition of another kind',
      { kind: 'ISO27701', edition: '2019', expires: '2028-01-01', evidence: 'verified' },
      'valid',
    ],
    ['expired beats superseded', { ...isms, edition: '2013', expires: '2026-01-01' }, 'expired'],
    ['superseded beats a wrong scope', { ...isms, edition: '2013', scopeIncludesService: false }, 'superseded'],
    [
      'a wrong scope beats missing evidence',
      { ...isms, scopeIncludesService: false, evidence: 'none' },
      'scope_mismatch',
    ],
    ['a scope not stated', { kind: 'ISMS', edition: '2022', expires: '2028-03-31', evidence: 'verified' }, 'valid'],
    ['no evidence', { ...isms, evidence: undefined }, 'unverified'],
    ['attached evidence is evidence', { ...isms, evidence: 'attached' }, 'valid'],
    ['missing evidence beats expiring', { ...isms, expires: '2026-12-01', evidence: 'none' }, 'unverified'],
    [
      'ISMAP: 16 months from the day after the audit period',
      { kind: 'ISMAP', auditPeriodEnd: '2025-09-30', evidence: 'verified' },
      'expiring',
    ],
    [
      'ISMAP: on its last day',
      { kind: 'ISMAP', auditPeriodEnd: '2025-09-30', evidence: 'verified' },
      'expiring',
      '2027-01-31',
    ],
    [
      'ISMAP: the day after',
      { kind: 'ISMAP', auditPeriodEnd: '2025-09-30', evidence: 'verified' },
      'expired',
      '2027-02-01',
    ],
    [
      'ISMAP: a given expiry wins',
      { kind: 'ISMAP', auditPeriodEnd: '2025-09-30', expires: '2027-12-31', evidence: 'verified' },
      'valid',
    ],
    [
      'SOC 2: 12 months from the period end',
      { kind: 'SOC2T2', periodEnd: '2025-11-21', evidence: 'verified' },
      'expiring',
    ],
    ['SOC 2: the day after', { kind: 'SOC2T2', periodEnd: '2025-11-20', evidence: 'verified' }, 'expired'],
  ];
  for (const [title, record, status, asOf] of rows) {
    it(title, () => expect(statusOf(record, asOf)).toBe(status));
  }

  it('computes an expiry and clamps it to the last day of the month', () => {
    const expires = (record: CertificateRecord) => held([record]).why.certificates[0]!.expires;
    expect(expires({ kind: 'ISMAP', auditPeriodEnd: '2025-09-30' })).toBe('2027-01-31');
    expect(expires({ kind: 'ISMAP-LIU', auditPeriodEnd: '2025-10-30' })).toBe('2027-02-27');
    expect(expires({ kind: 'SOC1', periodEnd: '2024-02-29' })).toBe('2025-02-28');
    expect(expires({ kind: 'ISMS' })).toBeNull();
  });
});

describe('certificates that rest on ISMS', () => {
  const iso27017: CertificateRecord = { kind: 'ISO27017', expires: '2028-01-01', evidence: 'verified' };
  it('count beside an ISMS certificate that counts', () => {
    expect(held([isms, iso27017]).why.certificates.map(({ status }) => status)).toEqual(['valid', 'valid']);
    expect(held([{ ...isms, scopeIncludesService: false }, iso27017]).why.certificates[1]!.status).toBe('valid');
  });
  it('are without base otherwise', () => {
    expect(held([iso27017]).why.certificates[0]!.status).toBe('without_base');
    expect(held([{ ...isms, expires: '2026-01-01' }, iso27017]).why.certificates[1]!.status).toBe('without_base');
  });
  it('keep a status of their own that does not count anyway', () => {
    expect(held([{ ...iso27017, expires: '2020-01-01' }]).why.certificates[0]!.status).toBe('expired');
  });
  it('do not include ISO/IEC 27701', () => {
    expect(held([{ kind: 'ISO27701', expires: '2028-01-01', evidence: 'verified' }]).why.certificates[0]!.status).toBe(
      'valid',
    );
  });
});

describe('points for certificates', () => {
  it('are 0 without records, and the section still counts', () => {
    expect(crt([])).toBe(0);
    expect(held([]).raw).toBe(96.9);
  });
  it('add up the best record of each kind', () => {
    expect(crt([isms, { kind: 'PMARK', expires: '2028-01-01', evidence: 'verified' }])).toBe(75);
    expect(crt([isms, { ...isms, number: '2' }])).toBe(50);
    expect(crt([{ ...isms, evidence: 'none' }, isms])).toBe(50);
    expect(crt([{ ...isms, evidence: 'none' }])).toBe(25);
  });
  it('never exceed the whole', () => {
    const many = ['ISMS', 'ISO27017', 'ISO27018', 'ISO27701', 'PMARK', 'SCS3'].map((kind) => ({ ...isms, kind }));
    expect(crt(many)).toBe(100);
  });
  it('are not earned by a wrong or pending record', () => {
    expect(crt([{ ...isms, status: 'pending' }])).toBe(0);
    expect(crt([{ ...isms, evidence: 'rejected' }])).toBe(0);
  });
  it('do not depend on the form of the number, which is only shown', () => {
    const pmark: CertificateRecord = {
      kind: 'PMARK',
      number: '1086-0000',
      expires: '2028-01-01',
      evidence: 'verified',
    };
    expect(held([pmark]).why.certificates[0]).toMatchObject({ numberLooksWrong: true, status: 'valid', counts: true });
    expect(held([{ ...pmark, number: '10860000(05)' }]).why.certificates[0]!.numberLooksWrong).toBe(false);
    expect(held([{ ...pmark, number: '１０８６００００（０５）' }]).why.certificates[0]!.numberLooksWrong).toBe(false);
  });
});

describe('issues about certificates', () => {
  const issues = (records: readonly CertificateRecord[]) =>
    held(records).issues.map(({ ref, severity }) => `${ref} ${severity}`);
  it('are raised for what is presented and not held', () => {
    expect(issues([])).toEqual([]);
    expect(issues([{ ...isms, expires: '2026-06-30' }])).toEqual(['CRT-01#1 minor']);
    expect(issues([{ ...isms, edition: '2013' }])).toEqual(['CRT-01#1 minor']);
    expect(issues([{ ...isms, evidence: 'rejected' }])).toEqual(['CRT-01#1 major']);
    expect(issues([{ ...isms, expires: '2026-12-01' }])).toEqual(['CRT-01#1 observation']);
    expect(issues([{ kind: 'ISO27018', expires: '2028-01-01', evidence: 'verified' }])).toEqual([
      'CRT-02#1 observation',
    ]);
    expect(issues([{ ...isms, status: 'pending' }])).toEqual([]);
  });
  it('are one a kind, from its best record, with its place in the list', () => {
    expect(issues([{ ...isms, expires: '2026-06-30' }, isms])).toEqual([]);
    expect(
      issues([
        { ...isms, expires: '2026-06-30' },
        { ...isms, scopeIncludesService: false },
      ]),
    ).toEqual(['CRT-01#2 observation']);
    expect(
      issues([
        { ...isms, evidence: 'rejected' },
        { ...isms, expires: '2026-06-30' },
      ]),
    ).toEqual(['CRT-01#1 major', 'CRT-01#2 minor']);
  });
});
