import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { calendarDay } from '../../domain/assessment/typed-input.ts';
import { memberOf } from '../../plugins/access.ts';
import { closed, Done, Id, IdParams, orNull, TypedDay } from '../../plugins/api-shapes.ts';
import type { Services } from '../../services.ts';
import { customerThreads, threadsReply } from './messages.replies.ts';
import { perPerson } from './per-person.ts';
import { readThreads } from './read-threads.usecases.ts';
import { reply as answer, resume, settle } from './reply.usecases.ts';

const thread = { questionId: orNull(Id) };
const message = Type.Object({ ...thread, body: Type.String({ maxLength: 20_000 }) }, closed);
const settlement = Type.Object(thread, closed);
const resumption = Type.Object({ note: Type.String({ maxLength: 20_000 }), dueOn: TypedDay }, closed);

/** What the customer reads and writes, as JSON. */
export async function customerMessageRoutes(
  instance: FastifyInstance,
  { services }: { services: Services },
): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  const write = { action: 'messages.write', rateLimit: perPerson(60) } as const;
  const about = { tags: ['Messages'], params: IdParams };
  const change = { ...about, response: { 204: Done } };

  app.get(
    '/api/assessments/:id/messages',
    {
      config: { action: 'messages.view' },
      schema: { summary: 'Read the threads with the vendor', ...about, response: { 200: threadsReply } },
    },
    async (request) => customerThreads(await readThreads(services, memberOf(request), request.params.id)),
  );

  app.post(
    '/api/assessments/:id/messages',
    { config: write, schema: { summary: 'Write to the vendor', ...change, body: message } },
    async (request, reply) => {
      const { questionId, body } = request.body;
      await answer(services, memberOf(request), request.params.id, questionId, body);
      return reply.status(204).send(null);
    },
  );

  app.post(
    '/api/assessments/:id/settlements',
    { config: write, schema: { summary: 'Take a thread off the list of what waits', ...change, body: settlement } },
    async (request, reply) => {
      await settle(services, memberOf(request), request.params.id, request.body.questionId);
      return reply.status(204).send(null);
    },
  );

  app.put(
    '/api/assessments/:id/resumption',
    {
      config: { action: 'assessments.resume', rateLimit: perPerson(20) },
      schema: { summary: 'Ask a vendor that declined to go on', ...change, body: resumption },
    },
    async (request, reply) => {
      const { note, dueOn } = request.body;
      await resume(services, memberOf(request), request.params.id, { note, dueOn: calendarDay(dueOn) });
      return reply.status(204).send(null);
    },
  );
}
