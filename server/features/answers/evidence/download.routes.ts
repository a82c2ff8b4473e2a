import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { memberOf, respondentOf } from '../../../plugins/access.ts';
import { attachment } from '../../../plugins/send-file.ts';
import type { Services } from '../../../services.ts';
import { EmptyForm } from '../../accounts/accounts.schemas.ts';
import { readEvidence } from './read-evidence.usecases.ts';
import { scanAgain } from './scanning.ts';

const params = Type.Object({ id: Type.String({ maxLength: 100 }) }, { additionalProperties: false });
type Params = { Params: Static<typeof params> };

/** Evidence as its vendor and, once it was submitted, the customer get it. */
export async function downloadRoutes(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  app.get('/respond/evidence/:id', { config: { action: 'respond.view' }, schema: { params } }, (request, reply) =>
    download(services, respondentOf(request), request as FastifyRequest<Params>, reply),
  );

  app.get('/evidence/:id', { config: { action: 'evidence.read' }, schema: { params } }, (request, reply) =>
    download(services, memberOf(request), request as FastifyRequest<Params>, reply),
  );

  app.post(
    '/evidence/:id/scans',
    { config: { action: 'evidence.scan' }, schema: { params, body: EmptyForm } },
    async (request, reply) => {
      const { id } = (request as FastifyRequest<Params>).params;
      const { assessmentId, sectionId, questionId } = await scanAgain(services, memberOf(request), id);
      const section = `/assessments/${assessmentId}/answers/${sectionId}`;
      return reply.redirect(`${section}?done=evidence.scanRepeated#q-${encodeURIComponent(questionId)}`, 303);
    },
  );
}

/**
 * Always a download, never shown within our origin: whatever it holds, it cannot act here. Always whole: parts of a file that was
 * checked as a whole are nothing anybody checked.
 */
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
    .header('accept-ranges', 'none')
    .header('cache-control', 'no-store')
    .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
}
