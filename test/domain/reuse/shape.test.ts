import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { answerMasterSchema } from '../../../server/domain/reuse/answer-master.ts';
import { readMaster } from '../../../server/domain/reuse/read-master.ts';
import { type Shape, shapeProblems } from '../../../server/domain/reuse/shape-problems.ts';

const sha256 = 'a'.repeat(64);
const whole = {
  format: 'kantoku/answer-master/1',
  label: '当社',
  exportedAt: '2026-11-22T01:02:03.456Z',
  vendor: { name: { ja: '当社', en: 'We' }, service: '人事' },
  questionnaire: { id: 'q', version: '1', title: { ja: '', en: '' } },
  answers: [
    {
      ...{ question: 'A-1', type: 'certificates', text: { ja: '', en: '' }, references: ['GL'], on: '2026-01-01' },
      ...{ words: [{ ja: '', en: '' }], value: [{ kind: 'ISMS', scopeIncludesService: true, status: 'pending' }] },
      ...{ plan: { by: '2027-01-01', measure: '' }, conditional: { value: 'yes', condition: '' }, comment: '' },
    },
  ],
  evidence: [{ name: 'x', sha256, size: 1, mediaType: '', questions: ['A-1'], uploadedOn: '2026-01-01' }],
  disclosures: [
    {
      ...{ customer: { ja: '', en: '' }, service: '', reference: '', questionnaire: '', round: 1, answers: 0 },
      ...{
        submittedAt: '2026-01-01T00:00:00Z',
        receiptNumber: '',
        attestedBy: { name: '', title: '' },
        files: [sha256],
      },
    },
  ],
};

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Puts `change` in the place of one part of the file, or takes the part away. */
function changed(value: Json, path: readonly string[], change: Json | undefined): Json {
  const [step, ...rest] = path;
  if (step === undefined || typeof value !== 'object' || value === null) return change ?? null;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, Json>;
  if (rest.length === 0 && change === undefined) delete copy[step];
  else copy[step] = changed(copy[step] ?? null, rest, change);
  return copy as Json;
}

function pathsOf(value: Json, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, part]) => pathsOf(part, [...path, name]))];
}

describe('the form of an answer master', () => {
  it('is met by a whole one', () => {
    expect(readMaster(whole, '2026-11-22')).toEqual({ master: whole });
  });

  it('is judged as the published schema is by a validator of its own, and every problem names a place', () => {
    const published = Compile(answerMasterSchema);
    const paths = pathsOf(whole as Json).filter((path) => path.length > 0);
    const junk = fc.constantFrom<Json | undefined>(undefined, null, '', 'x', -1, 1.5, true, [], {}, ['x'], [[1]], {
      a: 1,
    });
    fc.assert(
      fc.property(fc.constantFrom(...paths), junk, (path, change) => {
        const content = JSON.parse(JSON.stringify(changed(whole as Json, path, change)));
        const [first] = shapeProblems(answerMasterSchema as Shape, content);
        expect([path, change, first === undefined]).toEqual([path, change, published.Check(content)]);
        if (first) expect(first.path).toMatch(/^\/[a-z]/);
      }),
      { numRuns: 600 },
    );
  });

  it('names a few places of a file that is wrong in a million', () => {
    const answers = new Array(1000).fill({ a: 1 });
    const read = readMaster(
      { ...whole, answers, ...Object.fromEntries(answers.map((_, i) => [`k${i}`, i])) },
      '2026-11-22',
    );
    expect('problems' in read && read.problems.length).toBe(20);
  });
});
