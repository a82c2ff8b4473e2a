import fp from 'fastify-plugin';
import { AppError } from '../errors.ts';

/**
 * A form or an answer must arrive within `milliseconds`; only uploads have as long as the server allows any request.
 * Without it, a body sent one byte a second holds its connection for minutes.
 */
export const bodyTimeoutPlugin = fp(
  async (app, { milliseconds }: { milliseconds: number }) => {
    app.addHook('preParsing', async (request, reply, payload) => {
      if (request.headers['content-type']?.startsWith('multipart/form-data')) return payload;
      const timer = setTimeout(() => {
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

function tooSlow(): AppError {
  return new AppError(408, 'request_timeout', {
    ja: '送信に時間がかかりすぎたため、受け付けを打ち切りました。通信の状態を確かめて、もう一度お試しください。',
    en: 'Sending took too long and was broken off. Check your connection and try again.',
  });
}
