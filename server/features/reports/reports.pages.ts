import type { FastifyInstance } from 'fastify';
import { isIdentifier } from '../../domain/assessment/identifier.ts';
import { notFound } from '../../errors.ts';
import { memberOf } from '../../plugins/access.ts';
import { sendFile } from '../../plugins/send-file.ts';
import type { Services } from '../../services.ts';
import { downloadDocument, downloadReport } from './download.usecases.ts';
import { issueReport } from './issue.usecases.ts';
import * as Schemas from './reports.schemas.ts';
import { readIssuedReport, readIssuedReports, retryReport } from './reports.usecases.ts';
import { listView, reportView } from './reports.views.ts';

type ListRoute = { Querystring: Schemas.ListQuery };
type Route = { Params: { id: string } };
type IssueRoute = Route & { Body: Schemas.IssueForm };
type EditionRoute = { Params: { id: string; edition: string } };

const view = { action: 'reports.view' } as const;
const issue = { action: 'reports.issue' } as const;
const styles = ['review.css'];
/** Seconds between two looks at a report that is being printed, for browsers with and without JavaScript. */
const REFRESH = '3';

/** Issuing, listing and downloading audit reports. */
export async function reportPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const { Params: params, EditionParams } = Schemas;

  app.get<ListRoute>(
    '/reports',
    { config: view, schema: { querystring: Schemas.ListQuery } },
    async (request, reply) => {
      const filter = listFilter(request.query);
      const listed = await readIssuedReports(services, memberOf(request), filter);
      return reply.page('reports/list', listView(listed, filter));
    },
  );

  app.post<IssueRoute>(
    '/assessments/:id/reports',
    { config: issue, schema: { params, body: Schemas.IssueForm } },
    async (request, reply) => {
      const seen = request.body.seen === undefined ? undefined : Number(request.body.seen);
      const id = await issueReport(services, memberOf(request), request.params.id, seen);
      return reply.redirect(`/reports/${id}?done=reports.issued`, 303);
    },
  );

  app.get<Route>('/reports/:id', { config: view, schema: { params } }, async (request, reply) => {
    const member = memberOf(request);
    const issued = await readIssuedReport(services, member, request.params.id);
    const { assessmentId } = issued.report;
    const { reports } = await readIssuedReports(services, member, { assessmentId });
    const model = reportView(issued, reports, member);
    if (model.making) reply.header('refresh', REFRESH);
    return reply.page('reports/show', { ...model, styles });
  });

  app.post<Route>(
    '/reports/:id/renderings',
    { config: issue, schema: { params, body: Schemas.Empty } },
    async (request, reply) => {
      await retryReport(services, memberOf(request), request.params.id);
      return reply.redirect(`/reports/${request.params.id}`, 303);
    },
  );

  app.get<Route>('/reports/:id/document.json', { config: view, schema: { params } }, async (request, reply) =>
    sendFile(reply, 'application/json', await downloadDocument(services, memberOf(request), request.params.id)),
  );

  app.get<EditionRoute>(
    '/reports/:id/:edition',
    { config: view, schema: { params: EditionParams } },
    async (request, reply) => {
      const { id, edition } = request.params;
      if (!edition.endsWith('.pdf')) throw notFound();
      const file = await downloadReport(services, memberOf(request), id, edition.slice(0, -'.pdf'.length));
      return sendFile(reply, 'application/pdf', file);
    },
  );
}

/** A filter that is not one shows everything. */
function listFilter({ vendor = '', page = '' }: Schemas.ListQuery) {
  const number = /^[1-9]\d{0,5}$/.test(page) ? Number(page) : 1;
  return { page: number, ...(isIdentifier(vendor) ? { vendorId: vendor } : {}) };
}
