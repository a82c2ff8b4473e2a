import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../server/cli/lint.ts', import.meta.url));
const small = readFileSync(new URL('../fixtures/small-questionnaire.yaml', import.meta.url), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'kantoku-lint-'));
afterAll(() => rmSync(folder, { recursive: true }));

function lint(...files: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...files], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('npm run lint:questionnaires', () => {
  it('passes every published questionnaire when no file is named', () => {
    const { status, stdout } = lint();
    expect(status).toBe(0);
    expect(stdout).toContain('jp-cloud-ppc.v1.0.0.yaml');
  });

  it('names file, line, column, rule and place, says how to mend it in both languages, and exits 1', () => {
    const file = join(folder, 'broken.yaml');
    writeFileSync(file, small.replace('Q_2.value > 0.0', 'Q_9.value > 0.0'));
    const { status, stderr } = lint(file);
    expect(status).toBe(1);
    expect(stderr).toMatch(/broken\.yaml:\d+:\d+ error type sections\.0\.questions\.2\.showWhen/);
    expect(stderr).toContain('設問IDは - を _ に替えて書きます。');
    expect(stderr).toContain('Write - in a question id as _.');
  });

  it('looks at every file, good ones too, and says when one cannot be read', () => {
    const file = join(folder, 'good.yaml');
    writeFileSync(file, small);
    expect(lint(file).status).toBe(0);
    const { status, stdout, stderr } = lint(join(folder, 'missing.yaml'), file);
    expect(status).toBe(1);
    expect(stdout).toContain('good.yaml');
    expect(stderr).toContain('Check the name.');
  });
});
