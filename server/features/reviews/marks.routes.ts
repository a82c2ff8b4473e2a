import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { paragraphs } from '../../domain/assessment/typed-input.ts';
import { memberOf } from '../../plugins/access.ts';
import { closed, Done, Id, IdParams, orNull } from '../../plugins/api-shapes.ts';
import type { Services } from '../../services.ts';
import { settleCondition } from './conditions.usecases.ts';
import { recordReview, verifyAttached } from './record-review.usecases.ts';
import type { ReviewInput } from './review-rules.ts';

const text = Type.String({ maxLength: 20_000 });
const seen = Type.String({ maxLength: 40, description: 'As GET …/answers gave it; "" where nothing was marked' });
const mark = Type.Object(
  {
    evidence: Type.Enum(['verified', 'rejected', 'open']),
    naRejected: Type.Optional(Type.Boolean()),
    reason: Type.Optional(text),
    remark: Type.Optional(text),
    seen: Type.Optional(seen),
    round: Type.Optional(Type.Integer({ minimum: 1, maximum: 9_999, description: 'Whose answers were looked at' })),
  },
  { ...closed, examples: [{ evidence: 'rejected', reason: '発行日の記載がないため', seen: '' }] },
);
const settlement = Type.Object(
  { holds: orNull(Type.Boolean({ description: 'Null takes the word back' })), reason: text, seen },
  closed,
);
const section = Type.Object({ section: Id }, closed);
const verified = Type.Object({ verified: Type.Integer({ description: 'How many were marked' }) }, closed);

/** The reviewer's marks on evidence and conditions, as JSON. */
export async function markRoutes(instance: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  const config = { action: 'assessments.review' } as const;
  const tags = ['Reviews'];

  app.put(
    '/api/assessments/:id/reviews/:subject',
    {
      config,
      schema: {
        summary: 'Mark evidence as verified or rejected, refuse an N/A, or leave a remark',
        tags,
        params: Type.Object({ id: Id, subject: Id }, closed),
        body: mark,
        response: { 204: Done },
      },
    },
    async (request, reply) => {
      const { id, subject } = request.params;
      await recordReview(services, memberOf(request), id, subject, inputOf(request.body));
      return reply.status(204).send(null);
    },
  );

  app.put(
    '/api/assessments/:id/conditions/:question',
    {
      config,
      schema: {
        summary: 'Settle whether the condition of an answer holds for your contract',
        tags,
        params: Type.Object({ id: Id, question: Id }, closed),
        body: settlement,
        response: { 204: Done },
      },
    },
    async (request, reply) => {
      const { id, question } = request.params;
      const input = { ...request.body, reason: paragraphs(request.body.reason) };
      await settleCondition(services, memberOf(request), id, question, input);
      return reply.status(204).send(null);
    },
  );

  app.post(
    '/api/assessments/:id/verifications',
    {
      config,
      schema: {
        summary: 'Mark every file of a section that nobody has judged as verified',
        tags,
        params: IdParams,
        body: section,
        response: { 200: verified },
      },
    },
    async (request) => ({
      verified: await verifyAttached(services, memberOf(request), request.params.id, request.body.section),
    }),
  );
}

function inputOf({ naRejected = false, reason = '', remark = '', ...rest }: Static<typeof mark>): ReviewInput {
  return { ...rest, naRejected, reason: paragraphs(reason), remark: paragraphs(remark) };
}
