import { migrate } from '../db/migrate.ts';
import { deriveKeys } from './adapters/keys.ts';
import { QUEUES } from './adapters/queue.ts';
import type { Config } from './config.ts';

/** Migrates as the owner of the database; resolves to the address of the role the server works as. Throws SetupError. */
export async function prepareDatabase(config: Config, ownerUrl: string): Promise<string> {
  return migrate({
    ownerUrl,
    appUrl: config.databaseAppUrl,
    appRole: config.databaseAppRole,
    appPassword: deriveKeys(config.secret).databasePassword,
    queues: QUEUES,
  });
}
