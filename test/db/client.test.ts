import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { connect, type Database } from '../../db/client.ts';
import { organisations } from '../../db/schema/index.ts';
import { asOwner, createTestDatabase, type TestDatabase } from '../support/database.ts';

let files: TestDatabase;
let database: Database;
const onError = vi.fn();

beforeAll(async () => {
  files = await createTestDatabase();
  database = connect(files.url, { max: 4, onError });
});
afterAll(async () => {
  await database.close();
  await files.drop();
});

test('a connection that dies inside a transaction fails that transaction only', async () => {
  const id = randomUUID();
  const story = database.inOrganisation(id, async (db) => {
    await db.insert(organisations).values({ id, name: '失われる' });
    await killConnections();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await db.execute(sql`select 1`);
  });
  await expect(story).rejects.toThrow();
  expect(onError).toHaveBeenCalled();
  await database.inOrganisation(id, (db) => db.insert(organisations).values({ id, name: '二度目' }));
  expect(await database.inOrganisation(id, (db) => db.select().from(organisations))).toMatchObject([
    { name: '二度目' },
  ]);
});

test('connections that die while idle are replaced', async () => {
  await killConnections();
  await vi.waitFor(() => expect(database.pool.totalCount).toBe(0), { timeout: 15_000 });
  expect(await database.inOrganisation(randomUUID(), async () => 'fine')).toBe('fine');
});

test('the first error is reported even when the rollback fails too', async () => {
  const story = database.inOrganisation(randomUUID(), async () => {
    await killConnections();
    throw new Error('the reason');
  });
  await expect(story).rejects.toThrow('the reason');
});

test('a failed statement rolls back and its connection is used again', async () => {
  const single = connect(files.url, { max: 1, onError });
  const story = single.inOrganisation(randomUUID(), (db) => db.execute(sql`select 1 / 0`));
  await expect(story).rejects.toMatchObject({ cause: { code: '22012' } });
  const { rows } = await single.pool.query('select pg_current_xact_id_if_assigned() as open, 1 as alive');
  expect(rows).toEqual([{ open: null, alive: 1 }]);
  await single.close();
});

test('many transactions at once keep their tenants apart', async () => {
  const tenants = Array.from({ length: 60 }, () => randomUUID());
  const seen = await Promise.all(
    tenants.map((tenant) =>
      database.inOrganisation(tenant, async (db) => {
        const [first, second] = await Promise.all([
          db.execute(sql`select current_organisation() as tenant`),
          db.execute(sql`select current_organisation() as tenant, pg_sleep(0.002)`),
        ]);
        return [first.rows[0]?.tenant, second.rows[0]?.tenant];
      }),
    ),
  );
  expect(seen).toEqual(tenants.map((tenant) => [tenant, tenant]));
});

test('a statement that waits for a lock gives up before its visitor does', async () => {
  const { rows } = await database.pool.query(
    `select name, setting from pg_settings where name in ('lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout') order by name`,
  );
  expect(rows.map(({ setting }) => Number(setting))).toEqual([15_000, 5_000, 10_000]);
});

async function killConnections(): Promise<void> {
  await asOwner(files.ownerUrl, (owner) =>
    owner.query(
      `select pg_terminate_backend(pid, 1000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    ),
  );
}
