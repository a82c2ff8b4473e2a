import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest';
import { asOwner } from './support/database.ts';
import { freePort } from './support/free-port.ts';

type Child = ChildProcessByStdio<null, Readable, Readable> & { output: string };
const server = inject('ownerUrl');
const children: Child[] = [];
let name: string;
let folder: string;
let port: number;

beforeEach(async () => {
  name = `main_${randomBytes(5).toString('hex')}`;
  folder = mkdtempSync(join(tmpdir(), 'kantoku-main-'));
  port = await freePort();
  await asOwner(server, (owner) => owner.query(`create database ${name}`));
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await asOwner(server, async (owner) => {
    await owner.query(`drop database ${name} with (force)`);
    await owner.query(`drop role if exists kantoku_app_${name}`);
  });
  rmSync(folder, { recursive: true, force: true });
});

test('it starts on an empty database, invites the first owner, and ends cleanly on SIGTERM', async () => {
  const child = start([]);
  await listening(child);
  await vi.waitFor(
    () => expect(child.output).toMatch(new RegExp(`http://localhost:${port}/welcome#ktkf_[\\w-]{30,}`)),
    { timeout: 15_000 },
  );
  expect(await get('/readyz')).toMatchObject({ status: 'ready' });
  child.kill('SIGTERM');
  expect(await exitOf(child)).toBe(0);
});

test('its database connections may all die; it serves on', async () => {
  const child = start([]);
  await listening(child);
  for (let round = 0; round < 3; round += 1) {
    await asOwner(server, (owner) =>
      owner.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = $1`, [name]),
    );
    await vi.waitFor(
      async () => {
        expect(child.exitCode, child.output).toBeNull();
        expect(await get('/readyz')).toMatchObject({ status: 'ready' });
      },
      { timeout: 30_000 },
    );
  }
  expect(child.exitCode).toBeNull();
});

test('a port in use is told with what to do', async () => {
  const other = createServer().listen(port, '127.0.0.1');
  const child = start([]);
  expect(await exitOf(child)).toBe(1);
  other.close();
  expect(child.output).toMatch(`ポート ${port} は別のプログラムが使用中です`);
  expect(child.output).toMatch(/Port \d+ is in use.*PORT=3001 npm start/);
  expect(child.output).not.toMatch(/\n {4}at /);
});

test('a database that is down is told with what to do', async () => {
  const child = start([], { DATABASE_URL: 'postgres://x:hidden@127.0.0.1:1/kantoku' });
  expect(await exitOf(child)).toBe(1);
  expect(child.output).toMatch(/127\.0\.0\.1:1\/kantoku に接続できません.*ECONNREFUSED/);
  expect(child.output).toMatch(/cannot be reached/);
  expect(child.output).not.toMatch(/hidden|\n {4}at /);
});

test('a worker alone opens no port; an unknown argument is refused', async () => {
  const worker = start(['--worker']);
  const refused = start(['--wokrer']);
  expect(await exitOf(refused)).toBe(1);
  await vi.waitFor(async () => expect(await connections()).toBeGreaterThan(1), { timeout: 30_000 });
  await expect(get('/livez')).rejects.toThrow();
  worker.kill('SIGINT');
  expect(await exitOf(worker)).toBe(0);
});

test.each(['exception', 'rejection', 'hang'])(
  'after an unexpected %s it closes what is open and ends with 1 within 6 s',
  async (how) => {
    const script = fileURLToPath(new URL('support/crashing-program.ts', import.meta.url));
    const child = collect(spawn(process.execPath, [script, how], { stdio: ['ignore', 'pipe', 'pipe'] }));
    await once(child.stdout, 'data');
    const began = Date.now();
    expect(await exitOf(child)).toBe(1);
    expect(Date.now() - began).toBeLessThan(6_500);
    if (how !== 'hang') expect(child.output).toMatch('closed');
  },
);

function start(args: string[], env: NodeJS.ProcessEnv = {}): Child {
  const url = new URL(server);
  url.pathname = `/${name}`;
  const settings = {
    DATABASE_URL: url.href,
    APP_SECRET: 's'.repeat(40),
    DATA_DIR: folder,
    PORT: String(port),
    LOG_LEVEL: 'warn',
  };
  const script = fileURLToPath(new URL('../server/main.ts', import.meta.url));
  return collect(
    spawn(process.execPath, [script, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, ...settings, ...env },
    }),
  );
}

function collect(child: ChildProcessByStdio<null, Readable, Readable>): Child {
  const collected = Object.assign(child, { output: '' });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (collected.output += String(chunk)));
  children.push(collected);
  return collected;
}

async function listening(child: Child): Promise<void> {
  await vi.waitFor(() => expect(child.output).toMatch(/^Kantoku: http/m), { timeout: 40_000, interval: 50 });
}

async function exitOf(child: Child): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

async function get(path: string): Promise<unknown> {
  return (await fetch(`http://127.0.0.1:${port}${path}`)).json();
}

async function connections(): Promise<number> {
  let count = 0;
  await asOwner(server, async (owner) => {
    const { rows } = await owner.query(
      `select count(*)::int as count from pg_stat_activity where datname = $1 and usename like 'kantoku_app%'`,
      [name],
    );
    count = rows[0].count;
  });
  return count;
}
