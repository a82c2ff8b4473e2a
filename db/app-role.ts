import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { SetupError } from '../server/setup-error.ts';

type Options = { ownerUrl: string; appUrl?: string | undefined; appRole: string; appPassword: string };

/**
 * The role the running server works as: it owns nothing, bypasses nothing, and can only add to the audit trail, the
 * evaluations, what was handed in, and the issued reports.
 * Resolves to its address. Throws SetupError when the role cannot be made, or is too mighty to be safe.
 */
export async function prepareAppRole(client: pg.Client, options: Options): Promise<string> {
  const { rows } = await client.query<{ database: string }>('select current_database() as database');
  const url = new URL(options.appUrl ?? options.ownerUrl);
  if (!options.appUrl) {
    url.username = `${options.appRole}_${rows[0]?.database}`.slice(0, 63);
    url.password = options.appPassword;
    await createRole(client, url.username, options.appPassword);
  }
  const role = decodeURIComponent(url.username);
  await refuseMightyRole(client, role);
  await grant(client, client.escapeIdentifier(role));
  return url.href;
}

async function createRole(client: pg.Client, name: string, password: string): Promise<void> {
  const role = client.escapeIdentifier(name);
  const verifier = client.escapeLiteral(scramVerifier(password));
  try {
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [name]);
    if (!rowCount) await client.query(`create role ${role} login noinherit nocreatedb nocreaterole`);
    await client.query(`alter role ${role} password ${verifier}`);
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error;
    throw new SetupError(
      {
        ja: `データベースの所有者にロール ${name} を作成する権限がありません。CREATEROLE を付与するか、管理者が LOGIN だけを持つロールを作成し、その接続先を DATABASE_APP_URL に指定してください。`,
        en: `The owner of the database may not create the role ${name}. Grant it CREATEROLE, or have an administrator create a role with LOGIN only and give its address in DATABASE_APP_URL.`,
      },
      error,
    );
  }
}

/** Any of these would switch row-level security off for the whole server process. */
async function refuseMightyRole(client: pg.Client, name: string): Promise<void> {
  const { rows } = await client.query<{ mighty: boolean }>(
    `select rolsuper or rolbypassrls or rolcreaterole or rolname = current_user
         or exists (select from pg_class where relowner = r.oid)
         or exists (select from pg_auth_members where member = r.oid) as mighty
       from pg_roles r where rolname = $1`,
    [name],
  );
  if (rows[0] && !rows[0].mighty) return;
  throw new SetupError({
    ja: `ロール ${name} は使えません。存在し、LOGIN 以外の権限・所有物・所属ロールを持たないロールが必要です（行レベルセキュリティを迂回できてしまうため）。`,
    en: `The role ${name} cannot be used. It must exist and have LOGIN only: no other attribute, nothing owned, no membership, because those could bypass row-level security.`,
  });
}

async function grant(client: pg.Client, role: string): Promise<void> {
  // One statement list is one transaction: nobody ever sees the trail changeable in between.
  await client.query(`
    grant usage on schema public, pgboss to ${role};
    grant select, insert, update, delete on all tables in schema public, pgboss to ${role};
    revoke update, delete on audit_events, evaluations, reports, rounds from ${role};
    grant usage on schema migrations to ${role};
    grant select on all tables in schema migrations to ${role};
    grant usage, select on all sequences in schema public, pgboss to ${role};
    grant execute on all functions in schema public, pgboss to ${role};
  `);
}

/** What PostgreSQL stores of a password (RFC 5803), computed here so that the password never appears in its log. */
function scramVerifier(password: string): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, 4096, 32, 'sha256');
  const hmac = (text: string) => createHmac('sha256', salted).update(text).digest();
  const stored = createHash('sha256').update(hmac('Client Key')).digest('base64');
  return `SCRAM-SHA-256$4096:${salt.toString('base64')}$${stored}:${hmac('Server Key').toString('base64')}`;
}
