import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { dueDateRange } from '../../domain/assessment/due-date.ts';
import { calendarDay } from '../../domain/assessment/typed-input.ts';
import { memberOf } from '../../plugins/access.ts';
import { closed, Day, Done, IdParams, NoBody, TypedDay, Words, wordsOf } from '../../plugins/api-shapes.ts';
import type { Services } from '../../services.ts';
import { previewReturn } from './preview-return.usecases.ts';
import { returnAnswers } from './return-answers.usecases.ts';
import { withdrawReturn } from './withdraw-return.usecases.ts';

const seen = Type.String({ maxLength: 100, description: 'As GET gave it: what is returned is what was looked at' });
const preview = Type.Object(
  {
    round: Type.Integer({ description: 'The round the return would open' }),
    usualDueOn: Day,
    seen,
    questions: Type.Array(Type.Object({ questionId: Type.String(), text: Words, reason: Type.String() }, closed)),
  },
  closed,
);
const body = Type.Object({ dueOn: TypedDay, note: Type.String({ maxLength: 20_000 }), seen }, closed);

/** Returning answers to the vendor, and calling that off, as JSON. */
export async function returnRoutes(instance: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  const config = { action: 'assessments.return' } as const;
  const about = { tags: ['Rounds'], params: IdParams };

  app.get(
    '/api/assessments/:id/return',
    { config, schema: { summary: 'See what would be returned', ...about, response: { 200: preview } } },
    async (request) => {
      const { usual } = dueDateRange(tokyoDate(services.clock.now()));
      const member = memberOf(request);
      const read = await previewReturn(services, member, request.params.id, { dueOn: usual, note: '' });
      const questions = read.questions.map(({ id, text, reason }) => {
        return { questionId: id, text: wordsOf(text), reason };
      });
      return { round: read.round, usualDueOn: usual, seen: read.seen, questions };
    },
  );

  app.put(
    '/api/assessments/:id/return',
    {
      config,
      schema: { summary: 'Return the marked questions to the vendor', ...about, body, response: { 204: Done } },
    },
    async (request, reply) => {
      const { dueOn, ...rest } = request.body;
      const input = { ...rest, dueOn: calendarDay(dueOn) };
      await returnAnswers(services, memberOf(request), request.params.id, input);
      return reply.status(204).send(null);
    },
  );

  app.put(
    '/api/assessments/:id/return/withdrawal',
    {
      config: { action: 'assessments.withdrawReturn' },
      schema: { summary: 'Call a return off', ...about, body: NoBody, response: { 204: Done } },
    },
    async (request, reply) => {
      await withdrawReturn(services, memberOf(request), request.params.id);
      return reply.status(204).send(null);
    },
  );
}
