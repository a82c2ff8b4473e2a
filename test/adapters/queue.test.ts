import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connect, type Database } from '../../db/client.ts';
import { type JobHandlers, type JobQueue, openQueue } from '../../server/adapters/queue.ts';
import { asOwner, createTestDatabase, type TestDatabase } from '../support/database.ts';

let files: TestDatabase;
let database: Database;
const open: JobQueue[] = [];

beforeEach(async () => {
  files = await createTestDatabase();
  database = connect(files.url, { onError: () => {} });
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((queue) => queue.close()));
  await database.close();
  await files.drop();
});

test('a job of a transaction that is undone never runs', async () => {
  const queue = await openOne(false);
  const story = database.inOrganisation(randomUUID(), async (db) => {
    await queue.send(db, 'send-mail', { organisationId: randomUUID(), id: randomUUID() });
    throw new Error('undone');
  });
  await expect(story).rejects.toThrow('undone');
  expect(await queue.runQueued(handlersOf(vi.fn()))).toBe(0);
});

test('a committed job reaches a worker at once, with what was sent', async () => {
  const web = await openOne(false);
  const worker = await openOne(true);
  const run = vi.fn();
  await worker.work(handlersOf(run));
  const job = { organisationId: randomUUID(), id: randomUUID(), locale: 'en' as const };
  await database.inOrganisation(job.organisationId, (db) => web.send(db, 'send-mail', job));
  await vi.waitFor(() => expect(run).toHaveBeenCalledTimes(1), { timeout: 5_000 });
  expect(run).toHaveBeenCalledWith(job);
});

test('a job that fails is tried again after a growing pause', async () => {
  const queue = await openOne(true);
  const run = vi.fn(() => Promise.reject(new Error('not yet')));
  await queue.work(handlersOf(run));
  const job = await send(queue);
  const pauses: number[] = [];
  for (const attempt of [1, 2]) {
    await vi.waitFor(() => expect(run).toHaveBeenCalledTimes(attempt), { timeout: 12_000, interval: 50 });
    await vi.waitFor(async () => expect(await pauseOf(job.id)).toBeGreaterThan(pauses.at(-1) ?? 0.5), {
      timeout: 2_000,
    });
    pauses.push(await pauseOf(job.id));
  }
});

test('a job out of attempts is given up once, with the last reason', async () => {
  const queue = await openOne(false);
  const run = vi.fn(async () => {
    throw new Error('the reason');
  });
  const giveUp = vi.fn();
  const job = await send(queue);
  await queue.runQueued({ 'send-mail': { run, giveUp } });
  expect(run).toHaveBeenCalledTimes(9);
  expect(giveUp.mock.calls).toEqual([[job, 'the reason']]);
  expect(await queue.depth()).toEqual({ waiting: 0, givenUp: 1 });
});

test('the job of a worker that was killed is run by another', async () => {
  const queue = await openOne(false);
  const job = await send(queue);
  const script = fileURLToPath(new URL('../support/stuck-worker.ts', import.meta.url));
  const killed = spawn(process.execPath, [script, files.url], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(killed.stdout, 'data');
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  await asOwner(files.ownerUrl, (owner) =>
    owner.query(`update pgboss.job set heartbeat_on = now() - interval '31 seconds' where data->>'id' = $1`, [job.id]),
  );
  const run = vi.fn(async () => {});
  const other = await openOne(true);
  await other.work(handlersOf(run));
  await vi.waitFor(() => expect(run).toHaveBeenCalledWith(job), { timeout: 15_000, interval: 100 });
  expect(run).toHaveBeenCalledTimes(1);
});

test('closing waits for a running job', async () => {
  const queue = await openOne(true);
  let finished = false;
  const started = vi.fn();
  await queue.work(
    handlersOf(async () => {
      started();
      await new Promise((resolve) => setTimeout(resolve, 700));
      finished = true;
    }),
  );
  await send(queue);
  await vi.waitFor(() => expect(started).toHaveBeenCalled(), { timeout: 5_000 });
  await queue.close();
  expect(finished).toBe(true);
});

async function openOne(worker: boolean): Promise<JobQueue> {
  const queue = await openQueue({ url: files.url, worker, onError: () => {}, superviseSeconds: 1 });
  open.push(queue);
  return queue;
}

async function send(queue: JobQueue) {
  const job = { organisationId: randomUUID(), id: randomUUID() };
  await database.inOrganisation(job.organisationId, (db) => queue.send(db, 'send-mail', job));
  return job;
}

function handlersOf(run: () => Promise<void>): JobHandlers {
  return { 'send-mail': { run, giveUp: async () => {} } };
}

/** Seconds until the next attempt, set when one has failed. */
async function pauseOf(id: string): Promise<number> {
  const { rows } = await database.pool.query(
    `select extract(epoch from start_after - started_on)::float as pause from pgboss.job where data->>'id' = $1 and state = 'retry'`,
    [id],
  );
  return Number(rows[0]?.pause ?? 0);
}
