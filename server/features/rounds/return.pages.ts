import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { dueDateRange, isDueDate } from '../../domain/assessment/due-date.ts';
import { calendarDay } from '../../domain/assessment/typed-input.ts';
import { AppError, type InvalidField } from '../../errors.ts';
import { memberOf } from '../../plugins/access.ts';
import { fieldsOf, type PostedForm, textOf } from '../../plugins/forms.ts';
import type { Services } from '../../services.ts';
import { readHead } from '../assessments/assessment-head.ts';
import { previewReturn } from './preview-return.usecases.ts';
import { isAlreadyReturned, returnAnswers, returnProblems } from './return-answers.usecases.ts';
import * as Schemas from './rounds.schemas.ts';
import { isAlreadyWithdrawn, withdrawReturn } from './withdraw-return.usecases.ts';

type FormRoute = Schemas.Route & { Body: PostedForm };

/** Returning answers to the vendor, and calling that off. */
export async function returnPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const config = { action: 'assessments.return' } as const;
  const withdraw = { action: 'assessments.withdrawReturn' } as const;
  const shown = { params: Schemas.Params, querystring: Schemas.ShownQuery };

  app.get<Schemas.Route>('/assessments/:id/return', { config, schema: shown }, async (request, reply) => {
    const { usual: dueOn } = dueDateRange(tokyoDate(services.clock.now()));
    return show(services, request, reply, { dueOn, note: '' });
  });

  app.post<FormRoute>(
    '/assessments/:id/return',
    { config, schema: { params: Schemas.Params, body: Schemas.ReturnForm } },
    async (request, reply) => {
      const { body, params } = request;
      const input = {
        dueOn: calendarDay(textOf(body, 'dueOn')),
        note: textOf(body, 'note'),
        seen: textOf(body, 'seen'),
      };
      if (textOf(body, 'action') !== 'return') {
        return show(services, request, reply, body, returnProblems(input, services.clock.now()));
      }
      try {
        await returnAnswers(services, memberOf(request), params.id, input);
      } catch (error) {
        if (!isAlreadyReturned(error)) return showAgain(services, request, reply, error);
      }
      return reply.redirect(`/assessments/${params.id}?done=rounds.returned`, 303);
    },
  );

  app.get<Schemas.Route>(
    '/assessments/:id/return/withdrawal',
    { config: withdraw, schema: shown },
    async (request, reply) => {
      const { head, assessment } = await readHead(services, memberOf(request), request.params.id);
      if (assessment.state !== 'returned') return reply.redirect(head.href, 303);
      return reply.page('rounds/withdrawal', { ...head, round: assessment.round });
    },
  );

  app.post<Schemas.Route>(
    '/assessments/:id/return/withdrawal',
    { config: withdraw, schema: { params: Schemas.Params, body: Schemas.NoForm } },
    async (request, reply) => {
      const { id } = request.params;
      try {
        await withdrawReturn(services, memberOf(request), id);
      } catch (error) {
        if (!isAlreadyWithdrawn(error)) throw error;
      }
      return reply.redirect(`/assessments/${id}?done=rounds.withdrawn`, 303);
    },
  );
}

/** What is to be mended, or looked at again, on the same page with everything typed. */
function showAgain(
  services: Services,
  request: FastifyRequest<FormRoute>,
  reply: FastifyReply,
  error: unknown,
): Promise<FastifyReply> {
  const canMend = error instanceof AppError && (error.status === 400 || error.code === 'flags_changed');
  if (!canMend) throw error;
  const problems = error.fields.length > 0 ? error.fields : [{ path: '', message: error.publicMessage }];
  return show(services, request, reply.status(error.status), request.body, problems);
}

/** The mail is shown for the usual date while none can be read from what was typed. */
async function show(
  services: Services,
  request: FastifyRequest<Schemas.Route>,
  reply: FastifyReply,
  typed: PostedForm,
  problems: readonly InvalidField[] = [],
): Promise<FastifyReply> {
  const { id } = request.params;
  const today = tokyoDate(services.clock.now());
  const { earliest, latest, usual } = dueDateRange(today);
  const day = calendarDay(textOf(typed, 'dueOn'));
  const dueOn = day && isDueDate(day, today) ? day : usual;
  const { head } = await readHead(services, memberOf(request), id);
  const { questions, mail, ...preview } = await previewReturn(services, memberOf(request), id, {
    dueOn,
    note: textOf(typed, 'note'),
  });
  const answersHref = `/assessments/${id}/answers`;
  return reply.page('rounds/return', {
    ...head,
    ...preview,
    answersHref,
    dueOn,
    earliest,
    latest,
    questions: questions.map(({ sectionId, ...question }) => ({
      ...question,
      href: `${answersHref}/${encodeURIComponent(sectionId)}#q-${encodeURIComponent(question.id)}`,
      removal: `/assessments/${id}/returned-questions/${encodeURIComponent(question.id)}/removal`,
    })),
    mail: { ...mail, to: `${mail.recipient.name} <${mail.recipient.email}>` },
    fields: fieldsOf(['dueOn', 'note'], typed, problems),
    errors: problems,
  });
}
