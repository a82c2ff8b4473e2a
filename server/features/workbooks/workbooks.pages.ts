import multipart from '@fastify/multipart';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { AppError } from '../../errors.ts';
import { respondentOf } from '../../plugins/access.ts';
import { sendFile, XLSX } from '../../plugins/send-file.ts';
import type { Services } from '../../services.ts';
import { perAssessment, perLink } from '../answers/link-limit.ts';
import { applyWorkbook, type Selection } from './apply.usecases.ts';
import { exportWorkbook } from './export.usecases.ts';
import { readPreview } from './preview.usecases.ts';
import { previewView } from './preview.views.ts';
import { readStart } from './start.usecases.ts';
import { takeInWorkbook } from './take-in.usecases.ts';
import { readUpload, uploadLimits, workbookGate } from './upload.ts';
import { applyBody, importParams } from './workbooks.schemas.ts';

/** Answering in Excel: download, upload, look at what would change, take over all or some of it. */
export async function workbookPages(instance: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  await app.register(multipart, uploadLimits);
  const config = { action: 'respond.answer' } as const;

  app.get('/respond/workbook', { config }, async (request, reply) => show(services, request, reply));

  app.get('/respond/workbook.xlsx', { config: { ...config, rateLimit: perAssessment(10) } }, async (request, reply) => {
    const workbook = await exportWorkbook(services, respondentOf(request), request.locale);
    return sendFile(reply, XLSX, workbook);
  });

  app.post(
    '/respond/workbook',
    { config: { ...config, rateLimit: perLink(30) }, schema: { consumes: ['multipart/form-data'] } },
    async (request, reply) => {
      try {
        const respondent = respondentOf(request);
        const id = await workbookGate.pass(respondent.assessmentId, async () =>
          takeInWorkbook(services, respondent, await readUpload(request)),
        );
        return reply.redirect(`/respond/workbook/imports/${id}`, 303);
      } catch (error) {
        if (!(error instanceof AppError) || !error.code.startsWith('workbook_')) throw error;
        return show(services, request, reply.status(error.status), error);
      }
    },
  );

  app.get('/respond/workbook/imports/:id', { config, schema: { params: importParams } }, async (request, reply) => {
    const preview = await readPreview(services, respondentOf(request), request.params.id);
    return reply.page('workbooks/preview', previewView(preview, request.locale));
  });

  app.post(
    '/respond/workbook/imports/:id',
    { config, schema: { params: importParams, body: applyBody } },
    async (request, reply) => {
      const { id } = request.params;
      const { refused } = await applyWorkbook(services, respondentOf(request), id, selectionOf(request.body));
      if (refused.size === 0) return reply.redirect(`/respond/workbook/imports/${id}?done=workbooks.applied`, 303);
      const preview = await readPreview(services, respondentOf(request), id);
      return reply.status(409).page('workbooks/preview', previewView(preview, request.locale, refused));
    },
  );
}

/** The page to download and upload, again with the reason when a file was refused. */
async function show(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  refused?: AppError,
): Promise<FastifyReply> {
  const start = await readStart(services, respondentOf(request));
  if (!start.isOpen) return reply.redirect('/respond', 303);
  const error = refused?.publicMessage ?? null;
  return reply.page('workbooks/start', {
    ...start,
    file: { id: 'workbook', name: 'workbook', value: '', error },
    errors: error ? [{ path: 'workbook', message: error }] : [],
  });
}

function selectionOf({ action, take = [], seen = '' }: Static<typeof applyBody>): Selection {
  const revisions = seen
    .split(' ')
    .map((pair) => /^(.+)=(\d{1,9})$/.exec(pair))
    .flatMap((match) => (match ? [[String(match[1]), Number(match[2])] as const] : []));
  return { take: action === 'all' ? 'all' : new Set([take].flat()), seen: new Map(revisions) };
}
