import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { asOwner } from '../support/database.ts';

const migrations = fileURLToPath(new URL('../../db/migrations', import.meta.url));
const server = inject('ownerUrl');
const name = `upgrade_${randomBytes(5).toString('hex')}`;
let ownerUrl: string;
let folder: string;

/** An owner as managed servers give it: no superuser, so that forced row-level security binds it as well. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kantoku-upgrade-'));
  await asOwner(server, async (owner) => {
    await owner.query(`create role ${name} login password 'pw'`);
    await owner.query(`create database ${name} owner ${name}`);
  });
  const url = new URL(server);
  Object.assign(url, { username: name, password: 'pw', pathname: `/${name}` });
  ownerUrl = url.href;
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await asOwner(server, async (owner) => {
    await owner.query(`drop database ${name} with (force)`);
    await owner.query(`drop role ${name}`);
  });
});

test('what was sent before there were reminders gets none, a draft gets them, and no other setting changes', async () => {
  cpSync(migrations, folder, { recursive: true });
  const file = join(folder, 'meta', '_journal.json');
  const journal = JSON.parse(readFileSync(file, 'utf8')) as { entries: { idx: number }[] };
  writeFileSync(file, JSON.stringify({ ...journal, entries: journal.entries.filter(({ idx }) => idx < 12) }));
  await asOwner(ownerUrl, async (owner) => {
    await migrate(drizzle(owner), { migrationsFolder: folder, migrationsSchema: 'migrations' });
  });
  for (const state of ['draft', 'sent', 'returned', 'finalised']) await insert(state);
  await asOwner(ownerUrl, async (owner) => {
    await migrate(drizzle(owner), { migrationsFolder: migrations, migrationsSchema: 'migrations' });
    const hidden = await owner.query('select 1 from assessments');
    expect(hidden.rows).toEqual([]);
  });
  await asOwner(withDatabase(server), async (superuser) => {
    const { rows } = await superuser.query('select state, settings from assessments order by state');
    const usual = { advice: true, emailDomains: [], prefillMonths: 24, plans: true };
    expect(rows).toEqual(
      ['draft', 'finalised', 'returned', 'sent'].map((state) => ({
        state,
        settings: { ...usual, reminders: state === 'draft' },
      })),
    );
  });
});

async function insert(state: string): Promise<void> {
  await asOwner(withDatabase(server), async (superuser) => {
    await superuser.query('set session_replication_role = replica');
    await superuser.query(
      `insert into assessments (organisation_id, id, reference, service_id, created_by, state, questionnaire_id,
         questionnaire_version, questionnaire_hash, contact_name, contact_email, due_on)
       values (gen_random_uuid(), gen_random_uuid(), $1, gen_random_uuid(), gen_random_uuid(), $1, 'x', '1', '', 'x', 'x', now())`,
      [state],
    );
  });
}

function withDatabase(url: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
