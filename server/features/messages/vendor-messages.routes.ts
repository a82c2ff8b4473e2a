import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { respondentOf } from '../../plugins/access.ts';
import { closed, Done, Id, orNull } from '../../plugins/api-shapes.ts';
import type { Services } from '../../services.ts';
import { ask, flagUnclear } from './ask.usecases.ts';
import { decline, redirect } from './decline.usecases.ts';
import { threadsReply, vendorThreads } from './messages.replies.ts';
import { QuestionParams } from './messages.schemas.ts';
import { perPerson } from './per-person.ts';
import { readOwnThreads } from './read-threads.usecases.ts';

const text = Type.String({ maxLength: 20_000 });
const message = Type.Object({ questionId: orNull(Id), body: text }, closed);
const flag = Type.Object({ body: Type.Optional(text) }, closed);
const reason = Type.Object({ reason: text }, closed);
const contact = Type.Object(
  { name: Type.String({ maxLength: 1_000 }), email: Type.String({ maxLength: 1_000 }), comment: Type.Optional(text) },
  closed,
);

/** What the vendor asks, reads and declines, as JSON. */
export async function vendorMessageRoutes(
  instance: FastifyInstance,
  { services }: { services: Services },
): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  const write = { action: 'respond.message', rateLimit: perPerson(20) } as const;
  const refuse = { action: 'respond.decline', rateLimit: perPerson(20) } as const;
  const tags = ['Respond: messages'];
  const change = { tags, response: { 204: Done } };

  app.get(
    '/api/respond/messages',
    {
      config: { action: 'respond.view' },
      schema: { summary: 'Read the threads with the customer', tags, response: { 200: threadsReply } },
    },
    async (request) => vendorThreads(await readOwnThreads(services, respondentOf(request))),
  );

  app.post(
    '/api/respond/messages',
    { config: write, schema: { summary: 'Ask about a question, or about the request', ...change, body: message } },
    async (request, reply) => {
      await ask(services, respondentOf(request), request.body.questionId, request.body.body);
      return reply.status(204).send(null);
    },
  );

  app.post(
    '/api/respond/unclear-questions/:questionId',
    {
      config: write,
      schema: { summary: 'Call a question unclear', ...change, params: QuestionParams, body: flag },
    },
    async (request, reply) => {
      await flagUnclear(services, respondentOf(request), request.params.questionId, request.body.body ?? '');
      return reply.status(204).send(null);
    },
  );

  app.put(
    '/api/respond/decline',
    { config: refuse, schema: { summary: 'Say that the vendor will not answer, and why', ...change, body: reason } },
    async (request, reply) => {
      await decline(services, respondentOf(request), request.body.reason);
      return reply.status(204).send(null);
    },
  );

  app.put(
    '/api/respond/redirection',
    {
      config: { ...refuse, pointers: { remark: '/comment' } },
      schema: { summary: 'Name somebody else who should be asked', ...change, body: contact },
    },
    async (request, reply) => {
      const { name, email, comment = '' } = request.body;
      await redirect(services, respondentOf(request), { name, email, remark: comment });
      return reply.status(204).send(null);
    },
  );
}
