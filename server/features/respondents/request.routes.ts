import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { respondentOf } from '../../plugins/access.ts';
import { closed } from '../../plugins/api-shapes.ts';
import type { Services } from '../../services.ts';
import { comparisonOf, comparisonReply } from '../rounds/rounds.replies.ts';
import { openRequest, readOwnRound } from './open-request.usecases.ts';
import { requestOf, requestReply } from './request.replies.ts';
import { submissionRoutes } from './submission.routes.ts';

const round = Type.Object({ round: Type.String({ pattern: '^[1-9]\\d{0,3}$' }) }, closed);

/** What a respondent reads of its request, and what it hands in, as JSON. */
export async function requestRoutes(instance: FastifyInstance, { services }: { services: Services }): Promise<void> {
  await instance.register(submissionRoutes, { services });
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  const config = { action: 'respond.view' } as const;
  const tags = ['Respond'];

  app.get(
    '/api/respond/request',
    {
      config,
      schema: {
        summary: 'Read who asks, until when, and what was given back',
        tags,
        response: { 200: requestReply },
      },
    },
    async (request) => requestOf(await openRequest(services, respondentOf(request))),
  );

  app.get(
    '/api/respond/rounds/:round',
    {
      config,
      schema: {
        summary: 'Read one submission beside the one before',
        tags,
        params: round,
        response: { 200: comparisonReply },
      },
    },
    async (request) => comparisonOf(await readOwnRound(services, respondentOf(request), Number(request.params.round))),
  );
}
