import type { FastifyInstance, FastifyRequest } from 'fastify';
import { respondentOf } from '../../plugins/access.ts';
import { attempt, type PostedForm, textOf } from '../../plugins/forms.ts';
import type { Services } from '../../services.ts';
import { chooseApprovalSteps } from './approval-steps.usecases.ts';
import { colleaguePages } from './colleague.pages.ts';
import { invitationFromForm } from './invitation.input.ts';
import { inviteColleague, isAboutInvitation } from './invite.usecases.ts';
import { invitationView } from './part-form.views.ts';
import * as Schemas from './people.schemas.ts';
import { peopleView } from './people.views.ts';
import { readPeople } from './read-people.usecases.ts';

const config = { action: 'respond.invite' } as const;

/** The respondent shares the work: who answers what until when, who checks, who approves. */
export async function peoplePages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const read = (request: FastifyRequest) => readPeople(services, respondentOf(request));
  await app.register(colleaguePages, { services });

  app.get('/respond/people', { config, schema: { querystring: Schemas.shownQuery } }, async (request, reply) =>
    reply.page('people/list', peopleView(await read(request))),
  );

  app.get<{ Querystring: PostedForm }>(
    '/respond/people/new',
    { config, schema: { querystring: Schemas.inviteQuery } },
    async (request, reply) => {
      const { role } = request.query;
      return reply.page('people/invite', invitationView(await read(request), role ? { role } : {}));
    },
  );

  app.post<{ Body: PostedForm }>(
    '/respond/people',
    { config, schema: { body: Schemas.inviteBody } },
    async (request, reply) => {
      try {
        await inviteColleague(services, respondentOf(request), invitationFromForm(request.body));
      } catch (error) {
        if (!isAboutInvitation(error)) throw error;
        const problems = error.fields.length > 0 ? error.fields : [{ path: '', message: error.publicMessage }];
        const view = invitationView(await read(request), request.body, problems);
        return reply.status(error.status).page('people/invite', view);
      }
      return reply.redirect('/respond/people?done=people.invited', 303);
    },
  );

  const steps = { config: { action: 'respond.requestApproval' } as const };
  app.get('/respond/approval-steps', steps, (_request, reply) => reply.redirect('/respond/people', 303));
  app.post<{ Body: PostedForm }>(
    '/respond/approval-steps',
    { ...steps, schema: { body: Schemas.stepsBody } },
    async (request, reply) => {
      const typed = textOf(request.body, 'steps');
      const outcome = await attempt(() => chooseApprovalSteps(services, respondentOf(request), typed));
      if ('value' in outcome) return reply.redirect('/respond/people?done=people.steps', 303);
      return reply.status(400).page('people/list', peopleView(await read(request), outcome.problems));
    },
  );
}
