import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '../../errors.ts';
import { respondentOf } from '../../plugins/access.ts';
import { attempt, fieldsOf, type PostedForm, textOf } from '../../plugins/forms.ts';
import type { Services } from '../../services.ts';
import { ask, flagUnclear } from './ask.usecases.ts';
import * as Schemas from './messages.schemas.ts';
import { perPerson } from './per-person.ts';
import { readOwnThreads } from './read-threads.usecases.ts';
import { vendorQuestionView, vendorThreadsView } from './vendor-messages.views.ts';

type Route = { Params: { questionId: string } };
type FormRoute = Route & { Body: PostedForm };
type Typed = Parameters<typeof fieldsOf>;

/** What the vendor asks and reads: all threads, and one question's. */
export async function vendorMessagePages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const view = { action: 'respond.view' } as const;
  const write = { action: 'respond.message', rateLimit: perPerson(20) } as const;
  const querystring = Schemas.ShownQuery;
  const body = Schemas.AskForm;

  app.get('/respond/messages', { config: view, schema: { querystring } }, async (request, reply) =>
    showAll(services, request, reply),
  );

  app.post<{ Body: PostedForm }>('/respond/messages', { config: write, schema: { body } }, async (request, reply) => {
    const outcome = await attempt(() => ask(services, respondentOf(request), null, textOf(request.body, 'body')));
    if ('value' in outcome) return reply.redirect('/respond/messages?done=messages.sent', 303);
    return showAll(services, request, reply.status(400), request.body, outcome.problems);
  });

  app.get<Route>(
    '/respond/messages/:questionId',
    { config: view, schema: { params: Schemas.QuestionParams, querystring } },
    async (request, reply) => showOne(services, request, reply, request.params.questionId),
  );

  app.post<FormRoute>(
    '/respond/messages/:questionId',
    { config: write, schema: { params: Schemas.QuestionParams, body } },
    async (request, reply) => {
      const { questionId } = request.params;
      const isFlag = textOf(request.body, 'kind') === 'unclear';
      const act = isFlag ? flagUnclear : ask;
      const text = textOf(request.body, 'body');
      const outcome = await attempt(() => act(services, respondentOf(request), questionId, text));
      const done = isFlag ? 'messages.flagged' : 'messages.sent';
      if ('value' in outcome)
        return reply.redirect(`/respond/messages/${encodeURIComponent(questionId)}?done=${done}`, 303);
      return showOne(services, request, reply.status(400), questionId, request.body, outcome.problems);
    },
  );
}

async function showAll(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  typed: Typed[1] = {},
  problems: Typed[2] = [],
) {
  const read = await readOwnThreads(services, respondentOf(request));
  const form = { fields: fieldsOf(['body'], typed, problems), errors: problems };
  const page = vendorThreadsView(read, respondentOf(request).scope === null);
  return reply.page('messages/vendor-threads', { ...page, ...form, styles: ['messages.css'] });
}

async function showOne(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  questionId: string,
  typed: Typed[1] = {},
  problems: Typed[2] = [],
) {
  const read = await readOwnThreads(services, respondentOf(request));
  if (!read.own.has(questionId)) throw notFound();
  const form = { fields: fieldsOf(['body'], typed, problems), errors: problems };
  return reply.page('messages/vendor-question', {
    ...vendorQuestionView(read, questionId),
    ...form,
    styles: ['messages.css'],
  });
}
