import { sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import * as schema from './schema/index.ts';

/** A transaction with its tenant set: the only thing stores accept. */
export type Transaction = Parameters<Parameters<NodePgDatabase<typeof schema>['transaction']>[0]>[0];

export type Database = {
  /** Runs `work` in one transaction that sees the rows of `organisationId` only. */
  inOrganisation<T>(organisationId: string, work: (db: Transaction) => Promise<T>): Promise<T>;
  /** Runs `work` with no tenant: it sees only rows whose secret (hash, session id, e-mail) is `credential`. */
  byCredential<T>(credential: string, work: (db: Transaction) => Promise<T>): Promise<T>;
  /** The pool itself, for the queue and for health checks; application code has no business with it. */
  readonly pool: pg.Pool;
  close(): Promise<void>;
};

export type DatabaseOptions = { max?: number; onError: (error: Error) => void };

export function connect(url: string, options: DatabaseOptions): Database {
  const pool = createPool(url, options);
  const db = drizzle(pool, { schema });
  return {
    pool,
    inOrganisation: (organisationId, work) =>
      db.transaction(async (tx) => {
        await tx.execute(sql`select set_config('app.organisation', ${organisationId}, true)`);
        return work(tx);
      }),
    byCredential: (credential, work) =>
      db.transaction(async (tx) => {
        await tx.execute(sql`select set_config('app.credential', ${credential}, true)`);
        return work(tx);
      }),
    close: () => pool.end(),
  };
}

/**
 * A pool whose every client has an error listener: without one, a connection that dies inside a transaction
 * is an uncaught exception and ends the process (node-postgres #2386).
 */
export function createPool(url: string, options: DatabaseOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
    lock_timeout: 5_000,
    idle_in_transaction_session_timeout: 15_000,
  });
  pool.on('error', options.onError);
  pool.on('connect', (client) => client.on('error', options.onError));
  return pool;
}
