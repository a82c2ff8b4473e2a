import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { respondentOf } from '../../plugins/access.ts';
import type { Services } from '../../services.ts';
import { perLink } from './link-limit.ts';
import { tellPresence } from './presence.usecases.ts';

const closed = { additionalProperties: false };
const body = Type.Object({ questionId: Type.Union([Type.String({ maxLength: 100 }), Type.Null()]) }, closed);
const reply = Type.Object(
  { others: Type.Array(Type.Object({ name: Type.String(), questionId: Type.String() }, closed)) },
  closed,
);

/** Who else has which question open: a courtesy between colleagues, never a lock. */
export async function presenceRoutes(instance: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  app.put(
    '/api/respond/presence',
    {
      config: { action: 'respond.view', rateLimit: perLink(120) },
      schema: {
        summary: 'Say which question you have open, and hear which others have',
        tags: ['Respond'],
        body,
        response: { 200: reply },
      },
    },
    async (request) => ({ others: await tellPresence(services, respondentOf(request), request.body.questionId) }),
  );
}
