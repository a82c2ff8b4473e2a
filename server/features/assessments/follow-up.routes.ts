import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { calendarDay } from '../../domain/assessment/typed-input.ts';
import { memberOf } from '../../plugins/access.ts';
import { closed, Done, IdParams, NoBody, TypedDay } from '../../plugins/api-shapes.ts';
import type { Services } from '../../services.ts';
import { extendDueDate, remind, resendInvitation, revokeAssessment } from './follow-up.usecases.ts';

const dueDate = Type.Object({ dueOn: TypedDay }, closed);
const revocation = Type.Object(
  { reason: Type.String({ maxLength: 20_000, examples: ['契約を終了したため'] }) },
  closed,
);

/** What a customer does while it waits, as JSON. */
export async function followUpRoutes(instance: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  const about = { tags: ['Assessments'], params: IdParams, response: { 204: Done } };
  const again = { action: 'assessments.remind' } as const;

  app.post(
    '/api/assessments/:id/reminders',
    { config: again, schema: { summary: 'Remind the contact by mail', ...about, body: NoBody } },
    async (request, reply) => {
      await remind(services, memberOf(request), request.params.id);
      return reply.status(204).send(null);
    },
  );

  app.post(
    '/api/assessments/:id/invitations',
    { config: again, schema: { summary: 'Mail the invitation again, with the same link', ...about, body: NoBody } },
    async (request, reply) => {
      await resendInvitation(services, memberOf(request), request.params.id);
      return reply.status(204).send(null);
    },
  );

  app.put(
    '/api/assessments/:id/due-date',
    {
      config: { action: 'assessments.extend' },
      schema: { summary: 'Move the due date to a later day and tell the contact', ...about, body: dueDate },
    },
    async (request, reply) => {
      const { params, body } = request;
      await extendDueDate(services, memberOf(request), params.id, calendarDay(body.dueOn));
      return reply.status(204).send(null);
    },
  );

  app.put(
    '/api/assessments/:id/revocation',
    {
      config: { action: 'assessments.revoke' },
      schema: { summary: 'Call the request off, for good', ...about, body: revocation },
    },
    async (request, reply) => {
      await revokeAssessment(services, memberOf(request), request.params.id, request.body.reason);
      return reply.status(204).send(null);
    },
  );
}
