import { execFile, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { cannotStart, newLines, prepareLog } from './postgres-log.ts';
import type { Place } from './postgres-place.ts';

/** `presence` is a connection held as long as we use the server; its shared lock tells other processes that we do. */
export type Server = { port: number; presence: pg.Client };
type Options = { password: string; settings: readonly string[]; port?: number };
type Launched = { exited(): boolean; output(): string };

const PRESENCE_LOCK = 7_316_202_499;
const START_WITHIN_MS = 30_000;
const run = promisify(execFile);

/** Joins the server that runs on the cluster, or starts it; two processes may do so at the same moment. */
export async function joinOrStart(place: Place, options: Options): Promise<Server> {
  const deadline = Date.now() + START_WITHIN_MS;
  let launched: Launched | undefined;
  while (Date.now() < deadline) {
    const server = await joinRunning(place.cluster, options.password);
    if (server) return server;
    if (launched?.exited() && !isWorthAnotherTry(launched.output())) throw cannotStart(launched.output());
    if (!launched || launched.exited()) launched = await launch(place, options);
    await sleep(20);
  }
  throw cannotStart(launched?.output() ?? '');
}

/** Says good-bye and shuts the server down when nobody else is connected as a process of ours. */
export async function leave({ bin, cluster, identity }: Place, presence: pg.Client): Promise<void> {
  try {
    if (!(await isLast(presence))) return;
    const flags = ['stop', '-D', cluster, '-m', 'fast', '-w', '-t', '20', '-s'];
    await run(join(bin, 'pg_ctl'), flags, { ...identity, cwd: '/' });
  } finally {
    await presence.end().catch(() => {});
  }
}

/** A server that has gone away leaves nothing to shut down: whoever starts it again is connected to it. */
async function isLast(presence: pg.Client): Promise<boolean> {
  try {
    await presence.query('select pg_advisory_unlock_shared($1)', [PRESENCE_LOCK]);
    const { rows } = await presence.query<{ last: boolean }>('select pg_try_advisory_lock($1) as last', [
      PRESENCE_LOCK,
    ]);
    return rows[0]?.last === true;
  } catch {
    return false;
  }
}

/** Undefined while there is no server, or it is still starting or already stopping. */
async function joinRunning(cluster: string, password: string): Promise<Server | undefined> {
  const port = Number(lockLines(cluster)[3]);
  if (!port) return undefined;
  const presence = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    database: 'postgres',
    connectionTimeoutMillis: 5_000,
  });
  presence.on('error', () => {});
  try {
    await presence.connect();
    await presence.query('select pg_advisory_lock_shared($1)', [PRESENCE_LOCK]);
    return { port, presence };
  } catch {
    await presence.end().catch(() => {});
    return undefined;
  }
}

/** Own session, so that Ctrl-C reaches us first and requests can finish; output to a file, so that our end is not its end. */
async function launch({ bin, cluster, identity }: Place, { settings, port }: Options): Promise<Launched> {
  removeStaleLock(cluster);
  const log = prepareLog(cluster);
  const all = [
    `port=${port ?? (await freePort())}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    ...settings,
  ];
  const output = openSync(log.path, 'a', 0o600);
  const child = spawn(join(bin, 'postgres'), ['-D', cluster, ...all.flatMap((setting) => ['-c', setting])], {
    ...identity,
    cwd: '/',
    detached: true,
    stdio: ['ignore', output, output],
    env: { LC_ALL: 'C', PATH: process.env.PATH },
  });
  closeSync(output);
  let failure = '';
  child.on('error', (error) => {
    failure = error.message;
  });
  child.unref();
  return {
    exited: () => failure !== '' || child.exitCode !== null || child.signalCode !== null,
    output: () => failure || newLines(log),
  };
}

/** Another process was faster, another program took the port, or processes of a killed server have not ended yet. */
function isWorthAnotherTry(output: string): boolean {
  return [
    /lock file "postmaster.pid" (already exists|is empty)/,
    /could not bind|could not create any TCP/,
    /pre-existing shared memory block/,
  ].some((reason) => reason.test(output));
}

/**
 * PostgreSQL refuses to start while the process named in its lock file lives. After a kill, that number can belong to
 * something else of the same user, in a container often to ourselves.
 */
function removeStaleLock(cluster: string): void {
  const pid = lockLines(cluster)[0];
  if (!pid || !existsSync(`/proc/${pid}/cmdline`)) return;
  if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(cluster))
    rmSync(join(cluster, 'postmaster.pid'), { force: true });
}

/** Line 1 process id, line 4 port (PostgreSQL documentation, "Database File Layout": postmaster.pid). */
function lockLines(cluster: string): string[] {
  const file = join(cluster, 'postmaster.pid');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
