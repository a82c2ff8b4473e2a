import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../server/adapters/embedded-postgres.ts';
import { asOwner } from '../support/database.ts';

const script = fileURLToPath(new URL('../support/postgres-process.ts', import.meta.url));
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const quiet = { info: () => {}, error: () => {} };
const root = process.getuid?.() === 0;
let folder: string;
const running: EmbeddedPostgres[] = [];
const processes: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kantoku-embedded-'));
  chmodSync(folder, 0o755);
});
afterEach(async () => {
  for (const child of processes.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  for (const postgres of running.splice(0)) await postgres.stop();
  await (await start().catch(() => undefined))?.stop();
  running.splice(0);
  expect(processIdOf(folder)).toBeUndefined();
  rmSync(folder, { recursive: true, force: true });
});

test('it starts PostgreSQL 18 with checksums, UTF-8 and a secret password, on 127.0.0.1 only', async () => {
  const { url } = await start();
  expect(new URL(url).hostname).toBe('127.0.0.1');
  const names = ['server_version', 'data_checksums', 'server_encoding', 'listen_addresses', 'unix_socket_directories'];
  expect(
    await query(url, `select name, setting from pg_settings where name = any ('{${names}}') order by name`),
  ).toEqual([
    { name: 'data_checksums', setting: 'on' },
    { name: 'listen_addresses', setting: '127.0.0.1' },
    { name: 'server_encoding', setting: 'UTF8' },
    { name: 'server_version', setting: expect.stringMatching(/^18\./) },
    { name: 'unix_socket_directories', setting: '' },
  ]);
  expect(statSync(join(folder, 'postgres-password')).mode & 0o777).toBe(0o600);
  await expect(query(url.replace(/:[^:@]+@/, ':guess@'), 'select 1')).rejects.toMatchObject({ code: '28P01' });
});

test('what is stored is there after the next start, which makes no new cluster', async () => {
  const first = await start();
  await query(first.url, 'create table kept as select 42 as answer');
  await first.stop();
  const second = await start();
  expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
});

test('stopping leaves no process and no lock', async () => {
  const postgres = await start();
  const pid = processIdOf(folder);
  expect(pid).toBeGreaterThan(0);
  await postgres.stop();
  expect(isAlive(pid)).toBe(false);
  expect(existsSync(join(folder, 'postgres', 'postmaster.pid'))).toBe(false);
});

test('the server of a killed process is used again and then stopped', async () => {
  const { child, url } = await startInProcess();
  await query(url, 'create table kept as select 1 as one');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const pid = processIdOf(folder);
  expect(isAlive(pid)).toBe(true);
  const next = await start();
  expect(processIdOf(folder)).toBe(pid);
  expect(await query(next.url, 'select one from kept')).toEqual([{ one: 1 }]);
  await next.stop();
  expect(isAlive(pid)).toBe(false);
});

test('after everything was killed the lock left behind is no obstacle', async () => {
  const { child, url } = await startInProcess();
  await query(url, 'create table kept as select 1 as one');
  await query(url, 'checkpoint');
  child.kill('SIGKILL');
  const pid = processIdOf(folder) ?? 0;
  process.kill(pid, 'SIGKILL');
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 15_000 });
  expect(existsSync(join(folder, 'postgres', 'postmaster.pid'))).toBe(true);
  const next = await start();
  expect(await query(next.url, 'select one from kept')).toEqual([{ one: 1 }]);
});

test('a lock whose number now belongs to another program is no obstacle', async () => {
  const first = await start();
  const lock = join(folder, 'postgres', 'postmaster.pid');
  const content = readFileSync(lock, 'utf8');
  await first.stop();
  const other = spawn('sleep', ['60'], root ? ownerOf(join(folder, 'postgres')) : {});
  processes.push(other);
  writeFileSync(lock, content.replace(/^\d+/, String(other.pid)));
  expect(await query((await start()).url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('two processes share one server, and the last to leave stops it', async () => {
  const [first, second] = await Promise.all([startInProcess(), startInProcess()]);
  expect(second.url).toBe(first.url);
  const pid = processIdOf(folder);
  first.child.kill('SIGTERM');
  await once(first.child, 'exit');
  expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  second.child.kill('SIGTERM');
  await once(second.child, 'exit');
  expect(isAlive(pid)).toBe(false);
});

test('a server that crashes comes back on the same port', async () => {
  const { url } = await start();
  await query(url, 'create table kept as select 1 as one');
  process.kill(processIdOf(folder) ?? 0, 'SIGKILL');
  await vi.waitFor(async () => expect(await query(url, 'select one from kept')).toEqual([{ one: 1 }]), {
    timeout: 45_000,
    interval: 100,
  });
});

test('a crash that leaves a process of the old server behind is waited out', async () => {
  const { url } = await start();
  await query(url, 'create table kept as select 1 as one');
  const pid = processIdOf(folder) ?? 0;
  const child = childrenOf(pid)[0] ?? 0;
  process.kill(child, 'SIGSTOP');
  process.kill(pid, 'SIGKILL');
  await vi.waitFor(() => expect(logOf(folder)).toContain('pre-existing shared memory block'), { timeout: 30_000 });
  process.kill(child, 'SIGCONT');
  await vi.waitFor(async () => expect(await query(url, 'select one from kept')).toEqual([{ one: 1 }]), {
    timeout: 45_000,
    interval: 100,
  });
});

test('a broken cluster is told with the words of PostgreSQL', async () => {
  await (await start()).stop();
  writeFileSync(join(folder, 'postgres', 'postgresql.conf'), 'max_connections = many\n');
  await expect(start()).rejects.toThrow(/DATABASE_URL.*max_connections/s);
  rmSync(join(folder, 'postgres'), { recursive: true });
});

test.runIf(root)('it works from a folder nobody else may enter', async () => {
  const hidden = join(folder, 'hidden');
  mkdirSync(hidden, { mode: 0o700 });
  const dataDir = join(hidden, 'data');
  const postgres = await startEmbeddedPostgres(dataDir, quiet, ['fsync=off']);
  expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await postgres.stop();
  const again = await startEmbeddedPostgres(dataDir, quiet, ['fsync=off']);
  await again.stop();
  const elsewhere = join('/var/lib/kantoku', readFileSync(join(dataDir, 'postgres-folder'), 'utf8'));
  expect(statSync(join(elsewhere, 'postgres')).uid).not.toBe(0);
  rmSync(dataDir, { recursive: true });
  await (await startEmbeddedPostgres(dataDir, quiet, ['fsync=off'])).stop();
  expect(existsSync(elsewhere)).toBe(false);
  rmSync(join('/var/lib/kantoku', readFileSync(join(dataDir, 'postgres-folder'), 'utf8')), { recursive: true });
});

test.runIf(root)('it works for an ordinary user', async () => {
  const home = join(folder, 'home');
  mkdirSync(home);
  spawnSync('chown', ['nobody', home]);
  const { uid } = statSync(home);
  const child = spawn(process.execPath, [script, join(home, 'data')], { uid, stdio: ['ignore', 'pipe', 'inherit'] });
  processes.push(child);
  const [url] = (await once(child.stdout, 'data')) as [Buffer];
  expect(await query(String(url).trim(), 'select 1 as one')).toEqual([{ one: 1 }]);
  child.kill('SIGTERM');
  await once(child, 'exit');
  expect(existsSync(join(home, 'data', 'postgres', 'postmaster.pid'))).toBe(false);
});

async function start(): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres(folder, quiet, ['fsync=off']);
  running.push(postgres);
  return postgres;
}

async function startInProcess() {
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  processes.push(child);
  const [url] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, url: String(url).trim() };
}

async function query(url: string, text: string): Promise<unknown[]> {
  let rows: unknown[] = [];
  await asOwner(url, async (client: pg.Client) => {
    rows = (await client.query(text)).rows;
  });
  return rows;
}

function processIdOf(dataDir: string): number | undefined {
  const lock = join(dataDir, 'postgres', 'postmaster.pid');
  return existsSync(lock) ? Number(readFileSync(lock, 'utf8').split('\n')[0]) : undefined;
}

function childrenOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children.split(' ').filter(Boolean).map(Number);
}

function isAlive(pid: number | undefined): boolean {
  return (
    pid !== undefined && existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  );
}

function ownerOf(path: string) {
  const { uid, gid } = statSync(path);
  return { uid, gid };
}

function logOf(dataDir: string): string {
  return readFileSync(join(dataDir, 'postgres.log'), 'utf8');
}
