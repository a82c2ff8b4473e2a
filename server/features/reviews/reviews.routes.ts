import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { calendarDay } from '../../domain/assessment/typed-input.ts';
import { memberOf } from '../../plugins/access.ts';
import { closed, IdParams, TypedDay } from '../../plugins/api-shapes.ts';
import type { Services } from '../../services.ts';
import { finaliseAssessment, fingerprintOf, previewFinalisation, requirePast } from './finalise.usecases.ts';
import { markRoutes } from './marks.routes.ts';
import { evaluationOf, filesOf, filesReply, finalisationReply, reviewOf, reviewReply } from './reviews.replies.ts';
import { readUnderReview } from './reviews.usecases.ts';

const asOfQuery = Type.Object({ asOf: Type.Optional(TypedDay) }, closed);
const settlement = Type.Object(
  {
    asOf: Type.String({
      maxLength: 40,
      description: '評価基準日, YYYY-MM-DD, not in the future',
      examples: ['2026-11-21'],
    }),
    seen: Type.String({ maxLength: 64, description: 'As GET gave it for this date' }),
  },
  closed,
);

/** Submitted answers as the customer reads them, and the settling of the result, as JSON. */
export async function reviewRoutes(instance: FastifyInstance, { services }: { services: Services }): Promise<void> {
  await instance.register(markRoutes, { services });
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  const settle = { action: 'assessments.finalise' } as const;
  const about = { tags: ['Reviews'], params: IdParams };

  app.get(
    '/api/assessments/:id/answers',
    {
      config: { action: 'assessments.view' },
      schema: { summary: 'Read the answers handed in last, with all marks', ...about, response: { 200: reviewReply } },
    },
    async (request) => reviewOf(await readUnderReview(services, memberOf(request), request.params.id)),
  );

  app.get(
    '/api/assessments/:id/evidence',
    {
      config: { action: 'evidence.read' },
      schema: {
        summary: 'List the files handed in; each is downloaded at /evidence/{id}',
        ...about,
        response: { 200: filesReply },
      },
    },
    async (request) => filesOf(await readUnderReview(services, memberOf(request), request.params.id)),
  );

  app.get(
    '/api/assessments/:id/finalisation',
    {
      config: settle,
      schema: {
        summary: 'See what would be settled at an evaluation date (today where none is given)',
        ...about,
        querystring: asOfQuery,
        response: { 200: finalisationReply },
      },
    },
    async (request) => {
      const today = tokyoDate(services.clock.now());
      const asOf = dayOf(request.query.asOf ?? today);
      requirePast(asOf, today);
      const { evaluation } = await previewFinalisation(services, memberOf(request), request.params.id, asOf);
      return { seen: fingerprintOf(evaluation), evaluation: evaluationOf(evaluation) };
    },
  );

  app.put(
    '/api/assessments/:id/finalisation',
    {
      config: settle,
      schema: {
        summary: 'Evaluate once and for all',
        ...about,
        body: settlement,
        response: { 200: finalisationReply },
      },
    },
    async (request) => {
      const { asOf, seen } = request.body;
      const member = memberOf(request);
      const evaluation = await finaliseAssessment(services, member, request.params.id, dayOf(asOf), seen);
      return { seen: fingerprintOf(evaluation), evaluation: evaluationOf(evaluation) };
    },
  );
}

function dayOf(typed: string): string {
  return calendarDay(typed) || typed;
}
