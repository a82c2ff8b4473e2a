/** Reads one workbook in a thread of its own, so that whatever is in it can cost no more than this thread. */
import { parentPort } from 'node:worker_threads';
import { readXlsx } from './spreadsheet-library.ts';

parentPort?.once('message', async (bytes: Uint8Array) => parentPort?.postMessage(await readXlsx(bytes)));
