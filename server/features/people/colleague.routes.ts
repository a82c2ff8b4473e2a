import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { calendarDay } from '../../domain/assessment/typed-input.ts';
import { respondentOf } from '../../plugins/access.ts';
import { Done, IdParams, NoBody } from '../../plugins/api-shapes.ts';
import type { Services } from '../../services.ts';
import { changePart, resendInvitation, revokeColleague } from './change-colleague.usecases.ts';
import { handOver } from './hand-over.usecases.ts';
import { partBody } from './people.api.schemas.ts';

/** One colleague, as JSON: another part, the mail once more, no access any longer, or everything handed over. */
export async function colleagueRoutes(instance: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  const config = { action: 'respond.invite' } as const;
  const about = { tags: ['Respond: people'], params: IdParams, response: { 204: Done } };

  app.put(
    '/api/respond/people/:id/part',
    { config, schema: { summary: 'Give a contributor another part or date', ...about, body: partBody } },
    async (request, reply) => {
      const { part, sections = [], questions = [], dueOn = '' } = request.body;
      const input = { part, sections, questions, dueOn: calendarDay(dueOn) };
      await changePart(services, respondentOf(request), request.params.id, input);
      return reply.status(204).send(null);
    },
  );

  app.post(
    '/api/respond/people/:id/invitations',
    { config, schema: { summary: 'Mail the invitation again, with the same link', ...about, body: NoBody } },
    async (request, reply) => {
      await resendInvitation(services, respondentOf(request), request.params.id);
      return reply.status(204).send(null);
    },
  );

  app.put(
    '/api/respond/people/:id/revocation',
    { config, schema: { summary: 'End the access of a colleague at once', ...about, body: NoBody } },
    async (request, reply) => {
      await revokeColleague(services, respondentOf(request), request.params.id);
      return reply.status(204).send(null);
    },
  );

  app.put(
    '/api/respond/people/:id/ownership',
    { config, schema: { summary: 'Hand the request over; you go on as a contributor', ...about, body: NoBody } },
    async (request, reply) => {
      await handOver(services, respondentOf(request), request.params.id);
      return reply.status(204).send(null);
    },
  );
}
