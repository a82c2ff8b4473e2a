import type { Book, ReadBook } from '../domain/workbook/book.ts';
import { createTurnstile } from '../turnstile.ts';
import { refusalOf } from './spreadsheet-archive.ts';
import { refusedWorkbook } from './spreadsheet-refusals.ts';
import { type Caps, createThreads } from './spreadsheet-threads.ts';

export type Spreadsheets = {
  /** Excel workbook (.xlsx); the same book gives the same bytes. */
  write(book: Book): Promise<Uint8Array>;
  /**
   * The cells of an Excel workbook from outside, checked before anything is parsed and parsed in a thread with limits. Formulas are
   * marked, not refused: whether one matters depends on its cell. Throws AppError 413 and 422 `workbook_…` that say what to do.
   */
  read(bytes: Uint8Array): Promise<ReadBook>;
};

/** Over twenty times what our own workbooks take; a hostile one can take no more of the processor than this. */
const usualCaps: Caps = { milliseconds: 5_000, megabytes: 384 };

/** Two threads at a time bound the memory of all readers together. */
export function createSpreadsheets(caps = usualCaps): Spreadsheets {
  const oneOfTwo = createTurnstile(2);
  const readInThread = createThreads(caps);
  return {
    // Loaded on first use: few starts of the server ever write a workbook, and the library is large.
    write: async (book) => (await import('./spreadsheet-library.ts')).writeXlsx(book),
    read: async (bytes) => {
      const refusal = await refusalOf(bytes);
      if (refusal) throw refusedWorkbook(refusal);
      return oneOfTwo.pass(() => readInThread(bytes));
    },
  };
}
