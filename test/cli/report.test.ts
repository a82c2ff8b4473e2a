import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { inspect } from '../adapters/pdf/inspect.ts';

const folder = mkdtempSync(join(tmpdir(), 'kantoku-report-cli-'));
const program = fileURLToPath(new URL('../../server/cli/report.ts', import.meta.url));
const examples = fileURLToPath(new URL('../cases/worked-examples.json', import.meta.url));
const out = join(folder, 'out.pdf');

afterAll(() => rmSync(folder, { recursive: true }));

function report(...args: string[]) {
  const { status, stderr, stdout } = spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    timeout: 50_000,
  });
  return { status, stderr, stdout };
}

function caseFile(value: unknown): string {
  const path = join(folder, 'case.json');
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}

const minimal = { id: 'T1', asOf: '2026-11-21', mode: 'provisional', answers: {} };

describe('npm run report', () => {
  it('writes the report of one case of a file', async () => {
    const { status, stderr } = report(examples, '--case', 'EX1', '-o', out, '--lang', 'en');
    expect(status, stderr).toBe(0);
    expect(stderr).toContain('Non-conforming');
    const pdf = await inspect(readFileSync(out));
    expect(pdf.lang).toBe('en');
    expect(JSON.parse(pdf.attachments['report.json'] ?? '{}')).toMatchObject({
      number: 'CASE-EX1',
      summary: { score: 1.3 },
    });
  });

  it('puts the parties of the case file on the cover', async () => {
    const file = caseFile({
      ...minimal,
      vendor: { name: '株式会社甲' },
      service: { name: '乙クラウド' },
      number: 'N-1',
      issuedAt: '2026-11-22T09:00:00+09:00',
    });
    expect(report(file, '-o', out).status).toBe(0);
    const [cover] = (await inspect(readFileSync(out))).pages;
    for (const text of ['株式会社甲', '乙クラウド', 'N-1', '2026年11月22日', '草案']) expect(cover).toContain(text);
  });

  it.each([
    ['several cases without a choice', () => [examples, '-o', out], 1, 'EX1, EX2'],
    ['a case that is not there', () => [examples, '-o', out, '--case', 'EX99'], 1, 'EX99'],
    ['a file that is not there', () => ['/nowhere.json', '-o', out], 1, 'ENOENT'],
    ['a file that is not JSON', () => [caseFile('{'), '-o', out], 1, 'JSON'],
    [
      'an unknown question',
      () => [caseFile({ ...minimal, answers: { 'XX-1': { value: 'a' } } }), '-o', out],
      1,
      'XX-1',
    ],
    [
      'an unknown field of a party',
      () => [caseFile({ ...minimal, vendor: { name: '甲', nmae: '乙' } }), '-o', out],
      1,
      '/vendor',
    ],
    ['an unknown field of the case', () => [caseFile({ ...minimal, answer: {} }), '-o', out], 1, 'answer'],
    [
      'an unknown questionnaire',
      () => [caseFile({ ...minimal, questionnaire: 'none' }), '-o', out],
      1,
      'jp-cloud-ppc@1.0.0',
    ],
    ['a place that cannot be written', () => [caseFile(minimal), '-o', '/proc/nowhere/out.pdf'], 1, '-o'],
    ['no output', () => [examples], 2, 'npm run --silent report'],
    ['an unknown language', () => [examples, '-o', out, '--lang', 'fr'], 2, 'npm run --silent report'],
  ])('says what to do about %s, in both languages', (_, args, code, hint) => {
    rmSync(out, { force: true });
    const { status, stderr, stdout } = report(...args());
    expect(status).toBe(code);
    expect(stderr).toContain(hint);
    expect(stderr).toMatch(/[ぁ-ん一-龠]/);
    expect(stderr).toMatch(/[a-z]{3,} [a-z]{2,}/);
    expect(stderr).not.toContain('    at ');
    expect(stdout).toBe('');
    expect(existsSync(out)).toBe(false);
  });
});
