import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Database, type Transaction } from '../../db/client.ts';
import { auditEvents, organisations, vendors } from '../../db/schema/index.ts';
import { asOwner, createTestDatabase, type TestDatabase } from '../support/database.ts';

const [A, B] = [randomUUID(), randomUUID()];
let files: TestDatabase;
let database: Database;
let tables: string[];

beforeAll(async () => {
  files = await createTestDatabase();
  database = connect(files.url, { max: 1, onError: () => {} });
  tables = await giveEveryTableOneRowOf(A);
});
afterAll(async () => {
  await database.close();
  await files.drop();
});

test('the tenant sees its row in every table', async () => {
  const counts = await database.inOrganisation(A, countRows);
  expect(counts).toEqual(Object.fromEntries(tables.map((table) => [table, 1])));
});

test('another tenant sees no row of any table', async () => {
  expect(Object.values(await database.inOrganisation(B, countRows)).every((count) => count === 0)).toBe(true);
});

test('with no tenant there is no row in any table', async () => {
  expect(Object.values(await database.byCredential('nobody has this', countRows)).every((count) => count === 0)).toBe(
    true,
  );
  const bare = await database.pool.query(`select count(*)::int as count from answers`);
  expect(bare.rows).toEqual([{ count: 0 }]);
});

test('the tenant of one transaction is forgotten by the next on the same connection', async () => {
  await database.inOrganisation(A, async () => {});
  await database.byCredential('x', async () => {});
  const { rows } = await database.pool.query(
    `select current_organisation() as tenant, shown_credential() as credential`,
  );
  expect(rows).toEqual([{ tenant: null, credential: null }]);
});

test('a value that tries to leave its quotes stays a value', async () => {
  const sly = `\\'; set row_security = off; select '`;
  const setting = await database.byCredential(sly, async (db) =>
    db.execute(sql`select shown_credential() as credential`),
  );
  expect(setting.rows).toEqual([{ credential: sly }]);
});

test('no row can be written into, or moved to, another tenant', async () => {
  const foreign = { organisationId: A, id: randomUUID(), name: 'x' };
  await expect(database.inOrganisation(B, (db) => db.insert(vendors).values(foreign))).rejects.toThrow();
  await expect(database.inOrganisation(A, (db) => db.update(vendors).set({ organisationId: B }))).rejects.toThrow();
  const touched = await database.inOrganisation(B, (db) => db.update(vendors).set({ name: 'seized' }).returning());
  expect(touched).toEqual([]);
});

test('the audit trail, evaluations and issued reports can be added to and read, not changed or shortened', async () => {
  for (const statement of [
    'update audit_events set action = $$x$$',
    'delete from audit_events',
    'truncate audit_events',
    'update evaluations set result = $${}$$',
    'delete from evaluations',
    'update reports set document = $${}$$, document_hash = $$x$$',
    'delete from reports',
  ]) {
    await expect(database.inOrganisation(A, (db) => db.execute(sql.raw(statement)))).rejects.toMatchObject({
      cause: { code: '42501' },
    });
  }
  await database.inOrganisation(A, (db) =>
    db.insert(auditEvents).values({
      ...{ organisationId: A, id: randomUUID(), at: new Date(), actorKind: 'system', actorName: 'test' },
      action: 'test.run',
    }),
  );
  expect(await database.inOrganisation(A, (db) => db.select().from(auditEvents))).toHaveLength(2);
});

test('what fails half-way leaves nothing behind', async () => {
  const id = randomUUID();
  const story = database.inOrganisation(id, async (db) => {
    await db.insert(organisations).values({ id, name: '中断' });
    throw new Error('changed my mind');
  });
  await expect(story).rejects.toThrow('changed my mind');
  expect(await database.inOrganisation(id, (db) => db.select().from(organisations))).toEqual([]);
});

async function countRows(db: Transaction): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of tables) {
    const { rows } = await db.execute(sql`select count(*)::int as count from ${sql.identifier(table)}`);
    counts[table] = Number(rows[0]?.count);
  }
  return counts;
}

const SAMPLES: Record<string, string> = {
  uuid: 'gen_random_uuid()',
  text: `'x'`,
  integer: '1',
  bigint: '1',
  boolean: 'true',
  bytea: `'x'`,
  jsonb: `'{}'`,
  date: 'current_date',
  'timestamp with time zone': 'now()',
};

/** As a superuser and with foreign keys off, so that it needs to know nothing about the tables, also not future ones. */
async function giveEveryTableOneRowOf(tenant: string): Promise<string[]> {
  const names: string[] = [];
  await asOwner(files.ownerUrl, async (owner) => {
    await owner.query(`set session_replication_role = replica`);
    const { rows } = await owner.query<{ table: string; columns: { name: string; type: string }[] }>(`
      select c.relname as table, json_agg(json_build_object('name', attname, 'type', format_type(atttypid, null))) as columns
        from pg_class c join pg_attribute a on a.attrelid = c.oid
       where relnamespace = 'public'::regnamespace and relkind = 'r' and attnum > 0 and attnotnull and not atthasdef
         and relrowsecurity group by c.relname`);
    for (const { table, columns } of rows) {
      const key = table === 'organisations' ? 'id' : 'organisation_id';
      const values = columns.map(({ name, type }) => (name === key ? `'${tenant}'` : SAMPLES[type]));
      await owner.query(`insert into ${table} (${columns.map(({ name }) => name)}) values (${values})`);
      names.push(table);
    }
  });
  return names;
}
