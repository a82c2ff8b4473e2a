import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../db/migrate.ts';
import { startEmbeddedPostgres } from '../../server/adapters/embedded-postgres.ts';
import { deriveKeys } from '../../server/adapters/keys.ts';
import { QUEUES } from '../../server/adapters/queue.ts';

export const TEST_SECRET = 'a secret for tests only, of no use anywhere else';
const TEMPLATE = 'kantoku_template';
const FOLDER = 'kantoku-test-';
/** Nothing of a test run has to survive a power cut. */
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300', 'autovacuum=off'];

declare module 'vitest' {
  export interface ProvidedContext {
    ownerUrl: string;
    appUrl: string;
  }
}

/** One PostgreSQL for the whole run, with one migrated database that every test clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftovers();
  const folder = join(tmpdir(), FOLDER + process.pid);
  mkdirSync(folder, { mode: 0o755 });
  const postgres = await startEmbeddedPostgres(folder, { info: () => {}, error: console.error }, FAST);
  await asOwner(postgres.url, (client) => client.query(`create database ${TEMPLATE}`));
  const appUrl = await migrate({
    ownerUrl: withDatabase(postgres.url, TEMPLATE),
    appRole: 'kantoku_test',
    appPassword: deriveKeys(TEST_SECRET).databasePassword,
    queues: QUEUES,
  });
  project.provide('ownerUrl', postgres.url);
  project.provide('appUrl', appUrl);
  return async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

export type TestDatabase = { url: string; ownerUrl: string; drop(): Promise<void> };

/** A fresh migrated database of its own: `url` is that of the app role, `ownerUrl` that of the owner. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = inject('ownerUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asOwner(server, (client) => client.query(`create database ${name} template ${TEMPLATE} strategy file_copy`));
  return {
    url: withDatabase(inject('appUrl'), name),
    ownerUrl: withDatabase(server, name),
    drop: () => asOwner(server, (client) => client.query(`drop database if exists ${name} with (force)`)),
  };
}

/** Runs `work` on one connection as the owner of the database. */
export async function asOwner(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

/** Of runs that were killed: their server still runs. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(FOLDER) ? name.slice(FOLDER.length) : '';
    if (!/^\d+$/.test(pid) || existsSync(`/proc/${pid}`) || process.platform !== 'linux') continue;
    const folder = join(tmpdir(), name);
    if (existsSync(join(folder, 'postgres', 'postmaster.pid'))) {
      const left = await startEmbeddedPostgres(folder, { info: () => {}, error: () => {} }, FAST).catch(
        () => undefined,
      );
      await left?.stop();
    }
    rmSync(folder, { recursive: true, force: true });
  }
}
