import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { secretFile } from './adapters/secret-file.ts';
import { type ClamdAddress, readClamd } from './clamd-address.ts';
import { ConfigError } from './config-error.ts';

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
  /** clamd; undefined: evidence is not scanned, and everybody who looks at it is told so. */
  clamd: ClamdAddress | undefined;
  logLevel: string;
  browserPath: string | undefined;
};

export function readConfig(env: NodeJS.ProcessEnv): Config {
  const dataDir = resolve(env.DATA_DIR ?? 'data');
  const host = env.HOST ?? '127.0.0.1';
  const port = readPort(env.PORT ?? '3000');
  return {
    host,
    port,
    publicUrl: readPublicUrl(env.PUBLIC_URL ?? `http://localhost:${port}`),
    databaseUrl: readUrl('DATABASE_URL', env.DATABASE_URL, DATABASE_URLS),
    databaseAppUrl: readUrl('DATABASE_APP_URL', env.DATABASE_APP_URL, DATABASE_URLS),
    databaseAppRole: env.DATABASE_APP_ROLE ?? 'kantoku_app',
    dataDir,
    secret: readSecret(env, dataDir),
    mailUrl: readUrl('MAIL_URL', env.MAIL_URL, {
      protocols: ['smtp:', 'smtps:'],
      example: 'smtp://mail.example.jp:587',
    }),
    mailFrom: env.MAIL_FROM ?? 'Kantoku <noreply@localhost>',
    trustProxy: readTrustProxy(env.TRUST_PROXY ?? ''),
    clamd: readClamd(env.CLAMD_SOCKET, env.CLAMD_HOST),
    logLevel: readLogLevel(env.LOG_LEVEL ?? 'info'),
    browserPath: env.PUPPETEER_EXECUTABLE_PATH || undefined,
  };
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new ConfigError(`PORT="${text}": 0〜65535 の整数を指定してください。/ must be a whole number from 0 to 65535.`);
}

const DATABASE_URLS = {
  protocols: ['postgres:', 'postgresql:'],
  example: 'postgres://owner:password@db.example.jp:5432/kantoku',
};

/** The value itself is never repeated: it may hold a password. */
function readUrl(
  name: string,
  text: string | undefined,
  { protocols, example }: { protocols: readonly string[]; example: string },
): string | undefined {
  if (!text) return undefined;
  const url = URL.parse(text);
  if (url && protocols.includes(url.protocol) && url.hostname) return text;
  throw new ConfigError(`${name}: ${example} の形の URL を指定してください。/ must be an address like ${example}.`);
}

function readLogLevel(text: string): string {
  const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
  if (levels.includes(text)) return text;
  throw new ConfigError(
    `LOG_LEVEL="${text}": ${levels.join(', ')} のいずれかを指定してください。/ must be one of ${levels.join(', ')}.`,
  );
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
  const given = env.APP_SECRET_FILE ? readSecretFile(env.APP_SECRET_FILE) : env.APP_SECRET;
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

function readSecretFile(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw new ConfigError(
      `APP_SECRET_FILE="${file}": 読み取れません。パスと権限を確認してください。/ cannot be read. Check the path and its permissions.`,
    );
  }
}

function ownSecret(file: string): string {
  try {
    return secretFile(file, 48);
  } catch (error) {
    throw new ConfigError(
      `DATA_DIR: ${dirname(file)} に書き込めません（${(error as { code?: string }).code}）。書き込める場所を指定してください。/ cannot be written. Name a folder that can.`,
    );
  }
}
