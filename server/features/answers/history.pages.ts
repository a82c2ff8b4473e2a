import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { respondentOf } from '../../plugins/access.ts';
import type { Services } from '../../services.ts';
import { readHistory } from './history.usecases.ts';
import { historyView } from './history.views.ts';

const params = Type.Object({ questionId: Type.String({ maxLength: 100 }) }, { additionalProperties: false });

/** Who changed an answer, when, and from what to what: for the vendor's own people. */
export async function historyPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  app.get<{ Params: { questionId: string } }>(
    '/respond/history/:questionId',
    { config: { action: 'respond.view' }, schema: { params } },
    async (request, reply) => {
      const read = await readHistory(services, respondentOf(request), request.params.questionId);
      return reply.page('answers/history', historyView(read, request.locale));
    },
  );
}
