import { describe, expect, it } from 'vitest';
import { contradictionsIn } from '../../../server/domain/advice/contradictions.ts';
import { example } from '../cases.ts';
import { contradicted, type Given, newest, TODAY } from './cases.ts';

const noted = (value: string | number | readonly string[]) => ({ answer: { value, comment: '経緯を記入しました。' } });
const na = { answer: { value: 'na', naReason: '該当する者がいません。' } };
const entrusted = { 'CEX-01': 'entrusted', 'CEX-02': 'permits', 'CEX-03': 'scoped' };
const clauses = ['resp', 'sec', 'sub', 'rep', 'aud', 'breach', 'inc', 'ret', 'purp', 'staff'];
const without = (clause: string) => ({ 'CEX-08': clauses.filter((one) => one !== clause) });
const noPasswords = { 'AUTH-01': na, 'AUTH-02': na, 'AUTH-03': na, 'AUTH-04': na };
const reaching = { 'MNT-01': 'limited', 'MNT-03': 'jit', 'MNT-04': 'jit' };
const isms = { kind: 'ISMS', number: 'IS 1', edition: '2022', expires: '2028-03-31' };

/** For each contradiction of the file: answers that bring it about, and answers near them that do not. */
const cases: Record<string, readonly [fires: Given, quiet: Given]> = {
  'not-handled-but-processed': [{ now: { 'CEX-06': 'human' } }, { now: { ...entrusted, 'CEX-06': 'human' } }],
  'not-handled-but-counted': [{ now: { 'CEX-05': 3 } }, { now: { ...entrusted, 'CEX-05': 3 } }],
  'not-handled-but-permitted': [{ now: { 'CEX-02': 'permits' } }, { now: { 'CEX-02': 'silent' } }],
  'prohibited-but-permitted': [{ now: { 'CEX-03': 'scoped' } }, { now: { 'CEX-03': 'scoped', 'CEX-02': 'silent' } }],
  'own-use-against-contract': [{ now: { 'CEX-04': 'yes' } }, { now: { 'CEX-04': 'anon' } }],
  'entrusted-without-clauses': [
    { now: { ...entrusted, 'CEX-08': 'none' } },
    { now: { ...entrusted, 'CEX-08': ['sec'] } },
  ],
  'processed-without-count': [{ now: { 'CEX-05': 3 } }, { now: { 'CEX-05': noted(3) } }],
  'no-data-but-access-logged': [
    { now: { 'DATA-01': 'no' } },
    { now: { 'DATA-01': 'no', 'LOG-01': ['auth', 'admin', 'net'] } },
  ],
  'my-number-encryption-differs': [
    { now: { 'DATA-02': ['mynumber'], 'DATA-03': 'enc', 'DATA-04': 'tls' } },
    { now: { 'DATA-02': ['mynumber'], 'DATA-03': 'enc', 'DATA-04': 'disk' } },
  ],
  'remote-maintenance-without-id': [{ now: { 'MNT-01': 'noid' } }, { now: { 'MNT-01': 'noid', 'MNT-09': na } }],
  'limited-without-limits': [{ now: { ...reaching, 'MNT-04': 'no' } }, { now: { ...reaching, 'MNT-04': 'standing' } }],
  'case-by-case-without-approval': [{ now: { ...reaching, 'MNT-06': 'none' } }, { now: reaching }],
  'export-blocked-but-possible': [{ now: { ...reaching, 'MNT-03': 'rule' } }, { now: reaching }],
  'remote-mfa-differs': [
    { now: { 'MNT-05': 'src', 'MNT-09': 'vpnmfa' } },
    { now: { 'MNT-05': 'mfa', 'MNT-09': 'vpnmfa' } },
  ],
  'administrators-exempt-from-mfa': [{ now: { 'MNT-05': 'src' } }, { now: { 'MNT-05': 'src', 'AUTH-09': 'some' } }],
  'operations-logged-but-not-collected': [
    { now: { 'LOG-01': ['auth', 'data', 'net'] } },
    { now: { 'LOG-01': ['auth', 'data', 'net', 'admin'] } },
  ],
  'current-devices-but-unsupported': [
    { now: { 'MNT-09': 'vpnmfa', 'VUL-05': 'yes' } },
    { now: { 'MNT-09': noted('vpnmfa'), 'VUL-05': 'yes' } },
  ],
  'maintenance-access-removed': [
    { now: {}, before: reaching },
    { now: { 'MNT-01': noted('blocked') }, before: reaching },
  ],
  'long-passwords-not-enforced': [{ now: { 'AUTH-01': 12 } }, { now: { 'AUTH-01': 12, 'AUTH-03': 'mix' } }],
  'no-passwords-but-no-alternative': [
    { now: { ...noPasswords, 'AUTH-06': ['ip'] } },
    { now: { ...noPasswords, 'AUTH-06': ['ip', 'sso'] } },
  ],
  'passwords-partly-not-applicable': [{ now: { 'AUTH-01': na } }, { now: noPasswords }],
  'checked-but-still-guessable': [{ now: { 'AUTH-08': 'weak' } }, { now: { 'AUTH-08': 'weak', 'AUTH-10': 'once' } }],
  'nothing-overdue-without-deadline': [{ now: { 'VUL-02': 'none' } }, { now: { 'VUL-02': 90 } }],
  'deadline-shorter-than-collection': [{ now: { 'VUL-01': 'month' } }, { now: { 'VUL-01': 'month', 'VUL-02': 30 } }],
  'nothing-overdue-without-looking': [
    { now: { 'VUL-01': 'no', 'VUL-06': 'none' } },
    { now: { 'VUL-01': 'no', 'VUL-06': 'year' } },
  ],
  'no-logs-but-kept': [
    { now: { 'LOG-01': 'none' } },
    { now: { 'LOG-01': 'none', 'LOG-02': 'none', 'LOG-04': 'none', 'LOG-06': 'none', 'LOG-07': 'no' } },
  ],
  'logs-gone-before-review': [
    { now: { 'LOG-02': 2, 'LOG-06': 'quarter' } },
    { now: { 'LOG-02': 3, 'LOG-06': 'quarter' } },
  ],
  'detection-without-logs': [
    { now: { 'LOG-01': ['auth', 'admin', 'net'] } },
    { now: { 'LOG-01': ['auth', 'admin', 'net'], 'LOG-05': ['login', 'priv', 'c2'] } },
  ],
  'detection-without-monitoring': [{ now: { 'LOG-04': 'none' } }, { now: { 'LOG-04': 'none', 'LOG-05': 'none' } }],
  'no-backups-but-kept': [
    { now: { 'BCK-01': 'none' } },
    { now: { 'BCK-01': 'none', 'BCK-02': 'none', 'BCK-03': 'none', 'BCK-04': 'none', 'BCK-05': 'none' } },
  ],
  'isolated-copy-differs': [{ now: { 'BCK-04': 'same' } }, { now: { 'BCK-04': 'same', 'BCK-03': ['three', 'two'] } }],
  'separated-but-same-network': [{ now: { 'BCK-04': 'same' } }, { now: { 'BCK-04': 'same', 'BCK-08': 'part' } }],
  // Two dates a day apart: twelve months are kept, twelve months and a day are not.
  'recovery-time-not-tested': [{ now: { 'BCK-05': '2025-11-20' } }, { now: { 'BCK-05': '2025-11-21' } }],
  'yearly-exercise-overdue': [
    { now: { 'INC-05': '2025-09-01' } },
    { now: { 'INC-05': '2025-09-01', 'BCP-03': 'doc' } },
  ],
  'exercise-without-procedure': [{ now: { 'INC-01': 'no' } }, { now: { 'INC-01': 'no', 'INC-05': 'none' } }],
  'notice-without-clause': [
    { now: without('inc') },
    { now: { ...without('inc'), 'INC-02': 'none', 'INC-04': 'coop' } },
  ],
  'incident-disappeared': [
    { now: {}, before: { 'INC-06': 'open' } },
    { now: { 'INC-06': noted('none') }, before: { 'INC-06': 'open' } },
  ],
  'subentrusted-but-nobody-involved': [{ now: { 'SUB-01': 'yes', 'ORG-05': na } }, { now: { 'ORG-05': na } }],
  'subentrusted-without-clause': [{ now: { 'SUB-01': 'yes', ...without('sub') } }, { now: without('sub') }],
  'my-number-subentrusted-unpermitted': [
    { now: { 'DATA-02': ['mynumber'], 'SUB-01': 'yes', 'SUB-03': 'notice' } },
    { now: { 'DATA-02': ['mynumber'], 'SUB-01': 'yes', 'SUB-03': 'appr' } },
  ],
  'abroad-without-country': [{ now: { 'SUB-05': ['fsrv'] } }, { now: { 'SUB-05': noted(['fsrv']) } }],
  'exception-abroad-but-handled': [
    { now: { ...entrusted, 'SUB-05': ['facc'], 'SUB-06': 'noh' } },
    { now: { ...entrusted, 'SUB-05': ['facc'], 'SUB-06': 'equiv' } },
  ],
  'certified-without-rules': [{ now: { 'ORG-03': 'no' } }, { now: { 'ORG-03': 'no', 'CRT-01': [], 'CRT-03': [] } }],
  'certified-without-audit': [{ now: { 'ORG-04': 'no' } }, { now: { 'ORG-04': 'one' } }],
  'extension-without-isms': [{ now: { 'CRT-01': [] } }, { now: { 'CRT-01': [], 'CRT-02': [] } }],
  'certificate-lapsed': [
    { now: { 'CRT-01': [{ ...isms, expires: '2026-11-20' }] } },
    { now: { 'CRT-01': [{ ...isms, expires: TODAY }] } },
  ],
  'audit-refused-but-agreed': [{ now: { 'DSC-03': 'no' } }, { now: { 'DSC-03': 'no', ...without('aud') } }],
  'return-without-clause': [
    { now: without('ret') },
    { now: { ...without('ret'), 'EXIT-01': 'prop', 'EXIT-02': 'prod' } },
  ],
  'erasure-certified-but-undefined': [{ now: { 'EXIT-02': 'no' } }, { now: { 'EXIT-02': 'no', 'EXIT-03': 'no' } }],
  'export-format-differs': [{ now: { 'EXIT-01': 'prop' } }, { now: { 'EXIT-01': 'prop', 'BCK-07': 'part' } }],
  'date-in-future': [{ now: { 'VUL-07': '2026-11-22' } }, { now: { 'VUL-07': TODAY } }],
  'date-before-previous': [
    { now: { 'BCK-05': '2025-09-30' }, before: { 'BCK-05': '2025-10-01' } },
    { now: { 'BCK-05': '2025-10-01' }, before: { 'BCK-05': '2025-10-01' } },
  ],
  'weaker-than-before': [
    { now: { 'AUTH-05': 'none' }, before: {} },
    { now: { 'AUTH-05': noted('none') }, before: {} },
  ],
};

describe('the contradictions of the published questionnaire', () => {
  it('are all tried here', () => {
    expect(Object.keys(cases).sort()).toEqual((newest.questionnaire.contradictions ?? []).map(({ id }) => id).sort());
  });

  it.each(Object.entries(cases))('%s comes about, and near it does not', (id, [fires, quiet]) => {
    expect(contradicted(fires)).toContain(id);
    expect(contradicted(quiet)).not.toContain(id);
  });

  it('leave consistent answers alone, good or bad', () => {
    for (const id of ['EX2', 'EX3', 'EX8']) {
      const { answers } = example(id);
      expect([id, contradictionsIn(newest, answers, { today: TODAY, previous: null })]).toEqual([id, []]);
    }
    expect(contradicted({ now: {}, before: {} })).toEqual([]);
  });

  it('are shown at the first question that is answered and link the others that are', () => {
    const answers = { 'DATA-01': { value: 'no' }, 'LOG-01': { value: ['data'] } };
    const [found] = contradictionsIn(newest, answers, { today: TODAY, previous: null });
    expect(found).toMatchObject({ id: 'no-data-but-access-logged', questionId: 'DATA-01', related: ['LOG-01'] });
    const exported = contradictionsIn(
      newest,
      { 'DATA-01': { value: 'yes' }, 'CEX-04': { value: 'yes' }, 'CEX-08': { value: ['purp'] } },
      { today: TODAY, previous: null },
    );
    expect(exported).toMatchObject([{ questionId: 'CEX-04', related: ['CEX-08'] }]);
  });

  it('are shown at a question that may still be changed, where only some may', () => {
    const answers = { 'BCK-08': { value: 'full' }, 'BCK-04': { value: 'same' } };
    const find = (...asked: string[]) =>
      contradictionsIn(newest, answers, { today: TODAY, previous: null, asked: new Set(asked) });
    expect(find('BCK-04')).toMatchObject([{ questionId: 'BCK-04', related: ['BCK-08'] }]);
    expect(find('BCK-01')).toEqual([]);
  });

  it('do not rest on answers that do not fit, are blank, or belong to hidden questions', () => {
    const broken = { 'VUL-02': { value: 'none' }, 'VUL-03': { value: '0' } };
    expect(contradictionsIn(newest, broken, { today: TODAY, previous: null })).toEqual([]);
    const hidden = { 'DATA-01': { value: 'no' }, 'CEX-01': { value: 'not_handled' }, 'CEX-06': { value: 'human' } };
    expect(contradictionsIn(newest, hidden, { today: TODAY, previous: null })).toEqual([]);
  });
});
