import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { memberOf } from '../../plugins/access.ts';
import { closed, File, Id, IdParams } from '../../plugins/api-shapes.ts';
import { sendFile } from '../../plugins/send-file.ts';
import type { Services } from '../../services.ts';
import { downloadDocument, downloadReport } from './download.usecases.ts';

const fileParams = Type.Object({ id: Id, language: Id }, closed);

/** The files of an issued report: the frozen document, and a PDF in each language. Every download is recorded. */
export async function reportFileRoutes(instance: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  const config = { action: 'reports.view' } as const;
  const tags = ['Reports'];

  app.get(
    '/api/reports/:id/document',
    {
      config,
      schema: {
        summary: 'Download the frozen document, in the form its hash is taken of',
        tags,
        params: IdParams,
        response: { 200: File },
      },
    },
    async (request, reply) =>
      sendFile(reply, 'application/json', await downloadDocument(services, memberOf(request), request.params.id)),
  );

  app.get(
    '/api/reports/:id/files/:language',
    {
      config,
      schema: {
        summary: 'Download the PDF in one language (ja or en)',
        tags,
        params: fileParams,
        produces: ['application/pdf'],
        response: { 200: File },
      },
    },
    async (request, reply) => {
      const { id, language } = request.params;
      return sendFile(reply, 'application/pdf', await downloadReport(services, memberOf(request), id, language));
    },
  );
}
