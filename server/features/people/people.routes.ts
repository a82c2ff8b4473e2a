import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import { calendarDay, emailAddress, oneLine } from '../../domain/assessment/typed-input.ts';
import { respondentOf } from '../../plugins/access.ts';
import { Done } from '../../plugins/api-shapes.ts';
import type { Services } from '../../services.ts';
import { plainAddress } from '../assessments/allowed-domains.ts';
import { chooseApprovalSteps } from './approval-steps.usecases.ts';
import { colleagueRoutes } from './colleague.routes.ts';
import type { InvitationInput } from './invitation.input.ts';
import { inviteColleague } from './invite.usecases.ts';
import * as Schemas from './people.api.schemas.ts';
import { peopleOf } from './people.replies.ts';
import { readPeople } from './read-people.usecases.ts';

/** The respondent shares the work, as JSON: who answers what until when, who checks, who approves. */
export async function peopleRoutes(instance: FastifyInstance, { services }: { services: Services }): Promise<void> {
  await instance.register(colleagueRoutes, { services });
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  const config = { action: 'respond.invite' } as const;
  const tags = ['Respond: people'];

  app.get(
    '/api/respond/people',
    { config, schema: { summary: 'List colleagues with their part', tags, response: { 200: Schemas.peopleReply } } },
    async (request) => peopleOf(await readPeople(services, respondentOf(request))),
  );

  app.post(
    '/api/respond/people',
    {
      config,
      schema: { summary: 'Invite a colleague by mail', tags, body: Schemas.inviteBody, response: { 204: Done } },
    },
    async (request, reply) => {
      await inviteColleague(services, respondentOf(request), invitationOf(request.body));
      return reply.status(204).send(null);
    },
  );

  app.put(
    '/api/respond/approval-steps',
    {
      config: { action: 'respond.requestApproval' },
      schema: {
        summary: 'Choose who approves before the submission',
        tags,
        body: Schemas.stepsBody,
        response: { 204: Done },
      },
    },
    async (request, reply) => {
      await chooseApprovalSteps(services, respondentOf(request), String(request.body.steps));
      return reply.status(204).send(null);
    },
  );
}

function invitationOf(body: Static<typeof Schemas.inviteBody>): InvitationInput {
  const { role, name, email, locale = 'ja', part = 'all', sections = [], questions = [], dueOn = '' } = body;
  const person = { role, name: oneLine(name), email: plainAddress(emailAddress(email)), locale };
  return { ...person, part, sections, questions, dueOn: calendarDay(dueOn) };
}
