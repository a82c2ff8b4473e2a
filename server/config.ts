import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The environment as one checked object. Nothing else reads process.env. */
export type Config = {
  host: string;
  port: number;
  /** Address people use, without a trailing slash; links in mails begin with it. */
  publicUrl: string;
  /** Owner's address of an own PostgreSQL (≥ 15); undefined: the embedded one under `dataDir`. */
  databaseUrl: string | undefined;
  /** Address of a role made by an administrator, with LOGIN only; undefined: Kantoku makes `<databaseAppRole>_<database>`. */
  databaseAppUrl: string | undefined;
  databaseAppRole: string;
  dataDir: string;
  /** At least 32 bytes; every other key is derived from it. */
  secret: string;
  /** smtp://… ; undefined: mail is captured under `dataDir` and can be read at /captured-mail (loopback only). */
  mailUrl: string | undefined;
  mailFrom: string;
  /** Reverse proxies in front: hop count or addresses; never `true`. */
  trustProxy: number | string | false;
  logLevel: string;
  browserPath: string | undefined;
};

export class ConfigError extends Error {}

export function readConfig(env: NodeJS.ProcessEnv): Config {
  const dataDir = resolve(env.DATA_DIR ?? 'data');
  const host = env.HOST ?? '127.0.0.1';
  const port = readPort(env.PORT ?? '3000');
  return {
    host,
    port,
    publicUrl: readPublicUrl(env.PUBLIC_URL ?? `http://localhost:${port}`),
    databaseUrl: env.DATABASE_URL || undefined,
    databaseAppUrl: env.DATABASE_APP_URL || undefined,
    databaseAppRole: env.DATABASE_APP_ROLE ?? 'kantoku_app',
    dataDir,
    secret: readSecret(env, dataDir),
    mailUrl: env.MAIL_URL || undefined,
    mailFrom: env.MAIL_FROM ?? 'Kantoku <noreply@localhost>',
    trustProxy: readTrustProxy(env.TRUST_PROXY ?? ''),
    logLevel: env.LOG_LEVEL ?? 'info',
    browserPath: env.PUPPETEER_EXECUTABLE_PATH || undefined,
  };
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new ConfigError(`PORT="${text}": 0〜65535 の整数を指定してください。/ must be a whole number from 0 to 65535.`);
}

function readPublicUrl(text: string): string {
  const url = URL.parse(text);
  if (
    url &&
    (url.protocol === 'https:' || url.protocol === 'http:') &&
    url.pathname === '/' &&
    !url.search &&
    !url.hash
  ) {
    return url.origin;
  }
  throw new ConfigError(
    `PUBLIC_URL="${text}": https://kantoku.example.jp のように、パスのない URL を指定してください。/ must be an address without a path.`,
  );
}

/** `true` would believe any X-Forwarded-For and switch rate limiting off for whoever sends one. */
function readTrustProxy(text: string): number | string | false {
  if (text === '' || text === 'false' || text === '0') return false;
  if (/^\d+$/.test(text)) return Number(text);
  if (text.split(',').every((part) => /^[\da-fA-F.:]+(\/\d{1,3})?$/.test(part.trim()))) return text;
  throw new ConfigError(
    `TRUST_PROXY="${text}": 前段のプロキシの段数（例：1）またはアドレス（例：10.0.0.0/8）を指定してください。/ must be a hop count (e.g. 1) or addresses (e.g. 10.0.0.0/8).`,
  );
}

/** From APP_SECRET or APP_SECRET_FILE; with the embedded database one is made once and kept under the data folder. */
function readSecret(env: NodeJS.ProcessEnv, dataDir: string): string {
  const given = env.APP_SECRET_FILE ? readFileSync(env.APP_SECRET_FILE, 'utf8').trim() : env.APP_SECRET;
  if (given !== undefined && given !== '') {
    if (Buffer.byteLength(given) >= 32) return given;
    throw new ConfigError(
      'APP_SECRET: 32 バイト以上の無作為な値を指定してください。/ must be at least 32 random bytes.',
    );
  }
  if (env.DATABASE_URL) {
    throw new ConfigError(
      'APP_SECRET: DATABASE_URL を使うときは必ず指定してください（openssl rand -base64 48 などで作成）。/ is required with DATABASE_URL (make one with: openssl rand -base64 48).',
    );
  }
  return ownSecret(join(dataDir, 'secret'));
}

function ownSecret(file: string): string {
  if (!existsSync(file)) {
    mkdirSync(resolve(file, '..'), { recursive: true });
    writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' });
  }
  return readFileSync(file, 'utf8').trim();
}
