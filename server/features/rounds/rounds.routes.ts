import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { memberOf } from '../../plugins/access.ts';
import { closed, Done, Id, IdParams, Instant } from '../../plugins/api-shapes.ts';
import type { Services } from '../../services.ts';
import { flagQuestion, unflagQuestion } from './flag-question.usecases.ts';
import { readRound, readSubmissions } from './read-rounds.usecases.ts';
import { returnRoutes } from './return.routes.ts';
import { comparisonOf, comparisonReply } from './rounds.replies.ts';

const submission = Type.Object(
  {
    round: Type.Integer(),
    submittedAt: Instant,
    receiptNumber: Type.String(),
    returned: Type.Integer({ description: 'Questions that had been given back' }),
    changed: Type.Integer({ description: 'Questions that differ from the round before' }),
  },
  closed,
);
const submissions = Type.Object({ rounds: Type.Array(submission) }, closed);
const roundParams = Type.Object({ id: Id, round: Type.String({ pattern: '^[1-9]\\d{0,3}$' }) }, closed);
const questionParams = Type.Object({ id: Id, question: Id }, closed);
const mark = Type.Object(
  {
    reason: Type.String({ maxLength: 20_000, description: 'The vendor reads it to know what to mend' }),
    seen: Type.Optional(
      Type.String({ maxLength: 40, description: 'When it was marked as far as you know; "" for not' }),
    ),
  },
  closed,
);

/** Submissions, what changed between them, and what goes back to the vendor, as JSON. */
export async function roundRoutes(instance: FastifyInstance, { services }: { services: Services }): Promise<void> {
  await instance.register(returnRoutes, { services });
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  const view = { action: 'assessments.view' } as const;
  const config = { action: 'assessments.review' } as const;
  const tags = ['Rounds'];

  app.get(
    '/api/assessments/:id/rounds',
    {
      config: view,
      schema: { summary: 'List every submission', tags, params: IdParams, response: { 200: submissions } },
    },
    async (request) => {
      const rounds = await readSubmissions(services, memberOf(request), request.params.id);
      return { rounds: rounds.map((one) => ({ ...one, submittedAt: one.submittedAt.toISOString() })) };
    },
  );

  app.get(
    '/api/assessments/:id/rounds/:round',
    {
      config: view,
      schema: {
        summary: 'Read one submission beside the one before',
        tags,
        params: roundParams,
        response: { 200: comparisonReply },
      },
    },
    async (request) => {
      const { id, round } = request.params;
      return comparisonOf(await readRound(services, memberOf(request), id, Number(round)));
    },
  );

  app.put(
    '/api/assessments/:id/returned-questions/:question',
    {
      config,
      schema: {
        summary: 'Mark a question for the next return, with the reason',
        tags,
        params: questionParams,
        body: mark,
        response: { 204: Done },
      },
    },
    async (request, reply) => {
      const { id, question } = request.params;
      await flagQuestion(services, memberOf(request), id, question, request.body);
      return reply.status(204).send(null);
    },
  );

  app.delete(
    '/api/assessments/:id/returned-questions/:question',
    { config, schema: { summary: 'Take the mark away', tags, params: questionParams, response: { 204: Done } } },
    async (request, reply) => {
      const { id, question } = request.params;
      await unflagQuestion(services, memberOf(request), id, question);
      return reply.status(204).send(null);
    },
  );
}
