import { Worker } from 'node:worker_threads';
import type { ReadBook } from '../domain/workbook/book.ts';
import { refusedWorkbook } from './spreadsheet-refusals.ts';

export type Caps = { milliseconds: number; megabytes: number };

/** How long a thread that nobody needed stays ready. */
const SPARE_MS = 60_000;

/**
 * Each workbook is parsed in a thread that has seen no other and is ended afterwards. Loading the library takes longer than parsing,
 * so while one is parsed the next thread gets ready.
 */
export function createThreads(caps: Caps): (bytes: Uint8Array) => Promise<ReadBook> {
  let spare: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;

  function prepare(): void {
    clearTimeout(idle);
    const ready = spare ?? start(caps);
    spare = ready;
    ready.unref();
    ready.once('exit', () => {
      if (spare === ready) spare = null;
    });
    idle = setTimeout(() => {
      void spare?.terminate();
      spare = null;
    }, SPARE_MS).unref();
  }

  return (bytes) => {
    const worker = spare ?? start(caps);
    spare = null;
    worker.ref();
    const read = readIn(worker, bytes, caps.milliseconds);
    prepare();
    return read;
  };
}

function start({ megabytes }: Caps): Worker {
  const worker = new Worker(new URL('./spreadsheet-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: 32 },
    stdout: true,
    stderr: true,
  });
  // Without a listener the failure of a thread nobody waits for would end the process.
  return worker.on('error', () => {});
}

/** Rejects with AppError 422 when the bytes are no workbook, hold too much, or take too long or too much memory. */
function readIn(worker: Worker, bytes: Uint8Array, milliseconds: number): Promise<ReadBook> {
  return new Promise<ReadBook>((resolve, reject) => {
    const late = setTimeout(() => reject(refusedWorkbook('bomb')), milliseconds);
    worker.once('message', (book: ReadBook | null) => (book ? resolve(book) : reject(refusedWorkbook('bomb'))));
    worker.once('error', (error: Error & { code?: string }) =>
      reject(refusedWorkbook(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'bomb' : 'unreadable')),
    );
    worker.once('exit', () => {
      clearTimeout(late);
      reject(refusedWorkbook('unreadable'));
    });
    worker.postMessage(bytes);
  }).finally(() => worker.terminate());
}
