import type { FastifyInstance } from 'fastify';
import { respondentOf } from '../../plugins/access.ts';
import { attempt, type PostedForm } from '../../plugins/forms.ts';
import type { Services } from '../../services.ts';
import { changePart, resendInvitation, revokeColleague } from './change-colleague.usecases.ts';
import { handOver } from './hand-over.usecases.ts';
import { partFromForm } from './invitation.input.ts';
import { colleagueView } from './part-form.views.ts';
import * as Schemas from './people.schemas.ts';
import { partForm } from './people.views.ts';
import { personIn, readPeople } from './read-people.usecases.ts';

type Route = { Params: { id: string } };
const config = { action: 'respond.invite' } as const;

/** One colleague: another part, the mail once more, no access any longer, or everything handed over. */
export async function colleaguePages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const shown = { config, schema: { params: Schemas.params, querystring: Schemas.shownQuery } };
  const press = { config, schema: { params: Schemas.params, body: Schemas.noForm } };
  const pageOf = (id: string) => `/respond/people/${encodeURIComponent(id)}`;

  app.get<Route>('/respond/people/:id', shown, async (request, reply) => {
    const read = await readPeople(services, respondentOf(request));
    const { id } = request.params;
    return reply.page('people/colleague', colleagueView(read, id, partForm(personIn(read, id))));
  });

  // Where a refused form is reloaded, or read in the other language.
  app.get<Route>('/respond/people/:id/part', shown, (request, reply) => reply.redirect(pageOf(request.params.id), 303));

  app.post<Route & { Body: PostedForm }>(
    '/respond/people/:id/part',
    { config, schema: { params: Schemas.params, body: Schemas.partBody } },
    async (request, reply) => {
      const { id } = request.params;
      const input = partFromForm(request.body);
      const outcome = await attempt(() => changePart(services, respondentOf(request), id, input));
      if ('value' in outcome) return reply.redirect(`${pageOf(id)}?done=people.part`, 303);
      const read = await readPeople(services, respondentOf(request));
      return reply.status(400).page('people/colleague', colleagueView(read, id, request.body, outcome.problems));
    },
  );

  app.post<Route>('/respond/people/:id/invitations', press, async (request, reply) => {
    await resendInvitation(services, respondentOf(request), request.params.id);
    return reply.redirect(`${pageOf(request.params.id)}?done=people.resent`, 303);
  });

  app.post<Route>('/respond/people/:id/revocation', press, async (request, reply) => {
    await revokeColleague(services, respondentOf(request), request.params.id);
    return reply.redirect('/respond/people?done=people.revoked', 303);
  });

  // Whoever hands over can no longer open this page: the start page says what happened.
  app.post<Route>('/respond/people/:id/ownership', press, async (request, reply) => {
    await handOver(services, respondentOf(request), request.params.id);
    return reply.redirect('/respond?done=people.handedOver', 303);
  });
}
