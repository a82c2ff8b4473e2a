import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What our own signature database calls a virus. Real signatures cannot be had without their download server. */
export const TEST_VIRUS = 'KANTOKU-VIRUS-SCANNER-TEST-FILE-OF-NO-HARM';
export const TEST_VIRUS_NAME = 'Kantoku.Test.NoHarm.UNOFFICIAL';

export type Clamd = {
  socket: string;
  start(): Promise<void>;
  /** SIGKILL, as when the machine runs out of memory. */
  kill(): Promise<void>;
  close(): Promise<void>;
};

const program = ['/usr/sbin/clamd', '/usr/local/sbin/clamd', '/usr/bin/clamd'].find((file) => existsSync(file));
/** Why tests with a real clamd are skipped; null when they run. */
export const withoutClamd =
  program && spawnSync(program, ['--version']).status === 0
    ? null
    : 'clamd is not installed (Debian: clamav-daemon), so nothing was scanned for real';

/** A clamd of our own in a temporary folder, listening on a UNIX socket; the system's service is left alone. */
export function createClamd(): Clamd {
  const folder = mkdtempSync(join(tmpdir(), 'kantoku-clamd-'));
  const socket = join(folder, 'clamd.sock');
  writeConfiguration(folder, socket);
  let running: ChildProcess | undefined;

  const isRunning = () => running !== undefined && running.exitCode === null && running.signalCode === null;

  /** Does nothing while it runs. */
  async function start(): Promise<void> {
    if (isRunning()) return;
    rmSync(socket, { force: true });
    running = spawn(program ?? 'clamd', ['--config-file', join(folder, 'clamd.conf')], { stdio: 'ignore' });
    for (const deadline = Date.now() + 30_000; !existsSync(socket); ) {
      if (running.exitCode !== null || Date.now() > deadline) throw new Error('clamd did not start');
      await new Promise((next) => setTimeout(next, 100));
    }
  }

  async function kill(): Promise<void> {
    if (!running || !isRunning()) return;
    const ended = once(running, 'exit');
    running.kill('SIGKILL');
    await ended;
  }

  return {
    socket,
    start,
    kill,
    close: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function writeConfiguration(folder: string, socket: string): void {
  for (const name of ['signatures', 'tmp']) mkdirSync(join(folder, name));
  const signature = Buffer.from(TEST_VIRUS).toString('hex');
  writeFileSync(join(folder, 'signatures', 'test.ndb'), `Kantoku.Test.NoHarm:0:*:${signature}\n`);
  const settings = {
    Foreground: 'yes',
    LocalSocket: socket,
    DatabaseDirectory: join(folder, 'signatures'),
    TemporaryDirectory: join(folder, 'tmp'),
    StreamMaxLength: '26M',
    MaxFileSize: '30M',
    MaxScanSize: '400M',
    AlertExceedsMax: 'yes',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} ${value}\n`);
  writeFileSync(join(folder, 'clamd.conf'), lines.join(''));
}
