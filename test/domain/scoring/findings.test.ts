import { describe, expect, it } from 'vitest';
import type { FindingStatus } from '../../../server/domain/questionnaire/questionnaire.ts';
import type { Mode } from '../../../server/domain/scoring/evaluation.ts';
import { bestWith, type Change, jp, score } from '../cases.ts';

type Row = readonly [string, Readonly<Record<string, Change>>, FindingStatus, Mode?];

const na: Change = { answer: { value: 'na', naReason: 'パスワードを使わない認証だけを提供' } };
const unreviewed = (value: string | number | string[]): Change => ({ answer: { value, evidence: 'attached' } });
const bare = (value: string | number | string[]): Change => ({ answer: { value } });
const rejected = (value: string | number | string[]): Change => ({ answer: { value, evidence: 'rejected' } });
const clauses = (count: number) =>
  ['resp', 'sec', 'sub', 'rep', 'aud', 'breach', 'inc', 'ret', 'purp', 'staff'].slice(0, count);
const entrusted = { 'CEX-01': 'entrusted', 'CEX-08': clauses(8) };
const jit = {
  'MNT-01': 'limited',
  'MNT-02': 'ind',
  'MNT-03': 'jit',
  'MNT-04': 'cust',
  'MNT-05': 'both',
  'MNT-06': 'rev',
  ...entrusted,
};
const noPasswords = { 'AUTH-01': na, 'AUTH-02': na, 'AUTH-03': na, 'AUTH-04': na };

const f1: readonly Row[] = [
  ['everything in order', {}, 'pass'],
  ['7 characters', { 'AUTH-01': 7 }, 'fail'],
  ['no minimum length', { 'AUTH-01': 'none' }, 'fail'],
  ['nothing rejected', { 'AUTH-02': 'none' }, 'fail'],
  ['simple composition', { 'AUTH-03': 'simple' }, 'fail'],
  ['9 characters, no lock, MFA for administrators', { 'AUTH-01': 9, 'AUTH-04': 'none', 'AUTH-05': 'adm' }, 'fail'],
  ['9 characters, no lock, MFA for all', { 'AUTH-01': 9, 'AUTH-04': 'none', 'AUTH-05': 'all' }, 'partial'],
  ['9 characters, no lock, MFA not known', { 'AUTH-01': 9, 'AUTH-04': 'none', 'AUTH-05': 'unknown' }, 'unknown'],
  ['9 characters, lock, MFA for all', { 'AUTH-01': 9, 'AUTH-05': 'all' }, 'pass'],
  ['9 characters, lock, MFA for administrators', { 'AUTH-01': 9, 'AUTH-05': 'adm' }, 'partial'],
  ['10 characters, MFA for administrators', { 'AUTH-01': 10, 'AUTH-05': 'adm' }, 'pass'],
  ['10 characters, no lock', { 'AUTH-01': 10, 'AUTH-04': 'none' }, 'partial'],
  ['no MFA', { 'AUTH-05': 'none' }, 'partial'],
  ['one rejection rule', { 'AUTH-02': ['common'] }, 'partial'],
  ['one rejection rule, listed twice', { 'AUTH-02': ['common', 'common'] }, 'partial'],
  ['two rejection rules', { 'AUTH-02': ['common', 'seq'] }, 'pass'],
  ['length not answered', { 'AUTH-01': undefined }, 'unknown'],
  ['rejection rules not known', { 'AUTH-02': 'unknown' }, 'unknown'],
  ['composition not known', { 'AUTH-03': 'unknown' }, 'unknown'],
  ['lock not answered', { 'AUTH-04': undefined }, 'unknown'],
  ['MFA not answered', { 'AUTH-05': undefined }, 'unknown'],
  ['a known failure beats a missing answer', { 'AUTH-01': 7, 'AUTH-05': undefined }, 'fail'],
  ['a single N/A', { 'AUTH-03': na }, 'unknown'],
  ['no passwords and single sign-on', { ...noPasswords, 'AUTH-06': ['sso'] }, 'not_applicable'],
  ['no passwords and client certificates', { ...noPasswords, 'AUTH-06': ['cert', 'ip'] }, 'not_applicable'],
  ['no passwords and passkeys', { ...noPasswords, 'AUTH-06': ['passkey'] }, 'not_applicable'],
  ['no passwords but only an address filter', { ...noPasswords, 'AUTH-06': ['ip'] }, 'unknown'],
  ['no passwords, nothing instead', { ...noPasswords, 'AUTH-06': 'none' }, 'unknown'],
  [
    'no passwords, one N/A without reason',
    { ...noPasswords, 'AUTH-06': ['sso'], 'AUTH-02': { answer: { value: 'na' } } },
    'unknown',
  ],
  [
    'no passwords, one N/A refused',
    { ...noPasswords, 'AUTH-06': ['sso'], 'AUTH-02': { answer: { value: 'na', naReason: 'x', naRejected: true } } },
    'unknown',
  ],
  ['no evidence of the length', { 'AUTH-01': bare(15) }, 'unverified'],
  ['evidence of the length attached, provisional', { 'AUTH-01': unreviewed(15) }, 'pass', 'provisional'],
  ['evidence of the length attached, final', { 'AUTH-01': unreviewed(15) }, 'unverified', 'final'],
  ['recommended evidence rejected elsewhere in the row', { 'AUTH-04': rejected('le10') }, 'unverified'],
  ['rejected evidence does not soften a failure', { 'AUTH-03': rejected('simple') }, 'fail'],
  ['rejected evidence does not hide a partial', { 'AUTH-05': rejected('none') }, 'partial'],
];

const f2: readonly Row[] = [
  ['everything in order', {}, 'pass'],
  ['guessable passwords', { 'AUTH-08': 'weak' }, 'fail'],
  ['no MFA and never changed', { 'AUTH-09': 'none', 'AUTH-10': 'no' }, 'fail'],
  ['no MFA alone', { 'AUTH-09': 'none' }, 'partial'],
  ['MFA for some', { 'AUTH-09': 'some' }, 'partial'],
  ['never changed alone', { 'AUTH-10': 'no' }, 'partial'],
  ['changed once', { 'AUTH-10': 'once' }, 'partial'],
  ['the same rules as for users', { 'AUTH-08': 'same' }, 'partial'],
  ['strong passwords', { 'AUTH-08': 'strong' }, 'pass'],
  ['passwords not known', { 'AUTH-08': 'unknown' }, 'unknown'],
  ['MFA not known', { 'AUTH-09': undefined }, 'unknown'],
  ['no MFA, change not known', { 'AUTH-09': 'none', 'AUTH-10': 'unknown' }, 'unknown'],
  ['no evidence of passwords', { 'AUTH-08': bare('vault') }, 'unverified'],
  ['evidence of MFA attached, final', { 'AUTH-09': unreviewed('all') }, 'unverified'],
  ['evidence of MFA attached, provisional', { 'AUTH-09': unreviewed('all') }, 'pass', 'provisional'],
  ['recommended evidence missing', { 'AUTH-10': bare('year') }, 'pass'],
  ['recommended evidence rejected', { 'AUTH-10': rejected('year') }, 'unverified'],
];

const f3: readonly Row[] = [
  ['everything in order', {}, 'pass'],
  ['no deadline', { 'VUL-02': 'none' }, 'fail'],
  ['91 days', { 'VUL-02': 91 }, 'fail'],
  ['90 days', { 'VUL-02': 90 }, 'partial'],
  ['31 days', { 'VUL-02': 31 }, 'partial'],
  ['30 days', { 'VUL-02': 30 }, 'pass'],
  ['unsupported software in use', { 'VUL-05': 'yes' }, 'fail'],
  ['unsupported software isolated', { 'VUL-05': 'iso' }, 'partial'],
  ['overdue, only planned', { 'VUL-03': 1, 'VUL-04': 'plan' }, 'fail'],
  ['overdue, nothing done', { 'VUL-03': 1, 'VUL-04': 'none' }, 'fail'],
  ['overdue, mitigated', { 'VUL-03': 1, 'VUL-04': 'mit' }, 'partial'],
  ['overdue, treatment not answered', { 'VUL-03': 1, 'VUL-04': undefined }, 'unknown'],
  ['none overdue, a stale treatment is dropped', { 'VUL-03': 0, 'VUL-04': 'none' }, 'pass'],
  ['overdue count not known, a treatment is no failure', { 'VUL-03': 'unknown', 'VUL-04': 'none' }, 'unknown'],
  ['deadline not known', { 'VUL-02': 'unknown' }, 'unknown'],
  ['support not known', { 'VUL-05': undefined }, 'unknown'],
  ['no evidence of the deadline', { 'VUL-02': bare(14) }, 'unverified'],
  ['no evidence of the count', { 'VUL-03': bare(0) }, 'unverified'],
  ['recommended evidence rejected', { 'VUL-05': rejected('no') }, 'unverified'],
];

const f4: readonly Row[] = [
  ['everything in order', {}, 'pass'],
  ['one kind of log', { 'LOG-01': ['auth'] }, 'fail'],
  ['two kinds of log', { 'LOG-01': ['auth', 'admin'] }, 'pass'],
  ['no logs', { 'LOG-01': 'none' }, 'fail'],
  ['2 months', { 'LOG-02': 2 }, 'fail'],
  ['no retention', { 'LOG-02': 'none' }, 'fail'],
  ['3 months', { 'LOG-02': 3 }, 'partial'],
  ['5 months', { 'LOG-02': 5 }, 'partial'],
  ['6 months', { 'LOG-02': 6 }, 'pass'],
  ['kept on the same server', { 'LOG-03': 'same' }, 'partial'],
  ['kept apart', { 'LOG-03': 'sep' }, 'pass'],
  ['no monitoring', { 'LOG-04': 'none' }, 'fail'],
  ['looked at by hand', { 'LOG-04': 'manual' }, 'partial'],
  ['alerts in business hours', { 'LOG-04': 'biz' }, 'pass'],
  ['never reviewed', { 'LOG-06': 'none' }, 'fail'],
  ['reviewed quarterly', { 'LOG-06': 'quarter' }, 'partial'],
  ['kinds not known', { 'LOG-01': 'unknown' }, 'unknown'],
  ['protection not answered', { 'LOG-03': undefined }, 'unknown'],
  ['review not answered', { 'LOG-06': undefined }, 'unknown'],
  ['LOG-05 and LOG-07 do not matter', { 'LOG-05': 'none', 'LOG-07': undefined }, 'pass'],
  ['no evidence of retention', { 'LOG-02': bare(12) }, 'unverified'],
  ['evidence of monitoring attached, final', { 'LOG-04': unreviewed('soc') }, 'unverified'],
  ['evidence of review rejected', { 'LOG-06': rejected('week') }, 'unverified'],
  ['evidence of protection rejected', { 'LOG-03': rejected('worm') }, 'unverified'],
];

const f5: readonly Row[] = [
  ['no maintenance id', { 'MNT-01': 'noid' }, 'pass'],
  ['the id cannot reach', { 'MNT-01': 'blocked' }, 'pass'],
  ['no evidence that it cannot', { 'MNT-01': bare('blocked') }, 'unverified'],
  ['no personal data', { 'DATA-01': 'no' }, 'not_applicable'],
  ['reaches, rules only', { 'MNT-01': 'reach', 'MNT-03': 'rule' }, 'fail'],
  ['reaches, nothing', { 'MNT-01': 'limited', 'MNT-03': 'none' }, 'fail'],
  ['reach not known', { 'MNT-01': 'unknown', 'MNT-03': 'none' }, 'unknown'],
  ['reaches, prevention not known', { 'MNT-01': 'limited', 'MNT-03': 'unknown' }, 'unknown'],
  ['reaches, masked', { 'MNT-01': 'limited', 'MNT-03': 'mask' }, 'pass'],
  ['reaches, prevented, no evidence', { 'MNT-01': 'limited', 'MNT-03': bare('prevent') }, 'unverified'],
  ['just in time, managed', jit, 'managed'],
  ['just in time, position not known', { ...jit, 'CEX-01': 'unknown' }, 'unknown'],
  ['just in time, not entrusted', { ...jit, 'CEX-01': 'not_handled' }, 'partial'],
  ['just in time, undecided', { ...jit, 'CEX-01': 'undecided' }, 'partial'],
  ['just in time, clauses not known', { ...jit, 'CEX-08': 'unknown' }, 'unknown'],
  ['just in time, approval not known', { ...jit, 'MNT-04': undefined }, 'unknown'],
  ['just in time, login not known', { ...jit, 'MNT-05': undefined }, 'unknown'],
  ['just in time, log review not known', { ...jit, 'MNT-06': 'unknown' }, 'unknown'],
  ['just in time, 7 clauses', { ...jit, 'CEX-08': clauses(7) }, 'partial'],
  ['just in time, no clauses', { ...jit, 'CEX-08': 'none' }, 'partial'],
  ['just in time, standing access', { ...jit, 'MNT-04': 'standing' }, 'partial'],
  ['just in time, MFA only', { ...jit, 'MNT-05': 'mfa' }, 'partial'],
  ['just in time, logs not reviewed', { ...jit, 'MNT-06': 'log' }, 'partial'],
  ['just in time, operator approval', { ...jit, 'MNT-04': 'jit' }, 'managed'],
  ['just in time, no evidence of clauses', { ...jit, 'CEX-08': bare(clauses(8)) }, 'unverified'],
  ['just in time, no evidence of log review', { ...jit, 'MNT-06': bare('rev') }, 'unverified'],
  ['just in time, evidence of approval rejected', { ...jit, 'MNT-04': rejected('cust') }, 'unverified'],
  ['just in time, evidence of the reach rejected', { ...jit, 'MNT-01': rejected('limited') }, 'unverified'],
  ['just in time, recommended evidence of approval missing', { ...jit, 'MNT-04': bare('cust') }, 'managed'],
  [
    'masked, evidence of login rejected',
    { 'MNT-01': 'limited', 'MNT-03': 'mask', 'MNT-05': rejected('both') },
    'unverified',
  ],
  ['cannot reach, evidence of log review rejected', { 'MNT-01': 'blocked', 'MNT-06': rejected('rev') }, 'unverified'],
  ['reaches nothing, stale prevention is dropped', { 'MNT-01': 'noid', 'MNT-03': 'none' }, 'pass'],
];

const permits = { ...entrusted, 'CEX-02': 'permits', 'CEX-03': 'scoped' };
const f6: readonly Row[] = [
  ['prohibited', {}, 'pass'],
  ['silent', { 'CEX-02': 'silent' }, 'pass'],
  ['no personal data', { 'DATA-01': 'no' }, 'not_applicable'],
  ['unbounded use', { ...permits, 'CEX-03': 'unscoped' }, 'fail'],
  ['unbounded use, position not known', { 'CEX-03': 'unscoped', 'CEX-01': undefined }, 'fail'],
  ['bounded, managed', permits, 'managed'],
  ['bounded, position not known', { ...permits, 'CEX-01': undefined }, 'unknown'],
  ['bounded, not entrusted', { ...permits, 'CEX-01': 'not_handled' }, 'fail'],
  [
    'permits, bounds not known, not entrusted',
    { 'CEX-02': 'permits', 'CEX-03': 'unknown', 'CEX-01': 'not_handled' },
    'fail',
  ],
  ['permits, bounds not known, entrusted', { ...permits, 'CEX-03': 'unknown' }, 'unknown'],
  ['bounded, contract not known', { ...permits, 'CEX-02': 'unknown' }, 'unknown'],
  ['bounded, clauses not known', { ...permits, 'CEX-08': undefined }, 'unknown'],
  ['bounded, 5 clauses', { ...permits, 'CEX-08': clauses(5) }, 'fail'],
  ['bounded, 6 clauses', { ...permits, 'CEX-08': clauses(6) }, 'partial'],
  ['bounded, 7 clauses', { ...permits, 'CEX-08': clauses(7) }, 'partial'],
  ['bounded, no clauses', { ...permits, 'CEX-08': 'none' }, 'fail'],
  ['bounded, no evidence of clauses', { ...permits, 'CEX-08': bare(clauses(8)) }, 'unverified'],
  ['bounded, evidence of the contract attached, final', { ...permits, 'CEX-02': unreviewed('permits') }, 'unverified'],
  [
    'bounded, evidence of the contract attached, provisional',
    { ...permits, 'CEX-02': unreviewed('permits') },
    'managed',
    'provisional',
  ],
  ['contract not known', { 'CEX-02': 'unknown' }, 'unknown'],
  ['terms not known', { 'CEX-03': undefined }, 'unknown'],
  ['no evidence of the terms', { 'CEX-03': bare('none') }, 'unverified'],
  ['evidence of clauses rejected', { 'CEX-08': rejected(clauses(10)) }, 'unverified'],
];

const f7: readonly Row[] = [
  ['no handling', {}, 'pass'],
  ['no personal data', { 'DATA-01': 'no' }, 'not_applicable'],
  ['handling not known', { 'CEX-05': 'unknown' }, 'unknown'],
  ['no evidence of no handling', { 'CEX-05': bare(0) }, 'unverified'],
  ['handling, managed', { ...entrusted, 'CEX-05': 20 }, 'managed'],
  ['handling, position not known', { ...entrusted, 'CEX-05': 20, 'CEX-01': undefined }, 'unknown'],
  ['handling, not entrusted', { 'CEX-05': 1 }, 'fail'],
  ['handling, clauses not known', { ...entrusted, 'CEX-05': 20, 'CEX-08': undefined }, 'unknown'],
  ['handling, 5 clauses', { 'CEX-01': 'entrusted', 'CEX-08': clauses(5), 'CEX-05': 20 }, 'fail'],
  ['handling, 6 clauses', { 'CEX-01': 'entrusted', 'CEX-08': clauses(6), 'CEX-05': 20 }, 'partial'],
  ['handling, no evidence', { ...entrusted, 'CEX-05': bare(20) }, 'unverified'],
  [
    'handling, evidence of clauses rejected',
    { ...entrusted, 'CEX-05': 20, 'CEX-08': rejected(clauses(8)) },
    'unverified',
  ],
  ['no handling, evidence of clauses rejected', { 'CEX-08': rejected(clauses(10)) }, 'unverified'],
];

const tables: Readonly<Record<string, readonly Row[]>> = { F1: f1, F2: f2, F3: f3, F4: f4, F5: f5, F6: f6, F7: f7 };

describe.each(Object.keys(tables))('finding %s', (id) => {
  for (const [title, changes, status, mode = 'final'] of tables[id] ?? []) {
    it(title, () => {
      const result = score(bestWith(changes), { mode });
      expect(result.findings[id]).toBe(status);
      expect(result.knockouts.includes(id)).toBe(status === 'fail');
    });
  }
});

describe('all findings', () => {
  const placed = jp.questionnaire.findings ?? [];

  it('are decided by every rule of the file somewhere in these tables', () => {
    for (const finding of placed) {
      const fired = new Set(
        (tables[finding.id] ?? []).map(([, changes, , mode = 'final']) => {
          const results = score(bestWith(changes), { mode }).why.findings;
          return results.find(({ id }) => id === finding.id)?.rule;
        }),
      );
      expect([finding.id, [...fired].sort((a, b) => (a ?? -1) - (b ?? -1))]).toEqual([
        finding.id,
        finding.rules.map((_, index) => index),
      ]);
    }
  });

  it('are unknown while nothing is answered, and not applicable never comes from silence', () => {
    expect(Object.values(score({}).findings)).toEqual(placed.map(() => 'unknown'));
  });

  it('say a sentence in both languages for the status they have', () => {
    for (const { status, reason, id } of score({}).why.findings) {
      expect(reason).toEqual(placed.find((finding) => finding.id === id)?.conclusions[status]);
    }
  });

  it('notes overstated claims beside the findings and never as a knock-out', () => {
    const result = score(bestWith({ 'DSC-02': 'un' }));
    expect(result.overstatedClaims).toBe(true);
    expect(result.knockouts).toEqual([]);
    expect(score(bestWith({ 'DSC-02': 'unknown' })).overstatedClaims).toBe(false);
  });
});
