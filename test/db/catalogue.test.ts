import { afterAll, beforeAll, expect, test } from 'vitest';
import { asOwner, createTestDatabase, type TestDatabase } from '../support/database.ts';

/** Tables of `public` that hold nothing of any tenant, and why. Everything else must be bound to one. */
const WITHOUT_TENANT = new Map([
  ['attempt_counters', 'hashed keys and counts against guessing; no tenant is known yet'],
]);

/**
 * Not bound to a row's own secret: by a fixed word no input can be, the first start asks whether there is any organisation yet,
 * and the worker which there are, to remind vendors in each one's own transaction.
 */
const FIRST_START = 'organisations.any_organisation';
const FIRST_START_EXPRESSION = `(( SELECT shown_credential() AS shown_credential) = 'any organisation'::text)`;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

type Table = { name: string; forced: boolean; tenantPolicies: string[]; key: string[] };

test('every table belongs to a tenant in the eyes of the database', async () => {
  const tables = await readTables(database.ownerUrl);
  expect(tables.length).toBeGreaterThan(15);
  expect(tables.filter((table) => !WITHOUT_TENANT.has(table.name)).flatMap(faultsOf)).toEqual([]);
});

test('a table without a tenant, a policy or a forced policy is noticed', async () => {
  const probe = await createTestDatabase();
  await asOwner(probe.ownerUrl, async (owner) => {
    await owner.query('create table forgotten (id uuid primary key, secret text)');
    await owner.query('alter table answers no force row level security');
    await owner.query('alter table mails drop constraint mails_organisation_id_id_pk cascade, add primary key (id)');
    await owner.query('drop policy tenant on vendors');
    await owner.query('create policy tenant on vendors using (true)');
  });
  const faults = (await readTables(probe.ownerUrl))
    .filter((table) => !WITHOUT_TENANT.has(table.name))
    .flatMap(faultsOf);
  await probe.drop();
  expect(faults).toEqual([
    'answers: row-level security is not forced',
    'forgotten: row-level security is not forced',
    'forgotten: no policy binds reads and writes to the tenant',
    'forgotten: its primary key does not start with the tenant',
    'mails: its primary key does not start with the tenant',
    'vendors: no policy binds reads and writes to the tenant',
  ]);
});

test('any other policy only lets a row be read by its own secret', async () => {
  await asOwner(database.ownerUrl, async (owner) => {
    const { rows } = await owner.query<{ name: string; command: string; expression: string }>(`
      select format('%s.%s', polrelid::regclass, polname) as name, polcmd as command,
             pg_get_expr(polqual, polrelid) as expression from pg_policy where polname <> 'tenant' order by 1`);
    expect(rows.map(({ name }) => name)).toContain('respondent_links.by_token');
    for (const { name, command, expression } of rows) {
      expect(command).toBe('r');
      if (name === FIRST_START) expect(expression).toBe(FIRST_START_EXPRESSION);
      else expect(expression).toMatch(/^\(.+ = \( SELECT shown_credential\(\) AS shown_credential\)\)$/);
    }
  });
});

test('foreign keys between tenant tables carry the tenant', async () => {
  await asOwner(database.ownerUrl, async (owner) => {
    const { rows } = await owner.query(`
      select conrelid::regclass::text as table, conname as name
        from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace
         and not exists (select from unnest(conkey) key join pg_attribute a on a.attrelid = conrelid and a.attnum = key
                          where a.attname = 'organisation_id')`);
    expect(rows).toEqual([]);
  });
});

test('no view, function or trigger runs with the rights of the owner', async () => {
  await asOwner(database.ownerUrl, async (owner) => {
    const functions = await owner.query(
      `select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef`,
    );
    const views = await owner.query(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')
          and not coalesce('security_invoker=true' = any (reloptions), false)`,
    );
    expect([...functions.rows, ...views.rows]).toEqual([]);
  });
});

test('the app role owns nothing, bypasses nothing and is a member of nothing', async () => {
  const role = new URL(database.url).username;
  await asOwner(database.ownerUrl, async (owner) => {
    const { rows } = await owner.query(
      `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolinherit,
              (select count(*)::int from pg_class where relowner = r.oid) as tables,
              (select count(*)::int from pg_proc where proowner = r.oid) as functions,
              (select count(*)::int from pg_namespace where nspowner = r.oid) as schemas,
              (select count(*)::int from pg_auth_members where member = r.oid) as memberships
         from pg_roles r where rolname = $1`,
      [role],
    );
    expect(rows).toEqual([
      {
        ...{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false },
        ...{ rolinherit: false, tables: 0, functions: 0, schemas: 0, memberships: 0 },
      },
    ]);
  });
});

function faultsOf(table: Table): string[] {
  return [
    table.forced ? '' : 'row-level security is not forced',
    table.tenantPolicies.length > 0 ? '' : 'no policy binds reads and writes to the tenant',
    table.key[0] === (table.name === 'organisations' ? 'id' : 'organisation_id')
      ? ''
      : 'its primary key does not start with the tenant',
  ]
    .filter((fault) => fault !== '')
    .map((fault) => `${table.name}: ${fault}`);
}

async function readTables(url: string): Promise<Table[]> {
  let tables: Table[] = [];
  await asOwner(url, async (owner) => {
    const { rows } = await owner.query<Table>(`
      select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
             array(select polname::text from pg_policy p where p.polrelid = c.oid and p.polcmd = '*' and p.polpermissive
                     and pg_get_expr(polqual, polrelid) = expression and pg_get_expr(polwithcheck, polrelid) = expression
             ) as "tenantPolicies",
             array(select a.attname::text from pg_index i, unnest(i.indkey) with ordinality as key(number, place)
                     join pg_attribute a on a.attnum = key.number
                    where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid order by place) as key
        from pg_class c, lateral (select format('(%s = ( SELECT current_organisation() AS current_organisation))',
               case c.relname when 'organisations' then 'id' else 'organisation_id' end) as expression) e
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by c.relname`);
    tables = rows;
  });
  return tables;
}
