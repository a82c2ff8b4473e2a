import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../server/domain/scoring/evaluate.ts';
import type { Evaluation } from '../../../server/domain/scoring/evaluation.ts';
import { bestWith, jp, score, worked } from '../cases.ts';

const names = Object.keys(worked);

describe('the worked examples', () => {
  it('are all eight', () => {
    expect(names).toEqual(['EX1', 'EX2', 'EX3', 'EX4', 'EX5', 'EX6', 'EX7', 'EX8']);
  });

  it.each(names)('%s matches in every field', (name) => {
    const example = worked[name]!;
    const result = evaluate(jp, example) as unknown as Record<string, unknown>;
    const fields = Object.keys(example.expected);
    expect(fields.length).toBeGreaterThanOrEqual(12);
    expect(Object.fromEntries(fields.map((field) => [field, result[field]]))).toEqual(example.expected);
  });

  it('count the issues they list', () => {
    for (const name of names) {
      const { issues, issueCounts } = evaluate(jp, worked[name]!);
      expect(Object.values(issueCounts).reduce((sum, count) => sum + count)).toBe(issues.length);
    }
  });
});

/** Figures of dossier §4.8; the answer sets are ours. */
describe('the examples given as figures only', () => {
  it('EX9: a foreign vendor that trains AI on personal data is out of scope and knocked out', () => {
    const result = score(bestWith({ 'CEX-04': 'yes', 'SUB-05': ['fent'], 'SUB-06': 'none' }));
    expect(figures(result)).toEqual({ raw: 94.5, score: 54, grade: 'D', coverage: 100, judgement: 'nonconform' });
    expect(result.legal?.code).toBe('OUT_OF_SCOPE_USE');
    expect(result.legal?.overlays).toEqual(['FOREIGN']);
    expect(result.knockouts).toEqual(['L1']);
    expect(new Set(Object.values(result.findings))).toEqual(new Set(['pass']));
    expect(result.issueCounts).toEqual({ major: 2, minor: 0, observation: 0, toConfirm: 0 });
  });

  it('EX10: without personal data the exception is not a question', () => {
    const na = { answer: { value: 'na', naReason: '遠隔保守を行わないため' } };
    const result = score(bestWith({ 'DATA-01': 'no', 'MNT-09': na }));
    expect(figures(result)).toEqual({ raw: 100, score: 100, grade: 'A', coverage: 100, judgement: 'conform' });
    expect(result.findings).toMatchObject({
      F1: 'pass',
      F5: 'not_applicable',
      F6: 'not_applicable',
      F7: 'not_applicable',
    });
    expect(result.legal).toEqual({ code: 'NO_PERSONAL_DATA', factors: [], overlays: [] });
    expect(result.issueCounts).toEqual({ major: 0, minor: 0, observation: 0, toConfirm: 0 });
  });

  it('EX11: slow patching and short logs are partial, not fatal', () => {
    const result = score(bestWith({ 'VUL-02': 30, 'VUL-03': 2, 'VUL-04': 'mit', 'LOG-02': 3, 'LOG-04': 'biz' }));
    expect(figures(result)).toEqual({ raw: 93.5, score: 93.5, grade: 'A', coverage: 100, judgement: 'conditional' });
    expect(result.findings).toMatchObject({ F1: 'pass', F2: 'pass', F3: 'partial', F4: 'partial', F5: 'pass' });
    expect(result.legal?.code).toBe('EXCEPTION_LIKELY');
    expect(result.issueCounts).toEqual({ major: 0, minor: 3, observation: 1, toConfirm: 0 });
  });
});

function figures({ raw, score, grade, coverage, judgement }: Evaluation) {
  return { raw, score, grade, coverage, judgement };
}
