import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { memberOf, respondentOf } from '../../../plugins/access.ts';
import { closed, Done, IdParams, NoBody } from '../../../plugins/api-shapes.ts';
import type { Services } from '../../../services.ts';
import { evidenceView } from '../answers.schemas.ts';
import { readRespondentAssessment } from '../read-assessment.usecases.ts';
import { scanAgain } from './scanning.ts';

const list = Type.Object({ evidence: Type.Array(evidenceView) }, closed);

/** The vendor's files without their bytes, and a scan once more for the customer. */
export async function evidenceListRoutes(
  instance: FastifyInstance,
  { services }: { services: Services },
): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();

  app.get(
    '/api/respond/evidence',
    {
      config: { action: 'respond.view' },
      schema: {
        summary: 'List the files of your part; each is downloaded at /respond/evidence/{id}',
        tags: ['Respond: evidence'],
        response: { 200: list },
      },
    },
    async (request) => {
      const { evidence } = await readRespondentAssessment(services, respondentOf(request));
      return { evidence };
    },
  );

  app.post(
    '/api/evidence/:id/scans',
    {
      config: { action: 'evidence.scan' },
      schema: {
        summary: 'Repeat a virus scan that was given up',
        tags: ['Reviews'],
        params: IdParams,
        body: NoBody,
        response: { 204: Done },
      },
    },
    async (request, reply) => {
      await scanAgain(services, memberOf(request), request.params.id);
      return reply.status(204).send(null);
    },
  );
}
