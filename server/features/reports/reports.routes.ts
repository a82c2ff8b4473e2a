import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { isIdentifier } from '../../domain/assessment/identifier.ts';
import { notFound } from '../../errors.ts';
import { memberOf } from '../../plugins/access.ts';
import { closed, Done, Id, IdParams, Made, NoBody, Page } from '../../plugins/api-shapes.ts';
import type { Services } from '../../services.ts';
import { issueReport } from './issue.usecases.ts';
import { reportFileRoutes } from './report-files.routes.ts';
import { reportOf, reportReply, reportsOf, reportsReply } from './reports.replies.ts';
import { readIssuedReport, readIssuedReports, retryReport } from './reports.usecases.ts';

const query = Type.Object({ vendor: Type.Optional(Id), assessment: Type.Optional(Id), page: Page }, closed);
const issuing = Type.Object(
  {
    seen: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 999_999,
        description: 'The newest version you know (0: none); where there is a newer one, that is the answer',
      }),
    ),
  },
  closed,
);

/** Issuing, listing and downloading audit reports, as JSON. */
export async function reportRoutes(instance: FastifyInstance, { services }: { services: Services }): Promise<void> {
  await instance.register(reportFileRoutes, { services });
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  const view = { action: 'reports.view' } as const;
  const issue = { action: 'reports.issue' } as const;
  const tags = ['Reports'];

  app.get(
    '/api/reports',
    {
      config: view,
      schema: {
        summary: 'List issued reports, newest first',
        tags,
        querystring: query,
        response: { 200: reportsReply },
      },
    },
    async (request) => {
      const { vendor, assessment, page = '1' } = request.query;
      const filter = { ...named('vendorId', vendor), ...named('assessmentId', assessment), page: Number(page) };
      return reportsOf(await readIssuedReports(services, memberOf(request), filter));
    },
  );

  app.post(
    '/api/assessments/:id/reports',
    {
      config: issue,
      schema: {
        summary: 'Issue the report of a settled assessment, or its next version',
        tags,
        params: IdParams,
        body: issuing,
        response: { 201: Made },
      },
    },
    async (request, reply) => {
      const id = await issueReport(services, memberOf(request), request.params.id, request.body.seen);
      return reply.status(201).header('location', `/api/reports/${id}`).send({ id });
    },
  );

  app.get(
    '/api/reports/:id',
    {
      config: view,
      schema: {
        summary: 'Read an issued report and its files',
        tags,
        params: IdParams,
        response: { 200: reportReply },
      },
    },
    async (request) => reportOf(await readIssuedReport(services, memberOf(request), request.params.id)),
  );

  app.post(
    '/api/reports/:id/renderings',
    {
      config: issue,
      schema: { summary: 'Make failed files again', tags, params: IdParams, body: NoBody, response: { 204: Done } },
    },
    async (request, reply) => {
      await retryReport(services, memberOf(request), request.params.id);
      return reply.status(204).send(null);
    },
  );
}

/** One filter; what is no id is an id nobody has. */
function named<Name extends string>(name: Name, id: string | undefined): Partial<Record<Name, string>> {
  if (id === undefined) return {};
  if (!isIdentifier(id)) throw notFound();
  return { [name]: id } as Record<Name, string>;
}
