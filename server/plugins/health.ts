import { readFileSync } from 'node:fs';
import type { FastifyInstance, LogLevel } from 'fastify';
import { findBrowser } from '../adapters/pdf/browser-path.ts';
import type { Services } from '../services.ts';

type Finding = { ok: boolean } & Record<string, unknown>;
/** Without these nothing works: no traffic, please. The others only delay mails, PDFs and virus scans, which wait in the queue. */
const NEEDED = ['database', 'migrations'];
const MAIL_CHECK_EVERY_MS = 30_000;

const journal = new URL('../../db/migrations/meta/_journal.json', import.meta.url);
const expectedMigrations = (JSON.parse(readFileSync(journal, 'utf8')) as { entries: unknown[] }).entries.length;

/** /livez: the process answers. /readyz: what it stands on; 503 while it cannot serve. Causes go to the log, not out. */
export async function healthPlugin(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  // Probes come every few seconds: only what goes wrong is worth a line.
  const level = services.log.level as LogLevel | 'silent';
  const logLevel = ['trace', 'debug', 'info'].includes(level) ? 'warn' : level;
  const options = { config: { action: 'site.view', rateLimit: false }, logLevel } as const;
  const checks = createChecks(services);
  const look = shared(async () => {
    const findings: Record<string, Finding> = {};
    for (const [name, check] of Object.entries(checks)) {
      findings[name] = await check().catch((error: unknown) => {
        services.log.warn({ err: error }, `readyz: ${name}`);
        return { ok: false };
      });
    }
    return findings;
  });
  app.get('/livez', options, async () => ({ status: 'ok' }));
  app.get('/readyz', options, async (_request, reply) => {
    const findings = await look();
    const broken = Object.keys(findings).filter((name) => !findings[name]?.ok);
    const unavailable = broken.some((name) => NEEDED.includes(name));
    const status = unavailable ? 'unavailable' : broken.length > 0 ? 'degraded' : 'ready';
    return reply
      .status(unavailable ? 503 : 200)
      .header('cache-control', 'no-store')
      .send({ status, checks: findings });
  });
}

function createChecks({
  database,
  queue,
  mail,
  pdf,
  virusScanner,
  config,
}: Services): Record<string, () => Promise<Finding>> {
  return {
    database: async () => {
      await database.pool.query('select 1');
      return { ok: true };
    },
    migrations: async () => {
      const { rows } = await database.pool.query(
        'select count(*)::int as applied from migrations.__drizzle_migrations',
      );
      const applied = Number(rows[0]?.applied);
      return { ok: applied >= expectedMigrations, applied, expected: expectedMigrations };
    },
    queue: async () => ({ ok: true, ...(await queue.depth()) }),
    browser: async () => {
      await findBrowser(config.browserPath);
      return { ok: true, isolation: pdf.isolation() };
    },
    mail: remembered(async () => ({ ok: true, ...(await mail.check()) })),
    virusScanner: remembered(async () => {
      await virusScanner?.check();
      return { ok: true, by: virusScanner ? 'clamd' : 'none' };
    }),
  };
}

/** Anybody may ask, as often as they like: whoever comes while a look is under way gets what it finds. */
function shared<T>(look: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  return () => {
    running ??= look().finally(() => {
      running = undefined;
    });
    return running;
  };
}

/** A probe every few seconds must not open a connection to the mail server or the scanner each time. */
function remembered(check: () => Promise<Finding>): () => Promise<Finding> {
  let last: { at: number; result: Promise<Finding> } | undefined;
  return () => {
    if (!last || Date.now() - last.at > MAIL_CHECK_EVERY_MS) last = { at: Date.now(), result: check() };
    return last.result;
  };
}
