import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { DEFAULT_GRACE_DAYS, dueDateRange } from '../../domain/assessment/due-date.ts';
import { usualPurpose } from '../../domain/assessment/purpose.ts';
import { lastOpenDay } from '../../domain/assessment/states.ts';
import { memberOf } from '../../plugins/access.ts';
import type { Services } from '../../services.ts';
import * as Schemas from './assessments.schemas.ts';
import { createAssessment, sendAssessment } from './assessments.usecases.ts';
import { shownReference } from './assessments.views.ts';
import { listAssessments, readOverview } from './overview.usecases.ts';

type ListRoute = { Querystring: Schemas.ListQuery };
type CreateRoute = { Body: Schemas.AssessmentBody };
type Route = { Params: { id: string } };
type Listed = Awaited<ReturnType<typeof listAssessments>>['assessments'][number];

/** Assessments as JSON: make a draft, send it, see how it stands. */
export async function assessmentRoutes(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const view = { action: 'assessments.view' } as const;
  const params = Schemas.Params;

  app.get<ListRoute>(
    '/api/assessments',
    { config: view, schema: { querystring: Schemas.ListQuery, response: { 200: Schemas.AssessmentsReply } } },
    async (request) => {
      const { state = null, page = '1' } = request.query;
      const { assessments, counts } = await listAssessments(services, memberOf(request), { state, page: Number(page) });
      const total = state ? (counts.get(state) ?? 0) : [...counts.values()].reduce((sum, count) => sum + count, 0);
      return { assessments: assessments.map(replyOf), total };
    },
  );

  app.post<CreateRoute>(
    '/api/assessments',
    {
      config: { action: 'assessments.create' },
      schema: { body: Schemas.AssessmentBody, response: { 201: Schemas.Created } },
    },
    async (request, reply) => {
      const input = inputOf(request.body, tokyoDate(services.clock.now()));
      const id = await createAssessment(services, memberOf(request), randomUUID(), input);
      return reply.status(201).header('location', `/api/assessments/${id}`).send({ id });
    },
  );

  app.get<Route>(
    '/api/assessments/:id',
    { config: view, schema: { params, response: { 200: Schemas.AssessmentReply } } },
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
      schema: { params, body: Schemas.NoForm, response: { 201: Schemas.SentReply } },
    },
    async (request, reply) => {
      const { id, reference, state } = await sendAssessment(services, memberOf(request), request.params.id);
      return reply.status(201).send({ id, reference, state });
    },
  );
}

function inputOf({ serviceId, questionnaire, contact, ...rest }: Schemas.AssessmentBody, today: string) {
  const contactLocale = contact.locale ?? 'ja';
  return {
    serviceId,
    questionnaire: `${questionnaire.id}@${questionnaire.version}`,
    contactName: contact.name,
    contactEmail: contact.email,
    contactLocale,
    dueOn: rest.dueOn ?? dueDateRange(today).usual,
    graceDays: rest.graceDays ?? DEFAULT_GRACE_DAYS,
    purpose: rest.purpose ?? usualPurpose[contactLocale],
  };
}

function replyOf(row: Omit<Listed, 'questionnaire' | 'waiting'>): Schemas.AssessmentReply {
  const { id, state, dueOn, contactName, contactEmail, vendor, service, progress, letter } = row;
  return {
    id,
    reference: shownReference(row.reference),
    state,
    vendor: { id: vendor.id, name: vendor.name },
    service: { id: service.id, name: service.name },
    questionnaire: { id: row.questionnaireId, version: row.questionnaireVersion, hash: row.questionnaireHash },
    contact: { name: contactName, email: contactEmail },
    dueOn,
    lastDay: lastOpenDay(row),
    sentAt: row.sentAt?.toISOString() ?? null,
    submittedAt: row.submittedAt?.toISOString() ?? null,
    finalisedAt: row.finalisedAt?.toISOString() ?? null,
    progress: progress
      ? { answered: progress.answered, applicable: progress.applicable, percent: progress.percent }
      : null,
    delivery: letter
      ? { kind: letter.kind, recipient: letter.recipient, state: letter.state, failure: letter.failure }
      : null,
  };
}
