import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { dueDateRange } from '../../domain/assessment/due-date.ts';
import { lastOpenDay } from '../../domain/assessment/states.ts';
import { calendarDay } from '../../domain/assessment/typed-input.ts';
import { memberOf } from '../../plugins/access.ts';
import { attempt, fieldsOf, type PostedForm, textOf } from '../../plugins/forms.ts';
import type { Services } from '../../services.ts';
import { requireAllowed } from '../assessments/assessment-state.usecases.ts';
import * as Schemas from './messages.schemas.ts';
import { perPerson } from './per-person.ts';
import { readThreads } from './read-threads.usecases.ts';
import { resume } from './reply.usecases.ts';
import { customerThreadView } from './threads.views.ts';

type Route = { Params: { id: string } };
type FormRoute = Route & { Body: PostedForm };
type Typed = Parameters<typeof fieldsOf>;

/** Asking a vendor that declined to go on. */
export async function resumptionPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const config = { action: 'assessments.resume', rateLimit: perPerson(20) } as const;
  const params = Schemas.AssessmentParams;

  app.get<Route>(
    '/assessments/:id/resumption',
    { config, schema: { params, querystring: Schemas.ShownQuery } },
    async (request, reply) => show(services, request, reply, request.params.id),
  );

  app.post<FormRoute>(
    '/assessments/:id/resumption',
    { config, schema: { params, body: Schemas.ResumptionForm } },
    async (request, reply) => {
      const { id } = request.params;
      const typed = { note: textOf(request.body, 'note'), dueOn: calendarDay(textOf(request.body, 'dueOn')) };
      const outcome = await attempt(() => resume(services, memberOf(request), id, typed));
      if ('value' in outcome) return reply.redirect(`/assessments/${id}?done=messages.resumed`, 303);
      return show(services, request, reply.status(400), id, request.body, outcome.problems);
    },
  );
}

async function show(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  posted?: Typed[1],
  problems: Typed[2] = [],
) {
  const read = await readThreads(services, memberOf(request), id);
  const { assessment, parties, threads } = read;
  requireAllowed('assessments.resume', assessment, services.clock.now());
  const today = tokyoDate(services.clock.now());
  const { earliest, usual } = dueDateRange(today);
  const hasPassed = lastOpenDay(assessment) < today;
  const whole = threads.find(({ questionId }) => questionId === null);
  const declined = whole
    ? customerThreadView(read, whole).messages.findLast((one) => one.kindKey === 'messages.kind.declined')
    : null;
  return reply.page('messages/resumption', {
    href: `/assessments/${id}`,
    service: parties.service.name,
    contact: { name: assessment.contactName, email: assessment.contactEmail },
    declined: declined ?? null,
    hasPassed,
    earliest,
    fields: fieldsOf(['note', 'dueOn'], posted ?? { dueOn: hasPassed ? usual : assessment.dueOn }, problems),
    errors: problems,
  });
}
