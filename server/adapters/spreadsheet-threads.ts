import { Worker } from 'node:worker_threads';
import type { ReadBook } from '../domain/workbook/book.ts';
import { refusedWorkbook } from './spreadsheet-refusals.ts';

/** `milliseconds`: of reading one workbook, from when its thread is ready. */
export type Caps = { milliseconds: number; megabytes: number };
type Thread = { worker: Worker; ready: Promise<void> };

/** How long a thread may take to load the library, which no upload has any influence on. */
const START_MS = 20_000;

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
  return new Promise<ReadBook>((resolve, reject) => {
    const within = (limit: number) => setTimeout(() => reject(refusedWorkbook('slow')), limit);
    late = within(START_MS);
    worker.once('error', (error: Error & { code?: string }) =>
      reject(refusedWorkbook(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'bomb' : 'unreadable')),
    );
    worker.once('exit', () => reject(refusedWorkbook('unreadable')));
    void ready.then(() => {
      clearTimeout(late);
      late = within(milliseconds);
      worker.once('message', (book: ReadBook | null) => (book ? resolve(book) : reject(refusedWorkbook('bomb'))));
      worker.postMessage(bytes);
    });
  }).finally(() => {
    clearTimeout(late);
    return worker.terminate();
  });
}
