import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { AppError } from '../errors.ts';

/**
 * A form or an answer must arrive within `milliseconds`; only uploads have as long as the server allows any request.
 * Without it, a body sent one byte a second holds its connection for minutes.
 */
export const bodyTimeoutPlugin = fp(
  async (app, { milliseconds }: { milliseconds: number }) => {
    app.addHook('preParsing', async (request, reply, payload) => {
      if (!bringsBody(request)) return payload;
      const timer = setTimeout(() => {
        // Somebody still reads, so somebody answers this error; without a reader it would end the process.
        if (payload.listenerCount('error') === 0) return;
        reply.header('connection', 'close');
        payload.emit('error', tooSlow());
      }, milliseconds);
      const stop = () => clearTimeout(timer);
      payload.once('end', stop).once('close', stop);
      return payload;
    });
  },
  { name: 'body-timeout' },
);

function bringsBody({ headers }: FastifyRequest): boolean {
  if (headers['content-type']?.startsWith('multipart/form-data')) return false;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function tooSlow(): AppError {
  return new AppError(408, 'request_timeout', {
    ja: '送信に時間がかかりすぎたため、受け付けを打ち切りました。通信の状態を確かめて、もう一度お試しください。',
    en: 'Sending took too long and was broken off. Check your connection and try again.',
  });
}
