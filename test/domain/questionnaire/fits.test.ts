import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../server/domain/questionnaire/answer.ts';
import { fits, respondentProblems } from '../../../server/domain/questionnaire/fits.ts';
import { jp } from '../cases.ts';

const question = (id: string) => jp.byId.get(id)!.question;
const problems = (id: string, answer: Answer) => respondentProblems(question(id), answer).map(({ path }) => path);

describe('a respondent', () => {
  it('may answer unknown everywhere but in free text, where it is a word', () => {
    for (const { question: one } of jp.questions) expect(fits(one, 'unknown')).toEqual([]);
  });

  it('may leave anything blank', () => {
    for (const { question: one } of jp.questions)
      for (const blank of [undefined, null, '']) expect(fits(one, blank)).toEqual([]);
  });

  it('is told what to do, in both languages, when an answer does not fit', () => {
    const [problem] = fits(question('CEX-05'), 1.5);
    expect(problem).toEqual({ path: '', message: { ja: '整数で入力してください。', en: 'Give a whole number.' } });
    const [option] = fits(question('ORG-02'), 'maybe');
    expect(option?.message.ja).toContain('"maybe"');
    const [alone] = fits(question('SUB-05'), ['jp', 'fent']);
    expect(alone?.message.ja).toMatch(/同時に選べません/);
  });

  it('may answer N/A only where offered, with a reason', () => {
    expect(problems('MNT-09', { value: 'na', naReason: '遠隔保守なし' })).toEqual([]);
    expect(problems('MNT-09', { value: 'na' })).toEqual(['/naReason']);
    expect(problems('MNT-09', { value: 'na', naReason: '　' })).toEqual(['/naReason']);
    expect(problems('ORG-02', { value: 'na', naReason: '該当しない' })).toEqual(['/value']);
  });

  it('is told every problem of a list of certificates at its place', () => {
    const record = { kind: 'PMARK', expires: '2026-13-01' };
    expect(problems('CRT-01', { value: [{ kind: 'ISMS' }, record] })).toEqual(['/value/1/expires', '/value/1/kind']);
  });
});
