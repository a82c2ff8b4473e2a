/** Reads one workbook in a thread of its own, so that whatever is in it can cost no more than this thread. */
import { parentPort } from 'node:worker_threads';
import { readXlsx } from './spreadsheet-library.ts';

// Imports are loaded by now: what is told first is that the thread is ready, so that loading does not count as reading.
parentPort?.postMessage('ready');
parentPort?.once('message', async (bytes: Uint8Array) => parentPort?.postMessage(await readXlsx(bytes)));
