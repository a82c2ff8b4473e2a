import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** A small project around the real set-up scripts, with an `npm` that notes what it is asked and obeys. */
let project: string;
let path: string;
const systemNode = ['/usr/bin/node', '/usr/local/bin/node'].find((file) => existsSync(file)) ?? process.execPath;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'kantoku-setup-'));
  cpSync('server/cli/setup.mjs', join(project, 'server/cli/setup.mjs'), { recursive: true });
  cpSync('server/cli/setup', join(project, 'server/cli/setup'), { recursive: true });
  write('server/main.ts', `console.log('started', process.version, process.argv.slice(2).join(' '));`);
  write('package-lock.json', lock({ 'node_modules/a': '1.0.0' }, { 'node_modules/for-another-platform': '1.0.0' }));
  mkdirSync(join(project, 'tools'));
  symlinkSync(systemNode, join(project, 'tools/node'));
  fakeNpm(0);
  path = `${join(project, 'tools')}:/usr/bin:/bin`;
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

test('a fresh clone is installed once, and then runs on Node 24', () => {
  const first = run('start', '--web');
  expect(first.stdout).toMatch(/^started v24\..* --web\n$/);
  expect(first.stderr).toMatch(/インストールしています.*Installing packages/s);
  expect(npmCalls()).toEqual(['ci']);
  const second = run('start');
  expect(second.stderr).toBe('');
  expect(npmCalls()).toEqual(['ci']);
});

test.each([
  ['another version', lock({ 'node_modules/a': '2.0.0' })],
  ['another package', lock({ 'node_modules/a': '1.0.0', 'node_modules/b': '1.0.0' })],
  ['a package less', lock({})],
])('a lock file with %s is installed again', (_, changed) => {
  run('start');
  write('package-lock.json', changed);
  run('start');
  expect(npmCalls()).toEqual(['ci', 'ci']);
});

test('an installation that fails is told in both languages, and nothing is started', () => {
  fakeNpm(1);
  const failed = run('start');
  expect(failed.status).toBe(1);
  expect(failed.stdout).toBe('');
  expect(failed.stderr).toMatch(/npm ci に失敗しました.*npm ci failed/s);
});

test('a Node whose install script was kept from running is built again', () => {
  run('start');
  rmSync(join(project, 'node_modules/.bin/node'));
  const again = run('start');
  if (systemNode === process.execPath) return;
  expect(npmCalls()).toEqual(['ci', 'rebuild']);
  expect(again.stdout).toMatch(/^started v24\./);
});

test('exit codes and signals reach the caller and the command', async () => {
  write('server/main.ts', 'process.exit(7);');
  expect(run('start').status).toBe(7);
  write(
    'server/main.ts',
    `process.on('SIGTERM', () => process.exit(5)); setInterval(() => {}, 1000); console.log('up');`,
  );
  const child = spawn('node', [join(project, 'server/cli/setup.mjs'), 'start'], {
    env: environment(),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([5, null]);
});

test('the second run installs nothing', () => {
  run('start');
  const calls = npmCalls();
  expect(run('start').status).toBe(0);
  expect(npmCalls()).toEqual(calls);
});

test('an unknown command names those there are', () => {
  const unknown = run('strat');
  expect(unknown.status).toBe(1);
  expect(unknown.stderr).toMatch(/start\|demo/);
});

test('every script of package.json is known to the set-up', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  for (const [name, script] of Object.entries(scripts)) {
    const command = /setup\.mjs (\S+)/.exec(script)?.[1];
    expect(command, name).toBeDefined();
    expect(readFileSync('server/cli/setup.mjs', 'utf8')).toMatch(new RegExp(`^ {2}'?${command}'?: \\{`, 'm'));
  }
});

function run(...args: string[]) {
  const script = join(project, 'server/cli/setup.mjs');
  return spawnSync('node', [script, ...args], { env: environment(), encoding: 'utf8', timeout: 30_000 });
}

function environment(): NodeJS.ProcessEnv {
  return { PATH: path, HOME: project, PUPPETEER_EXECUTABLE_PATH: '/bin/true' };
}

function write(name: string, text: string): void {
  mkdirSync(join(project, name, '..'), { recursive: true });
  writeFileSync(join(project, name), text);
}

/** Installs by copying the lock file to where npm keeps its own, and Node 24 into the project. */
function fakeNpm(status: number): void {
  const install = `mkdir -p node_modules/.bin && cp package-lock.json node_modules/.package-lock.json && ln -sf ${process.execPath} node_modules/.bin/node`;
  writeFileSync(
    join(project, 'tools/npm'),
    `#!/bin/sh\necho "$1" >> calls\n[ ${status} = 0 ] && ${install}\nexit ${status}\n`,
  );
  chmodSync(join(project, 'tools/npm'), 0o755);
}

function npmCalls(): string[] {
  return readFileSync(join(project, 'calls'), 'utf8').trim().split('\n');
}

function lock(packages: Record<string, string>, optional: Record<string, string> = {}): string {
  const entries = Object.entries(packages).map(([name, version]) => [name, { version }]);
  const others = Object.entries(optional).map(([name, version]) => [name, { version, optional: true }]);
  return JSON.stringify({ packages: { '': {}, ...Object.fromEntries([...entries, ...others]) } });
}
