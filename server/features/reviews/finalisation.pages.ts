import type { FastifyInstance } from 'fastify';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { calendarDay } from '../../domain/assessment/typed-input.ts';
import { AppError } from '../../errors.ts';
import { memberOf } from '../../plugins/access.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { finalisationView } from './finalisation.views.ts';
import { finaliseAssessment, isEvaluationDate, previewFinalisation, WRONG_DATE } from './finalise.usecases.ts';
import * as Schemas from './reviews.schemas.ts';

type ShowRoute = { Params: { id: string }; Querystring: Schemas.FinalisationQuery };
type FinaliseRoute = { Params: { id: string }; Body: Schemas.FinalisationForm };

/** Choosing the evaluation date, seeing what it gives, and settling the assessment. */
export async function finalisationPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const config = { action: 'assessments.finalise' } as const;
  const params = Schemas.AssessmentParams;

  app.get<ShowRoute>(
    '/assessments/:id/finalisation',
    { config, schema: { params, querystring: Schemas.FinalisationQuery } },
    async (request, reply) => {
      const typed = request.query.asOf ?? tokyoDate(services.clock.now());
      const page = await model(services, memberOf(request), request.params.id, typed);
      return reply.status(page.ready ? 200 : 400).page('reviews/finalisation', page);
    },
  );

  app.post<FinaliseRoute>(
    '/assessments/:id/finalisation',
    { config, schema: { params, body: Schemas.FinalisationForm } },
    async (request, reply) => {
      const { asOf, seen } = request.body;
      const { id } = request.params;
      try {
        await finaliseAssessment(services, memberOf(request), id, calendarDay(asOf) || asOf, seen);
      } catch (error) {
        if (!(error instanceof AppError) || (error.status !== 400 && error.code !== 'result_changed')) throw error;
        const page = await model(services, memberOf(request), id, asOf);
        const errors = page.ready ? [{ path: '', message: error.publicMessage }] : page.errors;
        return reply.status(error.status).page('reviews/finalisation', { ...page, errors });
      }
      return reply.redirect(`/assessments/${id}?done=reviews.finalised`, 303);
    },
  );
}

/** A date that cannot be used stays in its field with the reason; the result shown is then that of today. */
async function model(services: Services, principal: MemberPrincipal, id: string, typed: string) {
  const today = tokyoDate(services.clock.now());
  const day = calendarDay(typed) || typed;
  const usable = isEvaluationDate(day, today);
  const work = await previewFinalisation(services, principal, id, usable ? day : today);
  return { ...finalisationView(work, usable ? day : typed, usable ? null : WRONG_DATE), styles: ['review.css'] };
}
