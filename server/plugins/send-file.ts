import type { FastifyReply } from 'fastify';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

type File = { name: string; bytes: string | Uint8Array };

/** A file to keep: always a download, and never kept on the way. Text is sent as UTF-8. */
export function sendFile(reply: FastifyReply, mediaType: string, { name, bytes }: File): FastifyReply {
  return reply
    .type(mediaType)
    .header('content-disposition', attachment(name))
    .header('cache-control', 'no-store')
    .send(typeof bytes === 'string' ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

/**
 * Value of Content-Disposition (RFC 6266). Where the name is more than plain ASCII: an ASCII one for old readers, the real one in
 * filename* (RFC 8187).
 */
export function attachment(name: string): string {
  const ascii = name.normalize('NFKD').replace(/[^\x20-\x7e]|["\\%]/g, '_');
  if (ascii === name) return `attachment; filename="${name}"`;
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
