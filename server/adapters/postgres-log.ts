import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SetupError } from '../setup-error.ts';

const KEEP_BYTES = 1_000_000;

/** The server's own log lies beside its data; an old long one is dropped. Returns its path and the length it has now. */
export function prepareLog(cluster: string): { path: string; length: number } {
  const path = join(dirname(cluster), 'postgres.log');
  if (existsSync(path) && statSync(path).size > KEEP_BYTES) rmSync(path);
  return { path, length: existsSync(path) ? statSync(path).size : 0 };
}

/** What was written since `prepareLog`. */
export function newLines({ path, length }: { path: string; length: number }): string {
  return existsSync(path) ? readFileSync(path).subarray(length).toString('utf8') : '';
}

export function cannotStart(reason: string, cause?: unknown): SetupError {
  const tail = reason.trim().split('\n').slice(-8).join('\n');
  return new SetupError(
    {
      ja: `組み込み PostgreSQL を起動できませんでした。次の内容を確かめるか、DATABASE_URL に PostgreSQL 15 以上を指定してください。`,
      en: `The embedded PostgreSQL could not be started. Check the lines below, or set DATABASE_URL to a PostgreSQL 15 or later.\n${tail}`,
    },
    cause,
  );
}
