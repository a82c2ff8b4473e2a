import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { respondentOf } from '../../plugins/access.ts';
import { Done } from '../../plugins/api-shapes.ts';
import type { Services } from '../../services.ts';
import { adoptPrefill, dismissPrefill } from './adopt-prefill.usecases.ts';
import { questionParams, savedAnswerView } from './answers.schemas.ts';
import { perLink } from './link-limit.ts';
import { savedAnswerOf } from './respondent.views.ts';

const adoption = Type.Object(
  {
    revision: Type.Integer({
      minimum: 0,
      maximum: 2 ** 31 - 2,
      description: 'Revision of the answer it replaces; 0 where nothing was saved yet.',
    }),
  },
  { additionalProperties: false },
);
const nothing = Type.Object({}, { additionalProperties: false });

/** A person's word on an answer offered for reuse. */
export async function prefillRoutes(instance: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  const tags = ['Respond: reuse'];
  const config = { action: 'respond.answer', rateLimit: perLink(600) } as const;

  app.post(
    '/api/respond/prefills/:questionId/adoption',
    {
      config,
      schema: {
        summary: 'Take an earlier answer over',
        tags,
        params: questionParams,
        body: adoption,
        response: { 200: savedAnswerView },
      },
    },
    async (request) => {
      const { params, body } = request;
      return savedAnswerOf(await adoptPrefill(services, respondentOf(request), params.questionId, body.revision));
    },
  );

  app.post(
    '/api/respond/prefills/:questionId/dismissal',
    {
      config,
      schema: {
        summary: 'Put an earlier answer aside',
        tags,
        params: questionParams,
        body: nothing,
        response: { 204: Done },
      },
    },
    async (request, reply) => {
      await dismissPrefill(services, respondentOf(request), request.params.questionId);
      return reply.status(204).send(null);
    },
  );
}
