import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerMasterSchema } from '../../domain/reuse/answer-master.ts';
import { masterBook } from '../../domain/reuse/master-book.ts';
import { AppError } from '../../errors.ts';
import { respondentOf } from '../../plugins/access.ts';
import { formBody } from '../../plugins/forms.ts';
import { sendFile, XLSX } from '../../plugins/send-file.ts';
import type { Services } from '../../services.ts';
import { perLink } from '../answers/link-limit.ts';
import { offerMaster } from './offer-master.usecases.ts';
import { readOwnMaster } from './own-master.usecases.ts';
import { readReuse, restoreOffers } from './reuse.usecases.ts';
import { reuseView } from './reuse.views.ts';
import { masterGate, uploadedFile, uploadOptions } from './uploaded-file.ts';

const view = { action: 'respond.view' } as const;
const answer = { action: 'respond.answer' } as const;

/** Answers given before, and the vendor's own file of them (回答マスタ). */
export async function reusePages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  await app.register(multipart, uploadOptions);

  app.get('/respond/reuse', { config: view }, async (request, reply) => {
    const respondent = respondentOf(request);
    if (respondent.role === 'checker' || respondent.role === 'approver') return reply.redirect('/respond', 303);
    return reply.page('reuse/reuse', reuseView(await readReuse(services, respondent)));
  });

  app.post('/respond/reuse/restoration', { config: answer, schema: { body: formBody([]) } }, async (request, reply) => {
    await restoreOffers(services, respondentOf(request));
    return reply.redirect('/respond/reuse?done=reuse.restored', 303);
  });

  app.get(
    '/respond/master.json',
    { config: { action: 'respond.export', rateLimit: perLink(30) } },
    async (request, reply) => {
      const master = await readOwnMaster(services, respondentOf(request));
      const bytes = `${JSON.stringify(master, null, 2)}\n`;
      return sendFile(reply, 'application/json; charset=utf-8', { name: nameOf(master, 'json'), bytes });
    },
  );

  app.get(
    '/respond/master.xlsx',
    { config: { action: 'respond.export', rateLimit: perLink(30) } },
    async (request, reply) => {
      const master = await readOwnMaster(services, respondentOf(request));
      const bytes = await services.spreadsheets.write(masterBook(master));
      return sendFile(reply, XLSX, { name: nameOf(master, 'xlsx'), bytes });
    },
  );

  // Where the page of an upload is reloaded, or read in the other language.
  app.get('/respond/master', { config: answer }, (_request, reply) => reply.redirect('/respond/reuse', 303));

  app.post(
    '/respond/master',
    { config: { ...answer, rateLimit: perLink(20) }, schema: { consumes: ['multipart/form-data'] } },
    async (request, reply) =>
      masterGate.pass(respondentOf(request).assessmentId, () => upload(services, request, reply)),
  );

  app.get('/schemas/answer-master-v1.json', { config: { action: 'site.view' } }, (_request, reply) =>
    reply
      .type('application/schema+json; charset=utf-8')
      .send({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...answerMasterSchema }),
  );
}

/** The summary is the answer to the upload: nothing of the file is kept from which it could be made again. */
async function upload(services: Services, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const respondent = respondentOf(request);
  try {
    const outcome = await offerMaster(services, respondent, await uploadedFile(request));
    return reply.page('reuse/reuse', reuseView(await readReuse(services, respondent), { outcome }));
  } catch (error) {
    const canMend = error instanceof AppError && [400, 413, 422].includes(error.status);
    if (!canMend || (request.headers.accept ?? '').includes('application/json')) throw error;
    return reply
      .status(error.status)
      .page('reuse/reuse', reuseView(await readReuse(services, respondent), { refused: error }));
  }
}

function nameOf({ questionnaire, exportedAt }: { questionnaire: { id: string }; exportedAt: string }, ending: string) {
  return `answer-master-${questionnaire.id}-${exportedAt.slice(0, 10)}.${ending}`;
}
