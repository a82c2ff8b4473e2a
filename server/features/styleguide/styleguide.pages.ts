import type { FastifyInstance } from 'fastify';
import { adviceSamples } from './advice-samples.ts';
import { styleguideModel } from './styleguide.views.ts';

/** Every piece of the design system in every state: what visual tests photograph and what page authors copy from. */
export async function styleguidePages(app: FastifyInstance): Promise<void> {
  app.get('/styleguide', { config: { action: 'site.view' } }, async (request, reply) =>
    reply.page('styleguide/styleguide', { ...styleguideModel(), advice: adviceSamples(request.locale) }),
  );
}
