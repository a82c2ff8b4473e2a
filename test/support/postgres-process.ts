import { startEmbeddedPostgres } from '../../server/adapters/embedded-postgres.ts';

/** A process that starts the embedded PostgreSQL in the folder it is given, prints its address, and stops on SIGTERM. */
const postgres = await startEmbeddedPostgres(process.argv[2] ?? '', { info: () => {}, error: () => {} }, ['fsync=off']);
console.log(postgres.url);
process.on('SIGTERM', () => {
  clearInterval(alive);
  void postgres.stop();
});
const alive = setInterval(() => {}, 1_000);
