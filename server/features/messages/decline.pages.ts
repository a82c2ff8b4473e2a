import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { respondentOf } from '../../plugins/access.ts';
import { attempt, fieldsOf, type PostedForm, textOf } from '../../plugins/forms.ts';
import type { Services } from '../../services.ts';
import { requireAllowed } from '../assessments/assessment-state.usecases.ts';
import { decline, redirect } from './decline.usecases.ts';
import * as Schemas from './messages.schemas.ts';
import { perPerson } from './per-person.ts';
import { readOwnThreads } from './read-threads.usecases.ts';

type FormRoute = { Body: PostedForm };
type Typed = Parameters<typeof fieldsOf>;

/** The vendor will not answer, or somebody else at the vendor should be asked. */
export async function declinePages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const view = { action: 'respond.decline' } as const;
  const config = { ...view, rateLimit: perPerson(20) };
  const querystring = Schemas.ShownQuery;
  const show = (page: 'decline' | 'redirection', request: FastifyRequest, reply: FastifyReply, ...typed: Posted) =>
    showForm(services, page, request, reply, typed);

  app.get('/respond/decline', { config: view, schema: { querystring } }, async (request, reply) =>
    show('decline', request, reply),
  );

  app.post<FormRoute>('/respond/decline', { config, schema: { body: Schemas.DeclineForm } }, async (request, reply) => {
    const reason = textOf(request.body, 'reason');
    const outcome = await attempt(() => decline(services, respondentOf(request), reason));
    if ('value' in outcome) return reply.redirect('/respond?done=messages.declined', 303);
    return show('decline', request, reply.status(400), request.body, outcome.problems);
  });

  app.get('/respond/redirection', { config: view, schema: { querystring } }, async (request, reply) =>
    show('redirection', request, reply),
  );

  app.post<FormRoute>(
    '/respond/redirection',
    { config, schema: { body: Schemas.RedirectionForm } },
    async (request, reply) => {
      const [name, email, remark] = ['name', 'email', 'remark'].map((field) => textOf(request.body, field));
      const typed = { name: name ?? '', email: email ?? '', remark: remark ?? '' };
      const outcome = await attempt(() => redirect(services, respondentOf(request), typed));
      if ('value' in outcome) return reply.redirect('/respond/messages?done=messages.redirected', 303);
      return show('redirection', request, reply.status(400), request.body, outcome.problems);
    },
  );
}

type Posted = [typed?: Typed[1], problems?: Typed[2]];

async function showForm(
  services: Services,
  page: 'decline' | 'redirection',
  request: FastifyRequest,
  reply: FastifyReply,
  [typed = {}, problems = []]: Posted,
) {
  const { assessment, parties } = await readOwnThreads(services, respondentOf(request));
  requireAllowed('respond.decline', assessment, services.clock.now());
  return reply.page(`messages/${page}`, {
    reference: assessment.reference,
    customer: parties.customer,
    service: parties.service.name,
    fields: fieldsOf(['reason', 'name', 'email', 'remark'], typed, problems),
    errors: problems,
  });
}
