import type { FastifyInstance, FastifyReply } from 'fastify';
import { type Static, Type } from 'typebox';
import { memberOf } from '../../plugins/access.ts';
import type { Services } from '../../services.ts';
import { issueReport } from './issue.usecases.ts';
import { downloadReport, readIssuedReport, readIssuedReports, retryReport } from './reports.usecases.ts';
import { listView, reportView } from './reports.views.ts';

const Params = Type.Object({ id: Type.String({ maxLength: 64 }) });
const FileParams = Type.Object({
  id: Type.String({ maxLength: 64 }),
  locale: Type.Union([Type.Literal('ja'), Type.Literal('en')]),
});
const Empty = Type.Object({}, { additionalProperties: false });

type Route = { Params: Static<typeof Params> };
type FileRoute = { Params: Static<typeof FileParams> };

/** Issuing, listing and downloading audit reports. */
export async function reportPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const view = { action: 'reports.view' } as const;
  const issue = { action: 'reports.issue' } as const;

  app.get('/reports', { config: view }, async (request, reply) =>
    reply.page('reports/list', listView(await readIssuedReports(services, memberOf(request)))),
  );

  app.post<Route>(
    '/assessments/:id/reports',
    { config: issue, schema: { params: Params, body: Empty } },
    async (request, reply) => {
      const id = await issueReport(services, memberOf(request), request.params.id);
      return reply.redirect(`/reports/${id}`, 303);
    },
  );

  app.get<Route>('/reports/:id', { config: view, schema: { params: Params } }, async (request, reply) => {
    const member = memberOf(request);
    const issued = await readIssuedReport(services, member, request.params.id);
    const others = await readIssuedReports(services, member, issued.report.assessmentId);
    return reply.page('reports/show', reportView(issued, others, request.locale));
  });

  app.post<Route>(
    '/reports/:id/renderings',
    { config: issue, schema: { params: Params, body: Empty } },
    async (request, reply) => {
      await retryReport(services, memberOf(request), request.params.id);
      return reply.redirect(`/reports/${request.params.id}`, 303);
    },
  );

  app.get<FileRoute>(
    '/reports/:id/:locale.pdf',
    { config: view, schema: { params: FileParams } },
    async (request, reply) => {
      const { bytes, name } = await downloadReport(
        services,
        memberOf(request),
        request.params.id,
        request.params.locale,
      );
      return attachment(reply, 'application/pdf', name).send(Buffer.from(bytes));
    },
  );

  app.get<Route>('/reports/:id/document.json', { config: view, schema: { params: Params } }, async (request, reply) => {
    const { report, document } = await readIssuedReport(services, memberOf(request), request.params.id);
    return attachment(reply, 'application/json', `${report.number}-v${report.version}.json`).send(
      JSON.stringify(document),
    );
  });
}

function attachment(reply: FastifyReply, mediaType: string, name: string): FastifyReply {
  return reply
    .type(mediaType)
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'no-store');
}
