import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { isOpen } from '../../domain/assessment/states.ts';
import { respondentOf } from '../../plugins/access.ts';
import type { Services } from '../../services.ts';
import { readOwnThreads } from '../messages/read-threads.usecases.ts';
import { summaryOf } from '../messages/threads.ts';
import { readAskerFor } from '../organisation/asker.usecases.ts';
import { readReuseCounts } from '../reuse/counts.ts';
import { answersView } from './answers.views.ts';
import { openRequest } from './open-request.usecases.ts';
import { previewView } from './preview.views.ts';
import { mayAnswer } from './request.views.ts';
import { roundTasks, roundView } from './round.views.ts';
import { startView } from './start.views.ts';
import { tasksView } from './tasks.views.ts';

const config = { action: 'respond.view' } as const;
const schema = {
  querystring: Type.Object({ show: Type.Optional(Type.Literal('all')) }, { additionalProperties: false }),
};

/** What a respondent reads: start, task list, all questions, own answers, receipt. */
export async function requestPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const read = (request: FastifyRequest) => openRequest(services, respondentOf(request));
  const talk = async (request: FastifyRequest) => {
    const { threads, may } = await readOwnThreads(services, respondentOf(request));
    return { ...summaryOf(threads), mayDecline: may('respond.decline') };
  };

  app.get('/respond', { config }, async (request, reply) =>
    reply.page('respondents/start', {
      ...startView(await read(request)),
      asker: await readAskerFor(services, respondentOf(request)),
      talk: await talk(request),
      reuse: await readReuseCounts(services, respondentOf(request)),
    }),
  );

  app.get<{ Querystring: { show?: 'all' } }>('/respond/sections', { config, schema }, async (request, reply) => {
    const open = await read(request);
    if (!isOpen(open.state)) return reply.redirect('/respond/answers', 303);
    if (!mayAnswer(open.me)) return reply.redirect('/respond/check', 303);
    const round = roundView(open);
    const showsAll = request.query.show === 'all';
    const returned = round && roundTasks(open, round, showsAll);
    return reply.page('respondents/tasks', {
      ...tasksView(open),
      round: returned,
      ...(round ? { next: round.next } : {}),
    });
  });

  app.get('/respond/questions', { config }, async (request, reply) =>
    reply.page('respondents/questions', previewView(await read(request))),
  );

  app.get('/respond/answers', { config }, async (request, reply) =>
    reply.page('respondents/answers', answersView(await read(request))),
  );

  app.get('/respond/receipt', { config }, async (request, reply) => {
    const open = await read(request);
    if (!open.assessment.receiptNumber || open.returned) return reply.redirect('/respond', 303);
    return reply.page('respondents/receipt', answersView(open));
  });
}
