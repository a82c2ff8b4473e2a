import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { DEFAULT_GRACE_DAYS, dueDateRange } from '../../domain/assessment/due-date.ts';
import { usualPurpose } from '../../domain/assessment/purpose.ts';
import { memberOf } from '../../plugins/access.ts';
import { Done } from '../../plugins/api-shapes.ts';
import type { Services } from '../../services.ts';
import * as Schemas from './assessments.schemas.ts';
import { createAssessment } from './assessments.usecases.ts';
import { deleteDraft, updateDraft } from './drafts.usecases.ts';

type CreateRoute = { Body: Schemas.AssessmentBody };
type Route = { Params: { id: string } };
const tags = ['Assessments'];
const pointers = { contactName: '/contact/name', contactEmail: '/contact/email', contactLocale: '/contact/locale' };

/** Drafts as JSON: made, changed, thrown away. */
export async function draftRoutes(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const params = Schemas.Params;
  const body = Schemas.AssessmentBody;

  app.post<CreateRoute>(
    '/api/assessments',
    {
      config: { action: 'assessments.create', pointers },
      schema: { summary: 'Draft a request', tags, body, response: { 201: Schemas.Created } },
    },
    async (request, reply) => {
      const input = inputOf(request.body, tokyoDate(services.clock.now()));
      const id = await createAssessment(services, memberOf(request), randomUUID(), input);
      return reply.status(201).header('location', `/api/assessments/${id}`).send({ id });
    },
  );

  app.put<Route & CreateRoute>(
    '/api/assessments/:id',
    {
      config: { action: 'assessments.edit', pointers },
      schema: { summary: 'Replace every field of a draft', tags, params, body, response: { 204: Done } },
    },
    async (request, reply) => {
      const input = inputOf(request.body, tokyoDate(services.clock.now()));
      await updateDraft(services, memberOf(request), request.params.id, input);
      return reply.status(204).send(null);
    },
  );

  app.delete<Route>(
    '/api/assessments/:id',
    {
      config: { action: 'assessments.delete' },
      schema: { summary: 'Throw a draft away', tags, params, response: { 204: Done } },
    },
    async (request, reply) => {
      await deleteDraft(services, memberOf(request), request.params.id);
      return reply.status(204).send(null);
    },
  );
}

/** What is left out is as a fresh form has it. */
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
