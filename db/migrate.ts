import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import { prepareAppRole } from './app-role.ts';
import { connectAsOwner } from './owner.ts';
import { createQueues, type QueueDefinition } from './queues.ts';

const MIGRATION_LOCK = 7_316_202_403;
const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

export type MigrateOptions = {
  /** Address of the owner of the database. */
  ownerUrl: string;
  /** Address of a role made by an administrator (managed servers); undefined: the role is made here. */
  appUrl?: string | undefined;
  /** The role made here is called `<appRole>_<database>`, because roles belong to the whole server. */
  appRole: string;
  appPassword: string;
  /** Queues the worker listens on; created here because the app role owns nothing. */
  queues: readonly QueueDefinition[];
};

/**
 * Brings the database up to date: tables, policies, the queue's own schema, and the role the server works as.
 * Safe to run from several processes at once (advisory lock) and again and again.
 * Resolves to the address of that role. Throws SetupError when the database cannot be used.
 */
export async function migrate(options: MigrateOptions): Promise<string> {
  const client = await connectAsOwner(options.ownerUrl);
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await applyMigrations(drizzle(client), { migrationsFolder, migrationsSchema: 'migrations' });
    await createQueues(options.ownerUrl, options.queues);
    return await prepareAppRole(client, options);
  } finally {
    await client.end();
  }
}
