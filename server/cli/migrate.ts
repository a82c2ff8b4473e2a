import { startEmbeddedPostgres } from '../adapters/embedded-postgres.ts';
import { readConfig } from '../config.ts';
import { createLogger } from '../logging.ts';
import { prepareDatabase } from '../prepare-database.ts';
import { runProgram } from '../run-program.ts';

/** `npm run migrate`: the database of DATABASE_URL (its owner's address), or the embedded one. */
await runProgram(async (defer) => {
  const config = readConfig(process.env);
  const embedded = config.databaseUrl ? undefined : await startEmbeddedPostgres(config.dataDir, createLogger('warn'));
  if (embedded) defer(embedded.stop);
  await prepareDatabase(config, config.databaseUrl ?? embedded?.url ?? '');
  console.log('データベースは最新の状態です。/ The database is up to date.');
});
