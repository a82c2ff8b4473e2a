import { setTimeout as pause } from 'node:timers/promises';

/** Well above what the work takes, so that it is this that is waited for. */
const FLOOR_MS = 250;

/** Resolves after the same time whether or not there was something to do: how long it took must not tell either. */
export async function untold<T>(work: Promise<T>): Promise<T> {
  const [result] = await Promise.all([work, pause(FLOOR_MS)]);
  return result;
}
