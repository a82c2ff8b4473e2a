import multipart from '@fastify/multipart';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { respondentOf } from '../../plugins/access.ts';
import { closed, File, Made } from '../../plugins/api-shapes.ts';
import { sendFile, XLSX } from '../../plugins/send-file.ts';
import type { Services } from '../../services.ts';
import { perAssessment, perLink } from '../answers/link-limit.ts';
import { applyWorkbook } from './apply.usecases.ts';
import { exportWorkbook } from './export.usecases.ts';
import { readPreview } from './preview.usecases.ts';
import { takeInWorkbook } from './take-in.usecases.ts';
import { readUpload, uploadLimits, workbookGate } from './upload.ts';
import { appliedOf, appliedReply, previewOf, previewReply } from './workbooks.replies.ts';
import { importParams } from './workbooks.schemas.ts';

const tags = ['Respond: reuse'];
const revision = Type.Integer({ minimum: 0, maximum: 2 ** 31 - 2 });
const questionId = Type.String({ maxLength: 100 });
const selection = Type.Object(
  {
    take: Type.Union([Type.Literal('all'), Type.Array(questionId, { maxItems: 1_000 })], {
      description: 'all: what adds or changes; conflicts and cleared answers are named one by one',
    }),
    seen: Type.Optional(
      Type.Record(Type.String({ pattern: '^.{1,100}$' }), revision, {
        additionalProperties: false,
        maxProperties: 1_000,
        description: 'Revision by question, as the preview gave it: a newer answer is not overwritten',
      }),
    ),
  },
  closed,
);

/** Answering in Excel over JSON: download, upload, look at what would change, take over all or some of it. */
export async function workbookRoutes(instance: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  await app.register(multipart, uploadLimits);
  const config = { action: 'respond.answer' } as const;
  const limited = { ...config, rateLimit: perLink(30) };

  app.get(
    '/api/respond/workbook',
    {
      config: { ...config, rateLimit: perAssessment(10) },
      schema: { summary: 'Download the pre-filled workbook', tags, produces: [XLSX], response: { 200: File } },
    },
    async (request, reply) => {
      const workbook = await exportWorkbook(services, respondentOf(request), request.locale);
      return sendFile(reply, XLSX, workbook);
    },
  );

  app.post(
    '/api/respond/workbook/imports',
    {
      config: limited,
      schema: {
        summary: 'Upload a filled-in workbook (one file, up to 10 MiB); no answer changes yet',
        tags,
        consumes: ['multipart/form-data'],
        response: { 201: Made },
      },
    },
    async (request, reply) => {
      const respondent = respondentOf(request);
      const id = await workbookGate.pass(respondent.assessmentId, async () =>
        takeInWorkbook(services, respondent, await readUpload(request)),
      );
      return reply.status(201).header('location', `/api/respond/workbook/imports/${id}`).send({ id });
    },
  );

  app.get(
    '/api/respond/workbook/imports/:id',
    {
      config,
      schema: {
        summary: 'See what an uploaded workbook would change now',
        tags,
        params: importParams,
        response: { 200: previewReply },
      },
    },
    async (request) => previewOf(await readPreview(services, respondentOf(request), request.params.id)),
  );

  app.post(
    '/api/respond/workbook/imports/:id/application',
    {
      config,
      schema: {
        summary: 'Take over all or some answers of an uploaded workbook',
        tags,
        params: importParams,
        body: selection,
        response: { 200: appliedReply },
      },
    },
    async (request) => {
      const { take, seen = {} } = request.body;
      const chosen = { take: take === 'all' ? take : new Set(take), seen: new Map(Object.entries(seen)) };
      return appliedOf(await applyWorkbook(services, respondentOf(request), request.params.id, chosen));
    },
  );
}
