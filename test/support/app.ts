import type { FastifyInstance } from 'fastify';
import { buildApp } from '../../server/app.ts';
import { startTestServices, type TestServices } from './services.ts';

export type TestApp = { app: FastifyInstance; services: TestServices; close(): Promise<void> };

/** The whole server on real services; talk to it with `app.inject`, or listen on a free port of 127.0.0.1. */
export async function buildTestApp(env: NodeJS.ProcessEnv = {}): Promise<TestApp> {
  const services = await startTestServices(env);
  const app = await buildApp(services);
  await app.ready();
  return {
    app,
    services,
    close: async () => {
      await app.close();
      await services.close();
    },
  };
}
