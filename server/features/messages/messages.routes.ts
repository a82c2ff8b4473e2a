import type { FastifyInstance } from 'fastify';
import type { Services } from '../../services.ts';
import { customerMessageRoutes } from './customer-messages.routes.ts';
import { vendorMessageRoutes } from './vendor-messages.routes.ts';

/** Everything the two sides say to each other besides the answers, as JSON. */
export async function messageRoutes(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  await app.register(customerMessageRoutes, { services });
  await app.register(vendorMessageRoutes, { services });
}
