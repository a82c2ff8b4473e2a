import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { respondentOf } from '../../plugins/access.ts';
import { closed, Instant, orNull, Words } from '../../plugins/api-shapes.ts';
import type { Services } from '../../services.ts';
import { questionParams } from './answers.schemas.ts';
import { readHistory } from './history.usecases.ts';
import { historyView } from './history.views.ts';

const change = Type.Object({ what: Words, from: orNull(Words), to: orNull(Words) }, closed);
const step = Type.Object(
  {
    at: Instant,
    who: Type.String(),
    words: Words,
    file: orNull(Type.String()),
    changes: Type.Array(change),
  },
  closed,
);
const history = Type.Object(
  {
    questionId: Type.String(),
    isCut: Type.Boolean({ description: 'Whether older steps are left out' }),
    steps: Type.Array(step),
  },
  { ...closed, description: 'Newest first.' },
);

/** Who changed an answer, when, and from what to what, as JSON: for the vendor's own people. */
export async function historyRoutes(instance: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  app.get(
    '/api/respond/answers/:questionId/history',
    {
      config: { action: 'respond.view' },
      schema: {
        summary: 'Read who changed an answer, and how',
        tags: ['Respond'],
        params: questionParams,
        response: { 200: history },
      },
    },
    async (request) => {
      const read = await readHistory(services, respondentOf(request), request.params.questionId);
      const { id, isCut, steps } = historyView(read, request.locale);
      return {
        questionId: id,
        isCut,
        steps: steps.map(({ at, who, words, file, changes }) => ({ at, who, words, file, changes })),
      };
    },
  );
}
