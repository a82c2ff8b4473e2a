import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { oneLine, paragraphs } from '../../domain/assessment/typed-input.ts';
import { respondentOf } from '../../plugins/access.ts';
import { closed, Done } from '../../plugins/api-shapes.ts';
import type { Services } from '../../services.ts';
import { decide, requestApproval } from '../people/approvals.usecases.ts';
import type { Attestation } from './attestation.ts';
import { openRequest } from './open-request.usecases.ts';
import { standingOf, standingReply } from './request.replies.ts';
import { submitAnswers } from './submit.usecases.ts';

const text = Type.String({ maxLength: 20_000 });
const seen = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'As GET /api/respond/submission gave it' });
const approval = Type.Object({ seen }, closed);
const decision = Type.Object(
  { decision: Type.Enum(['approved', 'sentBack']), comment: Type.Optional(text), seen },
  closed,
);
const attestation = Type.Object(
  {
    name: Type.String({ maxLength: 1_000, description: 'Who declares the answers to be true' }),
    title: Type.String({ maxLength: 1_000 }),
    attested: Type.Literal(true, { description: 'The answers are true' }),
    unanswered: Type.Optional(Type.Boolean({ description: 'Hand in although questions are unanswered' })),
    comment: Type.Optional(Type.String({ maxLength: 20_000, description: 'Why returned questions are as they were' })),
    seen,
  },
  closed,
);
const receipt = Type.Object({ receiptNumber: Type.String() }, { ...closed, description: 'Handed in.' });

/** 確認, 承認 and the submission, as JSON. */
export async function submissionRoutes(instance: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  const people = ['Respond: people'];

  app.get(
    '/api/respond/submission',
    {
      config: { action: 'respond.view' },
      schema: {
        summary: 'See what is missing before the answers can be handed in',
        tags: ['Respond'],
        response: { 200: standingReply },
      },
    },
    async (request) => standingOf(await openRequest(services, respondentOf(request))),
  );

  app.post(
    '/api/respond/approval-requests',
    {
      config: { action: 'respond.requestApproval' },
      schema: { summary: 'Ask for 確認 and 承認', tags: people, body: approval, response: { 204: Done } },
    },
    async (request, reply) => {
      await requestApproval(services, respondentOf(request), request.body.seen);
      return reply.status(204).send(null);
    },
  );

  app.post(
    '/api/respond/approvals',
    {
      config: { action: 'respond.approve' },
      schema: {
        summary: 'Approve, or send back with a comment',
        tags: people,
        body: decision,
        response: { 204: Done },
      },
    },
    async (request, reply) => {
      const { comment = '', ...input } = request.body;
      await decide(services, respondentOf(request), { ...input, remark: comment });
      return reply.status(204).send(null);
    },
  );

  app.post(
    '/api/respond/submission',
    {
      config: { action: 'respond.submit', pointers: { remark: '/comment' } },
      schema: {
        summary: 'Declare the answers true and hand them in',
        tags: ['Respond'],
        body: attestation,
        response: { 201: receipt },
      },
    },
    async (request, reply) => {
      const input = attestationOf(request.body);
      const receiptNumber = await submitAnswers(services, respondentOf(request), input, request.locale);
      return reply.status(201).send({ receiptNumber });
    },
  );
}

function attestationOf(body: Static<typeof attestation>): Attestation {
  const { name, title, attested, unanswered = false, comment = '', seen } = body;
  const words = { name: oneLine(name), title: oneLine(title), remark: paragraphs(comment) };
  return { ...words, attested, acceptsMissing: unanswered, seen };
}
