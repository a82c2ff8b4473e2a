import { Worker } from 'node:worker_threads';
import type { ReadBook } from '../domain/workbook/book.ts';
import { refusedWorkbook } from './spreadsheet-refusals.ts';

/** `milliseconds`: of processor time for reading one workbook, so that a busy machine refuses nobody. */
export type Caps = { milliseconds: number; megabytes: number };
type Thread = { worker: Worker; ready: Promise<void> };

/** How long a thread may take to load the library, which no upload has any influence on. */
const START_MS = 20_000;

/** The end of waiting, however little of the processor the thread was given. */
const READ_WITHIN_MS = 60_000;

/** How often the thread's processor time is looked at. */
const LOOK_MS = 50;

/** How long a thread that nobody needed stays ready. */
const SPARE_MS = 60_000;

/**
 * Each workbook is parsed in a thread that has seen no other and is ended afterwards. Loading the library takes longer than parsing,
 * so while one is parsed the next thread gets ready.
 */
export function createThreads(caps: Caps): (bytes: Uint8Array) => Promise<ReadBook> {
  let spare: Thread | null = null;
  let idle: NodeJS.Timeout | undefined;

  function prepare(): void {
    clearTimeout(idle);
    const thread = spare ?? start(caps);
    spare = thread;
    thread.worker.unref();
    thread.worker.once('exit', () => {
      if (spare === thread) spare = null;
    });
    idle = setTimeout(() => {
      void spare?.worker.terminate();
      spare = null;
    }, SPARE_MS).unref();
  }

  return (bytes) => {
    const thread = spare ?? start(caps);
    spare = null;
    thread.worker.ref();
    const read = readIn(thread, bytes, caps.milliseconds);
    prepare();
    return read;
  };
}

function start({ megabytes }: Caps): Thread {
  const worker = new Worker(new URL('./spreadsheet-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: 32 },
    stdout: true,
    stderr: true,
  });
  // Without a listener the failure of a thread nobody waits for would end the process.
  worker.on('error', () => {});
  return { worker, ready: new Promise((resolve) => worker.once('message', () => resolve())) };
}

/** Rejects with AppError 422 when the bytes are no workbook, hold too much, or take too long or too much memory. */
function readIn({ worker, ready }: Thread, bytes: Uint8Array, milliseconds: number): Promise<ReadBook> {
  let late: NodeJS.Timeout;
  let watch: NodeJS.Timeout;
  return new Promise<ReadBook>((resolve, reject) => {
    const tooSlow = () => reject(refusedWorkbook('slow'));
    late = setTimeout(tooSlow, START_MS);
    worker.once('error', (error: Error & { code?: string }) =>
      reject(refusedWorkbook(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'bomb' : 'unreadable')),
    );
    worker.once('exit', () => reject(refusedWorkbook('unreadable')));
    void ready.then(() => {
      clearTimeout(late);
      late = setTimeout(tooSlow, READ_WITHIN_MS);
      let loading: number | undefined;
      watch = setInterval(async () => {
        const spent = await processorTime(worker);
        loading ??= spent;
        if (spent - loading > milliseconds) tooSlow();
      }, LOOK_MS);
      worker.once('message', (book: ReadBook | null) => (book ? resolve(book) : reject(refusedWorkbook('bomb'))));
      worker.postMessage(bytes);
    });
  }).finally(() => {
    clearTimeout(late);
    clearInterval(watch);
    return worker.terminate();
  });
}

/** Milliseconds the thread has had of the processor; of a thread that has ended, 0. */
async function processorTime(worker: Worker): Promise<number> {
  const { user, system } = await worker.cpuUsage().catch(() => ({ user: 0, system: 0 }));
  return (user + system) / 1_000;
}
