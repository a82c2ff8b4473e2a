import type { FastifyInstance } from 'fastify';
import type { Services } from '../../services.ts';
import { logoPages } from './logo.pages.ts';
import { settingsPages } from './settings.pages.ts';

/** The face of the customer: its settings and its logo. */
export async function organisationPages(app: FastifyInstance, options: { services: Services }): Promise<void> {
  await app.register(settingsPages, options);
  await app.register(logoPages, options);
}
