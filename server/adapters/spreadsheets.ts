import { Worker } from 'node:worker_threads';
import type { Book, ReadBook } from '../domain/workbook/book.ts';
import { createTurnstile } from '../turnstile.ts';
import { refusalOf } from './spreadsheet-archive.ts';
import { refusedWorkbook } from './spreadsheet-refusals.ts';

export type Spreadsheets = {
  /** Excel workbook (.xlsx); the same book gives the same bytes. */
  write(book: Book): Promise<Uint8Array>;
  /**
   * The cells of an Excel workbook from outside, checked before anything is parsed and parsed in a thread with limits. Formulas are
   * marked, not refused: whether one matters depends on its cell. Throws AppError 413 and 422 `workbook_…` that say what to do.
   */
  read(bytes: Uint8Array): Promise<ReadBook>;
};

/** Several hundred times what our own workbooks take. */
const usualCaps = { milliseconds: 20_000, megabytes: 384 };

/** Two threads at a time bound the memory of all readers together. */
export function createSpreadsheets(caps = usualCaps): Spreadsheets {
  const oneOfTwo = createTurnstile(2);
  return {
    // Loaded on first use: few starts of the server ever write a workbook, and the library is large.
    write: async (book) => (await import('./spreadsheet-library.ts')).writeXlsx(book),
    read: async (bytes) => {
      const refusal = await refusalOf(bytes);
      if (refusal) throw refusedWorkbook(refusal);
      return oneOfTwo.pass(() => readInThread(bytes, caps));
    },
  };
}

function readInThread(bytes: Uint8Array, { milliseconds, megabytes }: typeof usualCaps): Promise<ReadBook> {
  const worker = new Worker(new URL('./spreadsheet-worker.ts', import.meta.url), {
    workerData: bytes,
    resourceLimits: { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: 32 },
    stdout: true,
    stderr: true,
  });
  return new Promise<ReadBook>((resolve, reject) => {
    const late = setTimeout(() => reject(refusedWorkbook('bomb')), milliseconds);
    worker.once('message', resolve);
    worker.once('error', (error: Error & { code?: string }) =>
      reject(refusedWorkbook(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'bomb' : 'unreadable')),
    );
    worker.once('exit', () => reject(refusedWorkbook('unreadable')));
    worker.once('exit', () => clearTimeout(late));
  }).finally(() => worker.terminate());
}
