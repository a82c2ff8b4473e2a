import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import examples from '../cases/worked-examples.json' with { type: 'json' };

const demo = fileURLToPath(new URL('../../server/cli/demo.ts', import.meta.url));
const { expected } = examples.EX1;

describe('npm run demo -- --once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kantoku-demo-'));
  let ended: { code: number | null; output: string };
  beforeAll(async () => {
    ended = await run(folder);
  }, 180_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('plays the case to its end and says what came of it', () => {
    expect(ended.output).toContain(`${expected.score}　${expected.grade}`);
    expect(ended.output).toContain('不適合 / Non-conforming');
    for (const finding of expected.knockouts) expect(ended.output).toMatch(new RegExp(`${finding}  × 不適合 / Fail`));
    expect(ended.output).toContain('Entrustment');
    expect(ended.code).toBe(0);
  });

  it.each([
    ['ja', ['委託先（クラウドサービス）監査報告書', '不適合', '保守用ID']],
    ['en', ['Non-conforming', 'Maintenance IDs', 'Minato Manufacturing']],
  ])('writes the %s report', async (locale, words) => {
    const text = await textOf(join(folder, 'out', `mk-system-2023-06.${locale}.pdf`));
    for (const word of words) expect(text).toContain(word);
  });
});

function run(cwd: string): Promise<{ code: number | null; output: string }> {
  const env = { ...process.env, DATA_DIR: join(cwd, 'data'), LOG_LEVEL: 'warn' };
  const child = spawn(process.execPath, [demo, '--once'], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}

/** Text of all pages without blanks: line breaks fall anywhere in Japanese. */
async function textOf(file: string): Promise<string> {
  const loading = getDocument({ data: new Uint8Array(readFileSync(file)), verbosity: 0 });
  const pdf = await loading.promise;
  const pages: string[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(''));
  }
  await loading.destroy();
  return pages.join('\n');
}
