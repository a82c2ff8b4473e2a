import multipart from '@fastify/multipart';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { AppError } from '../../../errors.ts';
import { memberOf, respondentOf } from '../../../plugins/access.ts';
import type { Services } from '../../../services.ts';
import { evidenceView } from '../answers.schemas.ts';
import type { EvidenceFile } from '../answers.store.ts';
import { perLink } from '../link-limit.ts';
import { multipartOptions, type PostedParts, readParts } from '../posted-parts.ts';
import { evidenceOf } from '../respondent.views.ts';
import { attachEvidence, removeEvidence, requireUploadAllowed } from './evidence.usecases.ts';
import { attachment } from './file-name.ts';
import { readEvidence } from './read-evidence.usecases.ts';

const params = Type.Object({ id: Type.String({ maxLength: 100 }) }, { additionalProperties: false });
type Params = { Params: Static<typeof params> };
const attached = Type.Object({ attached: Type.Array(evidenceView) }, { additionalProperties: false });

/** Evidence: files taken in, listed with size and hash, taken out again, downloaded. */
export async function evidenceRoutes(instance: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  await app.register(multipart, multipartOptions);

  app.post(
    '/api/respond/evidence',
    {
      config: { action: 'respond.answer', rateLimit: perLink(120) },
      schema: { consumes: ['multipart/form-data'], response: { 201: attached } },
    },
    async (request, reply) => {
      const respondent = respondentOf(request);
      await requireUploadAllowed(services, respondent);
      const files = await attachAll(services, respondent, await readParts(services, request));
      return reply.status(201).send({ attached: files.map(evidenceOf) });
    },
  );

  app.delete(
    '/api/respond/evidence/:id',
    { config: { action: 'respond.answer' }, schema: { params, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await removeEvidence(services, respondentOf(request), request.params.id);
      return reply.status(204).send(null);
    },
  );

  app.get('/respond/evidence/:id', { config: { action: 'respond.view' }, schema: { params } }, (request, reply) =>
    download(services, respondentOf(request), request as FastifyRequest<Params>, reply),
  );

  app.get('/evidence/:id', { config: { action: 'evidence.read' }, schema: { params } }, (request, reply) =>
    download(services, memberOf(request), request as FastifyRequest<Params>, reply),
  );
}

/** Files everything under the posted `subject`. When a file is refused the others are kept, and the answer says which were. */
async function attachAll(
  services: Services,
  respondent: Parameters<typeof attachEvidence>[1],
  { fields, files, refused }: PostedParts,
): Promise<EvidenceFile[]> {
  const subject = fields.get('subject')?.[0] ?? '';
  const kept: EvidenceFile[] = [];
  const failures = refused.map(({ name, error }) => ({ name, error }));
  for (const { held } of files) {
    try {
      kept.push(await attachEvidence(services, respondent, subject, held));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      failures.push({ name: held.name, error });
    }
  }
  const [first] = failures;
  if (!first && kept.length > 0) return kept;
  throw first ? partlyRefused(first.error, failures, kept) : nothingPosted();
}

function partlyRefused(
  first: AppError,
  failures: { name: string; error: AppError }[],
  kept: readonly EvidenceFile[],
): AppError {
  return new AppError(first.status, first.code, first.publicMessage, {
    details: {
      attached: kept.map(evidenceOf),
      refused: failures.map(({ name, error }) => ({ name, code: error.code, message: error.publicMessage })),
    },
  });
}

function nothingPosted(): AppError {
  return new AppError(400, 'no_file', {
    ja: 'ファイルが選ばれていません。添付するファイルを選んでください。',
    en: 'No file was chosen. Choose the file to attach.',
  });
}

/** Always a download, never shown within our origin: whatever it holds, it cannot act here. */
async function download(
  services: Services,
  reader: Parameters<typeof readEvidence>[1],
  request: FastifyRequest<Params>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { file, bytes } = await readEvidence(services, reader, request.params.id);
  return reply
    .header('content-type', file.mediaType)
    .header('content-disposition', attachment(file.name))
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-store')
    .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
}
