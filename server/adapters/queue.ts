import { sql } from 'drizzle-orm';
import { fromDrizzle, type JobWithMetadata, PgBoss } from 'pg-boss';
import type { Job, JobName, Queue } from '../services.ts';

/** What a worker does with a job. Both must be idempotent: a kill between doing and completing repeats them. */
export type JobHandler = {
  /** Rejects to be tried again later, with growing pauses. */
  run(job: Job): Promise<void>;
  /** Called once after the last attempt has failed, or its worker was killed; makes the failure visible to people. */
  giveUp(job: Job, reason: string): Promise<void>;
};
export type JobHandlers = Partial<Record<JobName, JobHandler>>;

export type JobQueue = Queue & {
  /** Starts pulling jobs in this process. */
  work(handlers: JobHandlers): Promise<void>;
  /** Runs what is queued now, at once and in order, without the pauses between attempts; resolves to how many ran. */
  runQueued(handlers: JobHandlers): Promise<number>;
  /** Lets running jobs finish, for at most 20 s. */
  close(): Promise<void>;
};

/** Created by db/migrate.ts: the app role may not. A job that is out of attempts moves to `given-up`. */
const GIVEN_UP = 'given-up';
export const QUEUES: readonly { name: JobName; deadLetter: typeof GIVEN_UP }[] = [
  { name: 'send-mail', deadLetter: GIVEN_UP },
  { name: 'render-report', deadLetter: GIVEN_UP },
  { name: 'scan-evidence', deadLetter: GIVEN_UP },
];

type Fetched = JobWithMetadata<Job>;
type Options = { url: string; worker: boolean; onError: (error: Error) => void; superviseSeconds?: number };

/** `url` is the app role's address. A process that only serves pages (`worker: false`) neither listens nor supervises. */
export async function openQueue({ url, worker, onError, superviseSeconds = 15 }: Options): Promise<JobQueue> {
  const boss = new PgBoss({
    connectionString: url,
    max: worker ? 4 : 2,
    connectionTimeoutMillis: 5_000,
    migrate: false,
    schedule: false,
    supervise: worker,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
    useListenNotify: worker,
    reindex: false,
    monitorVacuum: false,
  });
  boss.on('error', onError);
  await boss.start();
  return {
    send: async (db, name, job) => {
      await boss.send(name, job, { db: fromDrizzle(db, sql) });
    },
    work: (handlers) => work(boss, handlers),
    runQueued: (handlers) => runQueued(boss, handlers),
    depth: () => depth(boss),
    close: () => boss.stop({ graceful: true, timeout: 20_000 }),
  };
}

async function work(boss: PgBoss, handlers: JobHandlers): Promise<void> {
  const options = { includeMetadata: true, pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 2 } as const;
  for (const { name } of QUEUES) {
    await boss.work(
      name,
      { ...options, localConcurrency: 2 },
      async ([job]: Fetched[]) => job && run(handlers, name, job),
    );
  }
  await boss.work(GIVEN_UP, options, async ([job]: Fetched[]) => job && giveUp(handlers, job));
}

async function runQueued(boss: PgBoss, handlers: JobHandlers): Promise<number> {
  let ran = 0;
  for (const name of [...QUEUES.map((queue) => queue.name), GIVEN_UP] as const) {
    for (;;) {
      const [job] = await boss.fetch<Job>(name, { includeMetadata: true, ignoreStartAfter: true });
      if (!job) break;
      ran += 1;
      try {
        await (name === GIVEN_UP ? giveUp(handlers, job) : run(handlers, name, job));
        await boss.complete(name, job.id);
      } catch (error) {
        await boss.fail(name, job.id, { message: messageOf(error) });
      }
    }
  }
  return ran;
}

async function run(handlers: JobHandlers, name: JobName, job: Fetched): Promise<void> {
  const handler = handlers[name];
  if (!handler) throw new Error(`queue: nobody handles ${name}`);
  await handler.run(job.data);
}

async function giveUp(handlers: JobHandlers, job: Fetched): Promise<void> {
  const source = QUEUES.find((queue) => queue.name === job.sourceName);
  if (source) await handlers[source.name]?.giveUp(job.data, messageOf(job.sourceOutput));
}

async function depth(boss: PgBoss): Promise<{ waiting: number; givenUp: number }> {
  const { rows } = await boss.getDb().executeSql(
    `select count(*) filter (where name <> $1 and state in ('created', 'retry', 'active'))::int as waiting,
            count(*) filter (where name = $1)::int as "givenUp" from pgboss.job`,
    [GIVEN_UP],
  );
  return rows[0] as { waiting: number; givenUp: number };
}

function messageOf(error: unknown): string {
  if (error && typeof error === 'object' && 'message' in error) return String(error.message);
  return error ? String(error) : 'unknown';
}
