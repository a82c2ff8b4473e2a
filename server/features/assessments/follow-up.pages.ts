import type { FastifyInstance } from 'fastify';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { dueDateRange } from '../../domain/assessment/due-date.ts';
import { calendarDay } from '../../domain/assessment/typed-input.ts';
import type { InvalidField } from '../../errors.ts';
import { memberOf } from '../../plugins/access.ts';
import { attempt, fieldsOf, type PostedForm, textOf } from '../../plugins/forms.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { readHead } from './assessment-head.ts';
import * as Schemas from './assessments.schemas.ts';
import { extendDueDate, remind, resendInvitation, revokeAssessment } from './follow-up.usecases.ts';

type Route = { Params: { id: string } };
type FormRoute = Route & { Body: PostedForm };

/** What a customer does while it waits: remind, send again, give more time, call off. */
export async function followUpPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const extend = { action: 'assessments.extend' } as const;
  const revoke = { action: 'assessments.revoke' } as const;
  const press = { params: Schemas.Params, body: Schemas.NoForm };
  const shown = { params: Schemas.Params, querystring: Schemas.ShownQuery };

  app.post<Route>(
    '/assessments/:id/reminders',
    { config: { action: 'assessments.remind' }, schema: press },
    async (request, reply) => {
      await remind(services, memberOf(request), request.params.id);
      return reply.redirect(`/assessments/${request.params.id}?done=assessments.reminded`, 303);
    },
  );

  app.post<Route>(
    '/assessments/:id/invitations',
    { config: { action: 'assessments.remind' }, schema: press },
    async (request, reply) => {
      await resendInvitation(services, memberOf(request), request.params.id);
      return reply.redirect(`/assessments/${request.params.id}?done=assessments.resent`, 303);
    },
  );

  app.get<Route>('/assessments/:id/due-date', { config: extend, schema: shown }, async (request, reply) =>
    reply.page('assessments/due-date', await dueDatePage(services, memberOf(request), request.params.id)),
  );

  app.post<FormRoute>(
    '/assessments/:id/due-date',
    { config: extend, schema: { params: Schemas.Params, body: Schemas.DueDateForm } },
    async (request, reply) => {
      const { id } = request.params;
      const dueOn = calendarDay(textOf(request.body, 'dueOn'));
      const outcome = await attempt(() => extendDueDate(services, memberOf(request), id, dueOn));
      if ('value' in outcome) return reply.redirect(`/assessments/${id}?done=assessments.extended`, 303);
      const page = await dueDatePage(services, memberOf(request), id, request.body, outcome.problems);
      return reply.status(400).page('assessments/due-date', page);
    },
  );

  app.get<Route>('/assessments/:id/revocation', { config: revoke, schema: shown }, async (request, reply) =>
    reply.page('assessments/revocation', await revocationPage(services, memberOf(request), request.params.id)),
  );

  app.post<FormRoute>(
    '/assessments/:id/revocation',
    { config: revoke, schema: { params: Schemas.Params, body: Schemas.RevocationForm } },
    async (request, reply) => {
      const { id } = request.params;
      const reason = textOf(request.body, 'reason');
      const outcome = await attempt(() => revokeAssessment(services, memberOf(request), id, reason));
      if ('value' in outcome) return reply.redirect(`/assessments/${id}?done=assessments.revoked`, 303);
      const page = await revocationPage(services, memberOf(request), id, request.body, outcome.problems);
      return reply.status(400).page('assessments/revocation', page);
    },
  );
}

async function dueDatePage(
  services: Services,
  principal: MemberPrincipal,
  id: string,
  typed: PostedForm = {},
  problems: readonly InvalidField[] = [],
) {
  const { head, assessment } = await readHead(services, principal, id);
  const { earliest, latest } = dueDateRange(tokyoDate(services.clock.now()));
  const present = { dueOn: assessment.dueOn, earliest, latest };
  return { ...head, present, fields: fieldsOf(['dueOn'], typed, problems), errors: problems };
}

async function revocationPage(
  services: Services,
  principal: MemberPrincipal,
  id: string,
  typed: PostedForm = {},
  problems: readonly InvalidField[] = [],
) {
  const { head } = await readHead(services, principal, id);
  return { ...head, fields: fieldsOf(['reason'], typed, problems), errors: problems };
}
