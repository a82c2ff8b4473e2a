import pg from 'pg';
import { SetupError } from '../server/setup-error.ts';

/** As in server_version_num: 15.0. */
const OLDEST_SERVER = 150_000;

/** Connects as the owner of the database. Throws SetupError when it cannot be reached, refuses, or is too old. */
export async function connectAsOwner(url: string, oldest = OLDEST_SERVER): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    throw new SetupError(explain(error as Error & { code?: string }, placeOf(url)), error);
  }
  const { rows } = await client.query<{ number: number; version: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as version`,
  );
  const server = rows[0];
  if (server && server.number >= oldest) return client;
  await client.end();
  throw new SetupError({
    ja: `PostgreSQL ${server?.version} には対応していません。15 以上をご用意ください。`,
    en: `PostgreSQL ${server?.version} is not supported. Provide version 15 or later.`,
  });
}

/** Host, port and database, never the password. */
function placeOf(url: string): string {
  const { host, pathname } = URL.parse(url) ?? { host: '', pathname: '' };
  return `${host}${pathname}`;
}

function explain(error: Error & { code?: string }, place: string) {
  switch (error.code) {
    case '28P01':
    case '28000':
      return {
        ja: `データベース ${place} にログインできません。DATABASE_URL のユーザー名とパスワードを確認してください。`,
        en: `The database ${place} refuses the sign-in. Check user name and password in DATABASE_URL.`,
      };
    case '3D000':
      return {
        ja: `データベース ${place} がありません。先に作成するか、DATABASE_URL のデータベース名を直してください。`,
        en: `The database ${place} does not exist. Create it first, or correct its name in DATABASE_URL.`,
      };
    default:
      return {
        ja: `データベース ${place} に接続できません（${error.code ?? error.message}）。PostgreSQL が動いているか、DATABASE_URL のホストとポートが正しいかを確認してください。`,
        en: `The database ${place} cannot be reached (${error.code ?? error.message}). Check that PostgreSQL is running and that DATABASE_URL has the right host and port.`,
      };
  }
}
