import type { FastifyInstance } from 'fastify';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { calendarDay } from '../../domain/assessment/typed-input.ts';
import { AppError, type Message } from '../../errors.ts';
import { memberOf } from '../../plugins/access.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { finaliseAssessment, isEvaluationDate } from './finalise.usecases.ts';
import * as Schemas from './reviews.schemas.ts';
import { readUnderReview } from './reviews.usecases.ts';
import { overviewView } from './reviews.views.ts';

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
      const asOf = calendarDay(typed) || typed;
      return reply.page(
        'reviews/finalisation',
        await model(services, memberOf(request), request.params.id, asOf, null),
      );
    },
  );

  app.post<FinaliseRoute>(
    '/assessments/:id/finalisation',
    { config, schema: { params, body: Schemas.FinalisationForm } },
    async (request, reply) => {
      const typed = request.body.asOf;
      const asOf = calendarDay(typed) || typed;
      try {
        await finaliseAssessment(services, memberOf(request), request.params.id, asOf);
      } catch (error) {
        if (!(error instanceof AppError) || error.status !== 400) throw error;
        const page = await model(services, memberOf(request), request.params.id, asOf, error.publicMessage);
        return reply.status(400).page('reviews/finalisation', page);
      }
      return reply.redirect(`/assessments/${request.params.id}`, 303);
    },
  );
}

async function model(services: Services, principal: MemberPrincipal, id: string, asOf: string, error: Message | null) {
  const usable = isEvaluationDate(asOf, tokyoDate(services.clock.now()));
  const work = await readUnderReview(services, principal, id, usable ? { asOf } : {});
  const errors = error ? [{ path: 'asOf', message: error }] : [];
  const field = { id: 'asOf', name: 'asOf', value: asOf, error };
  return { ...overviewView(work), field, errors, refused: error !== null };
}
