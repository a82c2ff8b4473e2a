import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { memberOf } from '../../plugins/access.ts';
import { attempt, type PostedForm, textOf } from '../../plugins/forms.ts';
import type { Services } from '../../services.ts';
import { customerThreadsView, type TypedReply } from './customer-messages.views.ts';
import * as Schemas from './messages.schemas.ts';
import { perPerson } from './per-person.ts';
import { readThreads } from './read-threads.usecases.ts';
import { reply as answer, settle } from './reply.usecases.ts';
import { anchorOf } from './threads.views.ts';

type Route = { Params: { id: string } };
type FormRoute = Route & { Body: PostedForm };

/** What the customer reads and answers. */
export async function customerMessagePages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const write = { action: 'messages.write', rateLimit: perPerson(60) } as const;
  const params = Schemas.AssessmentParams;

  app.get<Route>(
    '/assessments/:id/messages',
    { config: { action: 'messages.view' }, schema: { params, querystring: Schemas.ShownQuery } },
    async (request, reply) => show(services, request, reply, request.params.id),
  );

  app.post<FormRoute>(
    '/assessments/:id/messages',
    { config: write, schema: { params, body: Schemas.ReplyForm } },
    async (request, reply) => {
      const { id } = request.params;
      const questionId = threadOf(request.body);
      const text = textOf(request.body, 'body');
      const outcome = await attempt(() => answer(services, memberOf(request), id, questionId, text));
      if ('value' in outcome) return reply.redirect(address(id, 'messages.replied', questionId), 303);
      return show(services, request, reply.status(400), id, { questionId, text, problems: outcome.problems });
    },
  );

  app.post<FormRoute>(
    '/assessments/:id/messages/settlements',
    { config: write, schema: { params, body: Schemas.SettlementForm } },
    async (request, reply) => {
      const { id } = request.params;
      const questionId = threadOf(request.body);
      await settle(services, memberOf(request), id, questionId);
      return reply.redirect(address(id, 'messages.settled', questionId), 303);
    },
  );
}

async function show(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  typed: TypedReply | null = null,
) {
  const read = await readThreads(services, memberOf(request), id);
  return reply.page('messages/customer-threads', { ...customerThreadsView(read, typed), styles: ['messages.css'] });
}

/** '' stands for the request as a whole. */
function threadOf(form: PostedForm): string | null {
  return textOf(form, 'thread') || null;
}

function address(id: string, done: string, questionId: string | null): string {
  return `/assessments/${id}/messages?done=${done}#${encodeURIComponent(anchorOf(questionId))}`;
}
