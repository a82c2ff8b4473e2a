import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeEach, expect, inject, test } from 'vitest';
import { migrate } from '../../db/migrate.ts';
import { connectAsOwner } from '../../db/owner.ts';
import { QUEUES } from '../../server/adapters/queue.ts';
import { SetupError } from '../../server/setup-error.ts';
import { asOwner } from '../support/database.ts';

const server = inject('ownerUrl');
const made: { databases: string[]; roles: string[] } = { databases: [], roles: [] };
let ownerUrl: string;
const options = () => ({ ownerUrl, appRole: 'kantoku_app', appPassword: 'first', queues: QUEUES });

beforeEach(async () => {
  ownerUrl = await emptyDatabase();
});
afterAll(() =>
  asOwner(server, async (owner) => {
    for (const name of made.databases) await owner.query(`drop database ${name} with (force)`);
    for (const name of made.roles) await owner.query(`drop role if exists ${name}`);
  }),
);

test('two processes may migrate the same empty database at once', async () => {
  const urls = await Promise.all([migrate(options()), migrate(options()), migrate(options())]);
  expect(new Set(urls).size).toBe(1);
  await asOwner(ownerUrl, async (owner) => {
    const { rows } = await owner.query(
      'select count(*)::int as runs, count(distinct hash)::int as files from migrations.__drizzle_migrations',
    );
    expect(rows[0].runs).toBe(rows[0].files);
  });
});

test('two installations on one server keep their own roles and passwords', async () => {
  const first = await migrate(options());
  ownerUrl = await emptyDatabase();
  const second = await migrate({ ...options(), appPassword: 'second' });
  for (const url of [first, second]) await asOwner(url, (client) => client.query('select 1 from organisations'));
  const crossed = new URL(second);
  crossed.pathname = new URL(first).pathname;
  await expect(asOwner(crossed.href, (client) => client.query('select 1 from organisations'))).rejects.toThrow(
    /permission denied/,
  );
});

test('a new secret becomes the password of the role', async () => {
  await migrate(options());
  const url = await migrate({ ...options(), appPassword: 'changed' });
  await asOwner(url, (client) => client.query('select 1 from answers'));
});

test('an owner that may not make roles is told how to go on', async () => {
  ownerUrl = await ownedByRole('login');
  const refused = migrate(options());
  await expect(refused).rejects.toThrow(SetupError);
  await expect(refused).rejects.toThrow(/CREATEROLE.*DATABASE_APP_URL/s);
});

test('an owner with CREATEROLE is enough, and again', async () => {
  ownerUrl = await ownedByRole('login createrole');
  const url = await migrate(options());
  expect(await migrate(options())).toBe(url);
  await asOwner(url, (client) => client.query('select 1 from answers'));
});

test('a role made by an administrator is used as it is', async () => {
  ownerUrl = await ownedByRole('login');
  const appUrl = await role('login', ownerUrl);
  expect(await migrate({ ...options(), appUrl })).toBe(appUrl);
  await asOwner(appUrl, (client) => client.query('select 1 from answers'));
});

test.each(['login bypassrls', 'login superuser', 'login createrole', 'login in role pg_read_all_data'])(
  'a role with "%s" is refused, because it could see other tenants',
  async (attributes) => {
    const appUrl = await role(attributes, ownerUrl);
    await expect(migrate({ ...options(), appUrl })).rejects.toThrow(/LOGIN only/);
  },
);

test('the owner itself is refused as the app role', async () => {
  await expect(migrate({ ...options(), appUrl: ownerUrl })).rejects.toThrow(/LOGIN only/);
});

test.each([
  ['postgres://x:y@127.0.0.1:1/none', /127\.0\.0\.1:1\/none cannot be reached \(ECONNREFUSED\)/],
  [server.replace(/:[^:@]+@/, ':wrong-password@'), /refuses the sign-in/],
  [server.replace(/\/postgres$/, '/missing'), /missing does not exist/],
])('an unusable address is explained without its password', async (url, text) => {
  const refused = connectAsOwner(url);
  await expect(refused).rejects.toThrow(text);
  await expect(refused).rejects.not.toThrow(/wrong-password|:y@/);
});

test('a server that is too old is named', async () => {
  await expect(connectAsOwner(server, 990_000)).rejects.toThrow(/PostgreSQL 18.+not supported/);
});

async function emptyDatabase(): Promise<string> {
  const name = `empty_${randomBytes(5).toString('hex')}`;
  made.databases.push(name);
  made.roles.push(`kantoku_app_${name}`);
  await asOwner(server, (owner) => owner.query(`create database ${name}`));
  return address(server, (url) => {
    url.pathname = `/${name}`;
  });
}

async function role(attributes: string, url: string): Promise<string> {
  const name = `role_${randomBytes(5).toString('hex')}`;
  made.roles.push(name);
  await asOwner(server, (owner) => owner.query(`create role ${name} password 'pw' ${attributes}`));
  return address(url, (changed) => {
    changed.username = name;
    changed.password = 'pw';
  });
}

async function ownedByRole(attributes: string): Promise<string> {
  const url = await role(attributes, ownerUrl);
  const { username, pathname } = new URL(url);
  await asOwner(server, (owner) =>
    owner.query(`alter database ${pathname.slice(1)} owner to ${pg.escapeIdentifier(username)}`),
  );
  return url;
}

function address(url: string, change: (url: URL) => void): string {
  const changed = new URL(url);
  change(changed);
  return changed.href;
}
