import type { FastifyReply } from 'fastify';
import type { Download } from './download.usecases.ts';

/** A file of a report, always as a download and never kept on the way. */
export function sendFile(reply: FastifyReply, mediaType: string, { bytes, name }: Download): FastifyReply {
  return reply
    .type(mediaType)
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'no-store')
    .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
}
