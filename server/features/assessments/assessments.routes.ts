import type { FastifyInstance } from 'fastify';
import { memberOf } from '../../plugins/access.ts';
import type { Services } from '../../services.ts';
import { replyOf } from './assessments.replies.ts';
import * as Schemas from './assessments.schemas.ts';
import { sendAssessment } from './assessments.usecases.ts';
import { draftRoutes } from './drafts.routes.ts';
import { listAssessments, readOverview } from './overview.usecases.ts';

type ListRoute = { Querystring: Schemas.ListQuery };
type Route = { Params: { id: string } };

/** Assessments as JSON: make a draft, send it, see how it stands. */
export async function assessmentRoutes(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  await app.register(draftRoutes, { services });
  const view = { action: 'assessments.view' } as const;
  const params = Schemas.Params;
  const tags = ['Assessments'];

  app.get<ListRoute>(
    '/api/assessments',
    {
      config: view,
      schema: {
        summary: 'List requests, in one state or all',
        tags,
        querystring: Schemas.ListQuery,
        response: { 200: Schemas.AssessmentsReply },
      },
    },
    async (request) => {
      const { state = null, page = '1' } = request.query;
      const { assessments, counts } = await listAssessments(services, memberOf(request), { state, page: Number(page) });
      const total = state ? (counts.get(state) ?? 0) : [...counts.values()].reduce((sum, count) => sum + count, 0);
      return { assessments: assessments.map(replyOf), total };
    },
  );

  app.get<Route>(
    '/api/assessments/:id',
    {
      config: view,
      schema: { summary: 'Read how a request stands', tags, params, response: { 200: Schemas.AssessmentReply } },
    },
    async (request) => {
      const read = await readOverview(services, memberOf(request), request.params.id);
      const { assessment, state, vendor, service, progress, letters } = read;
      return replyOf({ ...assessment, state, vendor, service, progress, letter: letters[0] ?? null });
    },
  );

  app.post<Route>(
    '/api/assessments/:id/sending',
    {
      config: { action: 'assessments.send' },
      schema: {
        summary: 'Send a draft to its contact',
        tags,
        params,
        body: Schemas.NoForm,
        response: { 201: Schemas.SentReply },
      },
    },
    async (request, reply) => {
      const { id, reference, state } = await sendAssessment(services, memberOf(request), request.params.id);
      return reply.status(201).send({ id, reference, state });
    },
  );
}
