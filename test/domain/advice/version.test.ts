import { describe, expect, it } from 'vitest';
import { loadQuestionnaires } from '../../../server/adapters/questionnaire-files.ts';
import { evaluate } from '../../../server/domain/scoring/evaluate.ts';
import { jp, worked } from '../cases.ts';
import { newest } from './cases.ts';

describe('version 1.1.0 of the vendor questionnaire', () => {
  it('is version 1.0.0 with contradictions, and nothing else', () => {
    const { contradictions = [], ...rest } = newest.questionnaire;
    expect(contradictions.length).toBeGreaterThan(12);
    expect(rest).toEqual({ ...jp.questionnaire, version: '1.1.0' });
    expect(jp.questionnaire.contradictions).toBeUndefined();
  });

  it.each(Object.keys(worked))('gives %s the same result', (name) => {
    const input = worked[name]!;
    const { questionnaire, ...result } = evaluate(newest, input);
    expect(questionnaire).toBe('jp-cloud-ppc@1.1.0');
    expect({ ...result, questionnaire: 'jp-cloud-ppc@1.0.0' }).toEqual(evaluate(jp, input));
  });

  it('is what is offered first', () => {
    const [first] = loadQuestionnaires().list();
    expect(first?.compiled.reference).toBe('jp-cloud-ppc@1.1.0');
  });
});
