import { describe, expect, it } from 'vitest';
import { progress } from '../../../server/domain/questionnaire/progress.ts';
import { best, bestWith, jp } from '../cases.ts';

const section = (answers: Parameters<typeof progress>[1], id: string) =>
  progress(jp, answers).find(({ sectionId }) => sectionId === id);

describe('progress', () => {
  it('counts what is shown, not what is hidden or waits', () => {
    expect(section({}, 'CEX')).toEqual({
      sectionId: 'CEX',
      applicable: 2,
      answered: 0,
      required: 2,
      requiredAnswered: 0,
    });
    expect(section({ 'DATA-01': { value: 'no' } }, 'CEX')).toMatchObject({ applicable: 2, answered: 1 });
    expect(section({ 'DATA-01': { value: 'yes' } }, 'CEX')).toMatchObject({ applicable: 13, answered: 1 });
    expect(section({ 'DATA-01': { value: 'no' }, 'CEX-01': { value: 'entrusted' } }, 'CEX')).toMatchObject({
      answered: 1,
    });
  });

  it('takes unknown and N/A for a response, a blank or misfit for none', () => {
    const count = (value: string | number | null) => section({ 'ORG-02': { value } }, 'ORG')?.answered;
    expect(['unknown', 'na', 'yes', null, '', 'maybe', 3].map(count)).toEqual([1, 1, 1, 0, 0, 0, 0]);
  });

  it('asks for what is scored or a legal fact, not for free text or certificates', () => {
    expect(section({}, 'ORG')).toMatchObject({ applicable: 5, required: 4 });
    expect(section({}, 'CRT')).toMatchObject({ applicable: 6, required: 0 });
    const all = progress(jp, best);
    expect(all.every(({ required, requiredAnswered }) => required === requiredAnswered)).toBe(true);
    expect(section(bestWith({ 'SUB-05': undefined }), 'SUB')).toMatchObject({ required: 2, requiredAnswered: 1 });
  });
});
