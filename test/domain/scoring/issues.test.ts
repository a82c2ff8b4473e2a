import { describe, expect, it } from 'vitest';
import { bestWith, type Change, score, withEvidence } from '../cases.ts';

const issuesOf = (changes: Readonly<Record<string, Change>>) =>
  score(bestWith(changes)).issues.map(({ ref, severity }) => `${ref} ${severity}`);
const bare = (value: string | number | string[]): Change => ({ answer: { value } });

describe('the issue of a question', () => {
  it.each([
    ['an untagged failure of weight 5 is major', { 'BCK-04': 'none' }, ['BCK-04 major']],
    ['an untagged failure of weight 2 is minor', { 'DATA-05': 'no' }, ['DATA-05 minor']],
    ['a failure the file calls major is major', { 'SUB-05': ['fent'], 'SUB-06': 'none' }, ['SUB-06 major']],
    ['a tagged failure is major with its finding', { 'AUTH-08': 'weak' }, ['AUTH-08 major', 'F2 major']],
    ['a tagged failure is minor without it', { 'AUTH-09': 'none' }, ['AUTH-09 minor', 'F2 minor']],
    ['a failing legal fact is left to the findings', { 'CEX-03': 'unscoped' }, ['F6 major', 'LEGAL minor']],
    ['an answer below 0.6 is an observation', { 'BCP-01': 'single_bk' }, ['BCP-01 observation']],
    ['an answer of 0.6 is none', { 'ORG-02': 'doc' }, []],
    ['a zero that does not fail is an observation', { 'ORG-05': 'no' }, ['ORG-05 observation']],
    ['missing evidence is an observation', { 'VUL-07': bare('2026-05-10') }, ['VUL-07 observation']],
    ['missing evidence comes before a low score', { 'BCK-05': bare('2025-01-10') }, ['BCK-05 observation']],
    ['a failure comes before missing evidence', { 'BCK-04': bare('same') }, ['BCK-04 major']],
    ['unknown is to be confirmed', { 'ORG-02': 'unknown' }, ['ORG-02 toConfirm']],
    ['unanswered is to be confirmed', { 'ORG-02': undefined }, ['ORG-02 toConfirm']],
    ['an invalid N/A is to be confirmed', { 'ORG-02': 'na' }, ['ORG-02 toConfirm']],
    ['a valid N/A is no issue', { 'MNT-09': { answer: { value: 'na', naReason: '遠隔保守なし' } } }, []],
    ['an unanswered legal fact is to be confirmed', { 'CEX-01': undefined }, ['CEX-01 toConfirm']],
    [
      'missing evidence of a legal fact is no issue of its own',
      { 'CEX-05': bare(0) },
      ['F7 toConfirm', 'LEGAL toConfirm'],
    ],
    ['a blank fact that is not legal is none', { 'ORG-01': undefined, 'DSC-04': undefined, 'CRT-06': undefined }, []],
    ['a hidden question is none', { 'VUL-03': 0, 'VUL-04': undefined }, []],
    [
      'a question that may apply is to be confirmed',
      { 'VUL-03': 'unknown', 'VUL-04': undefined },
      ['VUL-03 toConfirm', 'VUL-04 toConfirm', 'F3 toConfirm'],
    ],
  ] as readonly (readonly [string, Readonly<Record<string, Change>>, readonly string[]])[])(
    '%s',
    (_title, changes, expected) => {
      expect(issuesOf(changes)).toEqual(expected);
    },
  );

  it('is major where evidence was rejected, whatever else is wrong, for scored questions and legal facts', () => {
    for (const id of ['ORG-02', 'BCK-04', 'CEX-02', 'AUTH-09']) {
      const { issues } = score(withEvidence(bestWith({}), [id], 'rejected'));
      expect(issues.filter(({ ref }) => ref === id)).toEqual([expect.objectContaining({ severity: 'major' })]);
    }
    const failing = score(bestWith({ 'ORG-02': { answer: { value: 'no', evidence: 'rejected' } } }));
    expect(failing.issues).toEqual([expect.objectContaining({ ref: 'ORG-02', severity: 'major' })]);
  });
});

describe('all issues', () => {
  it('come in file order, then certificates, then findings, then the legal conclusion', () => {
    const changes = {
      'DSC-01': 'no',
      'ORG-02': 'no',
      'CRT-03': [{ kind: 'PMARK', expires: '2026-01-01' }],
      'LOG-04': 'none',
      'CEX-05': 2,
    };
    expect(issuesOf(changes).map((issue) => issue.split(' ')[0])).toEqual([
      'ORG-02',
      'LOG-04',
      'DSC-01',
      'CRT-03#1',
      'F4',
      'F7',
      'LEGAL',
    ]);
  });

  it('are sentences in both languages that quote the answer', () => {
    for (const { reason } of score({}).issues) {
      expect(reason.ja).toMatch(/。$/);
      expect(reason.en).toMatch(/\.$/);
    }
    const [issue] = score(bestWith({ 'BCK-04': 'none' })).issues;
    expect(issue!.reason.ja).toMatch(/^回答「.+」は/);
  });
});
