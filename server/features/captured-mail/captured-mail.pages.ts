import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type CapturedMail, listCapturedMails } from '../../adapters/mail/capture.ts';
import type { Config } from '../../config.ts';
import { notFound } from '../../errors.ts';
import { attachment } from '../../plugins/send-file.ts';
import type { Services } from '../../services.ts';
import { listView, mailView } from './captured-mail.views.ts';

/**
 * Stands in for the recipients' mailboxes where no mail server is set. Mails hold links and codes, so it exists only for
 * whoever sits at this machine: the server listens on loopback, its public address is loopback, and so is the visitor's.
 */
export async function capturedMailPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const { config } = services;
  if (!isForThisMachineOnly(config)) return;
  const route = {
    config: { action: 'site.view' },
    preHandler: async (request: FastifyRequest) => onlyFromHere(request),
  } as const;
  app.get('/captured-mail', route, async (_request, reply) =>
    reply.page('captured-mail/list', listView(listCapturedMails(config.dataDir))),
  );
  app.get<{ Params: { id: string } }>('/captured-mail/:id', route, async (request, reply) =>
    reply.page('captured-mail/show', mailView(find(config, request.params.id))),
  );
  app.get<{ Params: { id: string } }>('/captured-mail/:id/html', route, async (request, reply) => {
    const { html } = find(config, request.params.id);
    if (!html) throw notFound();
    return reply.type('text/html; charset=utf-8').header('content-security-policy', MAIL_POLICY).send(html);
  });
  app.get<{ Params: { id: string; index: string } }>(
    '/captured-mail/:id/attachments/:index',
    route,
    async (request, reply) => {
      const { id, index } = request.params;
      const attached = find(config, id).attachments[Number(index)];
      if (!attached) throw notFound();
      const { name, mediaType, content, encoding } = attached;
      reply.type(mediaType).header('content-disposition', attachment(name));
      return reply.send(Buffer.from(content, encoding ?? 'utf8'));
    },
  );
}

/**
 * The HTML part is a page of its own, as a mail program shows it: its own styles are the only ones, and nothing runs, is fetched or
 * can be filled in.
 */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

function find({ dataDir }: Config, id: string): CapturedMail {
  const mail = listCapturedMails(dataDir).find((one) => one.id === id);
  if (!mail) throw notFound();
  return mail;
}

function isForThisMachineOnly({ mailUrl, host, publicUrl }: Config): boolean {
  return mailUrl === undefined && isLoopback(host) && isLoopback(new URL(publicUrl).hostname);
}

/**
 * The name as well as the address: a page of the open web may point a name of its own at 127.0.0.1 (DNS rebinding). And nobody
 * for whom a proxy on this machine speaks: through a tunnel the whole world comes from 127.0.0.1.
 */
function onlyFromHere(request: FastifyRequest): void {
  const { headers } = request;
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined) throw notFound();
  if (!isLoopback(request.hostname) || !isLoopback(request.socket.remoteAddress ?? '')) throw notFound();
}

function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?|::ffff:127(\.\d{1,3}){3})$/.test(host);
}
