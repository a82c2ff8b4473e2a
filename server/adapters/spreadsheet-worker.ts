/** Reads one workbook in a thread of its own, so that whatever is in it can cost no more than this thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { readXlsx } from './spreadsheet-library.ts';

parentPort?.postMessage(await readXlsx(workerData as Uint8Array));
