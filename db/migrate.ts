import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { PgBoss } from 'pg-boss';

const MIGRATION_LOCK = 7_316_202_403;
const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

export type MigrateOptions = {
  /** Address of the owner of the database. */
  ownerUrl: string;
  appRole: string;
  appPassword: string;
  /** Queues the worker listens on; created here because the app role owns nothing. */
  queues: readonly Queue[];
};
export type Queue = { name: string; deadLetter?: string };

/**
 * Brings the database up to date: tables, policies, the queue's own schema, and the role the server works as.
 * Safe to run from several processes at once (advisory lock) and again and again.
 */
export async function migrate(options: MigrateOptions): Promise<void> {
  const client = new pg.Client({ connectionString: options.ownerUrl, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await applyMigrations(drizzle(client), { migrationsFolder, migrationsSchema: 'migrations' });
    await createQueues(options);
    await prepareAppRole(client, options);
  } finally {
    await client.end();
  }
}

async function createQueues({ ownerUrl, queues }: MigrateOptions): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, supervise: false, schedule: false, max: 1 });
  boss.on('error', () => {});
  await boss.start();
  try {
    for (const queue of queues) {
      if (queue.deadLetter) await boss.createQueue(queue.deadLetter);
      await boss.createQueue(queue.name, {
        retryLimit: 8,
        retryBackoff: true,
        retryDelay: 2,
        retryDelayMax: 600,
        expireInSeconds: 120,
        heartbeatSeconds: 30,
        ...(queue.deadLetter ? { deadLetter: queue.deadLetter } : {}),
      });
    }
  } finally {
    await boss.stop({ graceful: false });
  }
}

/** The running server's role: it owns nothing, bypasses nothing, and can only add to the audit trail. */
async function prepareAppRole(client: pg.Client, { appRole, appPassword }: MigrateOptions): Promise<void> {
  const role = client.escapeIdentifier(appRole);
  const password = client.escapeLiteral(appPassword);
  const known = await client.query('select 1 from pg_roles where rolname = $1', [appRole]);
  await client.query(
    `${known.rowCount ? 'alter' : 'create'} role ${role} login nosuperuser nocreatedb nocreaterole noinherit nobypassrls password ${password}`,
  );
  await client.query(`
    grant usage on schema public to ${role};
    grant select, insert, update, delete on all tables in schema public to ${role};
    revoke update, delete, truncate on audit_events from ${role};
    grant usage on schema pgboss to ${role};
    grant select, insert, update, delete on all tables in schema pgboss to ${role};
    grant usage on all sequences in schema pgboss to ${role};
    grant execute on all functions in schema pgboss to ${role};
  `);
}
