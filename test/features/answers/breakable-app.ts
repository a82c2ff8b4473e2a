import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../../../server/app.ts';
import { readConfig } from '../../../server/config.ts';
import { createLogger } from '../../../server/logging.ts';
import type { Services } from '../../../server/services.ts';
import { assemble } from '../../../server/start-services.ts';
import { createTestDatabase, TEST_SECRET } from '../../support/database.ts';

export type BreakableApp = {
  app: FastifyInstance;
  services: Services;
  ownerUrl: string;
  /** Cuts every connection to the database and refuses new ones, as when its machine dies. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
};

/** The server with a cable to its database that can be pulled. */
export async function buildBreakableApp(): Promise<BreakableApp> {
  const database = await createTestDatabase();
  const cable = await layCable(new URL(database.url));
  const dataDir = mkdtempSync(join(tmpdir(), 'kantoku-data-'));
  const config = readConfig({ DATA_DIR: dataDir, APP_SECRET: TEST_SECRET, PORT: '0', LOG_LEVEL: 'fatal' });
  const running = await assemble(config, cable.url, { worker: false, log: createLogger('fatal') });
  const app = await buildApp(running.services);
  await app.ready();
  return {
    app,
    services: running.services,
    ownerUrl: database.ownerUrl,
    cut: cable.cut,
    mend: cable.mend,
    close: async () => {
      await app.close();
      await running.close();
      await cable.cut();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function layCable(target: URL) {
  const ends = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const end of [near, far]) {
      ends.add(end);
      end.on('error', () => {}).on('close', () => ends.delete(end));
    }
    near.pipe(far).pipe(near);
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return {
    url: url.href,
    mend: () => listen(port),
    cut: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const end of ends) end.destroy();
      }),
  };
}
