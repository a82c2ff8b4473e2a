import multipart from '@fastify/multipart';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { answerMasterSchema } from '../../domain/reuse/answer-master.ts';
import { respondentOf } from '../../plugins/access.ts';
import { Done, NoBody } from '../../plugins/api-shapes.ts';
import type { Services } from '../../services.ts';
import { perLink } from '../answers/link-limit.ts';
import { offerMaster } from './offer-master.usecases.ts';
import { readOwnMaster } from './own-master.usecases.ts';
import { offersOf, offersReply, outcomeOf, outcomeReply } from './reuse.replies.ts';
import { readReuse, restoreOffers } from './reuse.usecases.ts';
import { masterGate, uploadedFile, uploadOptions } from './uploaded-file.ts';

const answer = { action: 'respond.answer' } as const;
const tags = ['Respond: reuse'];

/** Answers given before, and the vendor's own file of them (回答マスタ), as JSON. */
export async function reuseRoutes(instance: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  await app.register(multipart, uploadOptions);

  app.get(
    '/api/respond/prefills',
    {
      config: { action: 'respond.view' },
      schema: { summary: 'List earlier answers offered for your part', tags, response: { 200: offersReply } },
    },
    async (request) => offersOf(await readReuse(services, respondentOf(request))),
  );

  app.post(
    '/api/respond/prefills/restoration',
    {
      config: answer,
      schema: { summary: 'Bring back every offer that was put aside', tags, body: NoBody, response: { 204: Done } },
    },
    async (request, reply) => {
      await restoreOffers(services, respondentOf(request));
      return reply.status(204).send(null);
    },
  );

  app.get(
    '/api/respond/master',
    {
      config: { action: 'respond.export', rateLimit: perLink(30) },
      schema: { summary: 'Read your own answer master', tags, response: { 200: answerMasterSchema } },
    },
    async (request, reply) => {
      const master = await readOwnMaster(services, respondentOf(request));
      return reply.header('cache-control', 'no-store').send(master);
    },
  );

  app.post(
    '/api/respond/master',
    {
      config: { ...answer, rateLimit: perLink(20) },
      schema: {
        summary: 'Offer the answers of your own answer master (one file, JSON or Excel, up to 5 MiB)',
        tags,
        consumes: ['multipart/form-data'],
        response: { 200: outcomeReply },
      },
    },
    async (request) => {
      const respondent = respondentOf(request);
      return masterGate.pass(respondent.assessmentId, async () =>
        outcomeOf(await offerMaster(services, respondent, await uploadedFile(request))),
      );
    },
  );
}
