import type { FastifyInstance } from 'fastify';
import type { Services } from '../../services.ts';
import { customerMessagePages } from './customer-messages.pages.ts';
import { declinePages } from './decline.pages.ts';
import { resumptionPages } from './resumption.pages.ts';
import { vendorMessagePages } from './vendor-messages.pages.ts';

/** Everything the two sides say to each other besides the answers. */
export async function messagePages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  await app.register(vendorMessagePages, { services });
  await app.register(declinePages, { services });
  await app.register(customerMessagePages, { services });
  await app.register(resumptionPages, { services });
}
