import { describe, expect, it } from 'vitest';
import type { AnswerValue } from '../../../server/domain/questionnaire/answer.ts';
import { openInReturn } from '../../../server/domain/round/open-in-return.ts';
import { type SubmittedAnswers, submittedAnswers } from '../../../server/domain/round/submitted.ts';
import { jp } from '../cases.ts';

function handedIn(values: Readonly<Record<string, AnswerValue>>): SubmittedAnswers {
  const updatedAt = new Date('2026-04-01T00:00:00Z');
  const rows = Object.entries(values).map(([questionId, value]) => ({
    ...{ questionId, value, naReason: '', comment: '', plan: null, conditional: null, withheld: '' },
    ...{ updatedBy: '田中', updatedAt },
  }));
  return submittedAnswers(Object.keys(values), rows, []);
}
const open = (flagged: string[], before: SubmittedAnswers) => openInReturn(jp, new Set(flagged), before);

describe('after a return', () => {
  it('what was flagged is open and what had applied is closed', () => {
    const asked = open(['ORG-02'], handedIn({ 'ORG-02': 'doc', 'ORG-03': 'yes', 'DATA-01': 'yes', 'SUB-01': 'no' }));
    expect(asked.has('ORG-02')).toBe(true);
    for (const id of ['ORG-03', 'ORG-04', 'DATA-01', 'SUB-01', 'MNT-01']) expect(asked.has(id), id).toBe(false);
  });

  it('what had not applied is open, should it apply now', () => {
    const asked = open(['SUB-01'], handedIn({ 'DATA-01': 'yes', 'SUB-01': 'no' }));
    for (const id of ['SUB-01', 'SUB-02', 'SUB-03', 'SUB-04']) expect(asked.has(id), id).toBe(true);
  });

  it('what was asked only because another answer was not known follows that answer', () => {
    const before = handedIn({ 'DATA-01': 'unknown', 'MNT-01': 'unknown' });
    expect(open(['DATA-01'], before).has('MNT-01')).toBe(true);
    expect(open(['DATA-01'], before).has('MNT-02')).toBe(true);
    expect(open(['ORG-02'], before).has('MNT-01')).toBe(false);
  });
});
