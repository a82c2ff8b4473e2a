import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { startEmbeddedPostgres } from '../../server/adapters/embedded-postgres.ts';
import { buildApp } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { createLogger } from '../../server/logging.ts';
import { limits } from '../../server/plugins/server-options.ts';
import type { Services } from '../../server/services.ts';
import { startServices } from '../../server/start-services.ts';
import { type Generator, type Job, type Result, startGenerator } from './generator.ts';

/** The whole server listening on a database of its own with everything that keeps it safe, and the generator. */
export type Ground = {
  app: FastifyInstance;
  services: Services;
  ownerUrl: string;
  generator: Generator;
  port: number;
};

export async function onGround<T>(work: (ground: Ground) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'kantoku-bench-'));
  const log = createLogger('error');
  const postgres = await startEmbeddedPostgres(folder, { info: () => {}, error: log.error.bind(log) });
  const config = readConfig({ DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'error' });
  const running = await startServices(config, { worker: false, log });
  // One address stands for everybody here; the limit per link stays.
  const app = await buildApp(running.services, { ...limits, requestsPerMinute: Number.MAX_SAFE_INTEGER });
  const generator = startGenerator();
  try {
    await app.listen({ host: '127.0.0.1', port: 0 });
    return await work({
      app,
      services: running.services,
      ownerUrl: postgres.url,
      generator,
      port: portOf(app),
    });
  } finally {
    generator.close();
    await app.close();
    await running.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Throws when a request failed: a fast refusal would look like a good figure. */
export async function shoot(
  { generator, services, port }: Pick<Ground, 'generator' | 'services' | 'port'>,
  seconds: number,
  connections: Job['connections'],
): Promise<Result> {
  const result = await generator.run({ port, origin: services.config.publicUrl, seconds, connections });
  if (result.failed > 0)
    throw new Error(`bench: ${result.failed} requests failed, the first with ${result.firstFailure}`);
  return result;
}

export function portOf(app: FastifyInstance): number {
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('bench: not listening');
  return address.port;
}
