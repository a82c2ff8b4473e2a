import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { best, worked } from '../domain/cases.ts';

const script = fileURLToPath(new URL('../../server/cli/score.ts', import.meta.url));
const FIELDS = [
  'id',
  'asOf',
  'mode',
  'questionnaire',
  'scorerVersion',
  'raw',
  'score',
  'grade',
  'coverage',
  'answeredOnly',
  'judgement',
  'knockouts',
  'findings',
  'legal',
  'overstatedClaims',
  'sections',
  'issues',
  'issueCounts',
];

type Run = {
  readonly code: number | null;
  readonly lines: readonly Record<string, unknown>[];
  readonly errors: string;
};

/** Runs the command on text, as in a pipe. */
function run(input: string, ...args: readonly string[]): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: 'pipe' });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (errors += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      const lines = output.split('\n').filter((line) => line !== '');
      resolve({ code, lines: lines.map((line) => JSON.parse(line)), errors });
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
const lines = (...values: readonly unknown[]) =>
  values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join('\n');
const good = { asOf: '2026-11-21', mode: 'final', answers: best };

describe('npm run score', () => {
  it('answers every worked example, in order, with exactly the published fields', async () => {
    const input = Object.entries(worked).map(([id, example]) => ({ id, ...example }));
    const { code, lines: results } = await run(lines(...input));
    expect(code).toBe(0);
    expect(results.map(({ id }) => id)).toEqual(Object.keys(worked));
    for (const result of results) {
      expect(Object.keys(result)).toEqual(FIELDS);
      const { expected } = worked[String(result.id)]!;
      expect(Object.fromEntries(Object.keys(expected).map((field) => [field, result[field]]))).toEqual(expected);
    }
  });

  it('puts an error in the place of a bad line, runs the others, and exits 1', async () => {
    const { code, lines: results } = await run(
      lines(
        { id: 'first', ...good },
        '{"id": "torn"',
        '',
        { id: 7, ...good, asOf: '2026-02-30' },
        { id: 'mode', ...good, mode: 'draft' },
        { id: 'extra', ...good, weight: 3 },
        { id: 'answer', ...good, answers: { 'ORG-02': { value: 'yes', points: 1 } } },
        { id: 'record', ...good, answers: { 'CRT-01': { value: [{ kind: 'ISMS', expiry: '2028-01-01' }] } } },
        { id: 'question', ...good, answers: { 'ORG-99': { value: 'yes' } } },
        { id: 'value', ...good, answers: { 'ORG-02': { value: 'maybe' } } },
        { id: 'shape', ...good, answers: [] },
        { id: 'context', ...good, context: { customerIsEntrustee: 'yes' } },
        { id: 'who', ...good, questionnaire: 'nobody' },
        { id: { a: 1 }, ...good },
        '[]',
        'null',
        { id: 'last', ...good },
      ),
    );
    expect(code).toBe(1);
    const said = results.map((result) => [
      result.id,
      result.line,
      (result.error as { code: string; path: string } | undefined)?.code,
      (result.error as { path: string } | undefined)?.path,
    ]);
    expect(said).toEqual([
      ['first', undefined, undefined, undefined],
      [undefined, 2, 'invalid_json', ''],
      [7, 4, 'invalid_case', '/asOf'],
      ['mode', 5, 'invalid_case', '/mode'],
      ['extra', 6, 'invalid_case', '/weight'],
      ['answer', 7, 'invalid_case', '/answers/ORG-02/points'],
      ['record', 8, 'invalid_answer', '/answers/CRT-01/value/0/expiry'],
      ['question', 9, 'unknown_question', '/answers/ORG-99'],
      ['value', 10, 'invalid_answer', '/answers/ORG-02/value'],
      ['shape', 11, 'invalid_case', '/answers'],
      ['context', 12, 'invalid_case', '/context/customerIsEntrustee'],
      ['who', 13, 'unknown_questionnaire', '/questionnaire'],
      [undefined, 14, 'invalid_case', '/id'],
      [undefined, 15, 'invalid_case', ''],
      [undefined, 16, 'invalid_case', ''],
      ['last', undefined, undefined, undefined],
    ]);
    for (const { error } of results) {
      if (error !== undefined)
        expect(error).toMatchObject({
          message: { ja: expect.stringMatching(/。$/), en: expect.stringMatching(/\.$/) },
        });
    }
  });

  it('takes the other questionnaire, a version, the context, and explains when asked', async () => {
    const { code, lines: results } = await run(
      lines(
        { ...good, questionnaire: 'jp-cloud-ppc@1.0.0', context: { customerIsEntrustee: true } },
        { ...good, questionnaire: 'jp-cloud-selfcheck', answers: {} },
      ),
      '--explain',
    );
    expect(code).toBe(0);
    expect(Object.keys(results[0]!)).toEqual([...FIELDS, 'why']);
    expect(results[0]).toMatchObject({ id: null, legal: { overlays: ['SUB_ENTRUSTMENT'] } });
    expect((results[0]!.why as { questions: unknown[] }).questions).toHaveLength(90);
    expect(results[1]).toMatchObject({ questionnaire: 'jp-cloud-selfcheck@1.0.0', legal: null });
  });

  it('keeps a line separator that stands inside a text, and reads CRLF and a byte order mark', async () => {
    const comment = { ...good, answers: { 'ORG-01': { value: 'a\u2028b' } } };
    const text = JSON.stringify(comment).replace('\\u2028', '\u2028');
    const { code, lines: results } = await run(`\uFEFF${text}\r\n\r\n${text}`);
    expect([code, results.length]).toEqual([0, 2]);
  });

  it('scores 1,000 cases in one process', async () => {
    const line = JSON.stringify(good);
    const { code, lines: results } = await run(Array.from({ length: 1000 }, () => line).join('\n'));
    expect([code, results.length]).toEqual([0, 1000]);
  });

  it('ends quietly when the reader closes the pipe', async () => {
    const child = spawn(
      'bash',
      ['-c', `yes '${JSON.stringify(good)}' | head -3000 | "${process.execPath}" "${script}" | head -1 | wc -l`],
      { stdio: 'pipe' },
    );
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (errors += chunk));
    await new Promise((resolve) => child.on('close', resolve));
    expect([output.trim(), errors]).toEqual(['1', '']);
  });

  it('refuses an option it does not know', async () => {
    const { code, errors } = await run('', '--fast');
    expect(code).toBe(2);
    expect(errors).toContain('--explain');
  });
});
