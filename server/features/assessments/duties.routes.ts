import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { memberOf } from '../../plugins/access.ts';
import { closed, Done, IdParams, orNull, Words } from '../../plugins/api-shapes.ts';
import type { Services } from '../../services.ts';
import { DutiesForm } from './assessments.schemas.ts';
import { dutyAnswers, readDuties, saveDuties } from './duties.usecases.ts';

const duties = Type.Object(
  {
    duties: Type.Array(
      Type.Object({ id: Type.String(), text: Words, answer: orNull(Type.Enum([...dutyAnswers])) }, closed),
    ),
  },
  closed,
);
const body = Type.Object({ answers: DutiesForm }, { ...closed, description: 'yes, no or notYet by id of the duty' });

/** 委託元の対応: what the customer itself must do, as JSON. */
export async function dutyRoutes(instance: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  const about = { tags: ['Assessments'], params: IdParams };

  app.get(
    '/api/assessments/:id/duties',
    {
      config: { action: 'assessments.view' },
      schema: { summary: 'Read what the customer itself must do', ...about, response: { 200: duties } },
    },
    async (request) => {
      const { assessment, asked } = await readDuties(services, memberOf(request), request.params.id);
      const given = new Map(Object.entries(assessment.customerDuties));
      return { duties: asked.map(({ id, text }) => ({ id, text, answer: given.get(id) ?? null })) };
    },
  );

  app.put(
    '/api/assessments/:id/duties',
    {
      config: { action: 'duties.edit' },
      schema: { summary: 'Answer what the customer itself must do', ...about, body, response: { 204: Done } },
    },
    async (request, reply) => {
      await saveDuties(services, memberOf(request), request.params.id, request.body.answers);
      return reply.status(204).send(null);
    },
  );
}
