import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/**
 * Modules of the section page. They import each other by plain names, so browsers ask again each time (ETag) instead of keeping
 * a mixture of versions.
 */
export async function respondScripts(app: FastifyInstance): Promise<void> {
  await app.register(fastifyStatic, {
    root: fileURLToPath(new URL('../../../templates/assets/respond', import.meta.url)),
    prefix: '/assets/respond/',
    decorateReply: false,
    cacheControl: false,
    setHeaders: (reply) => reply.header('cache-control', 'no-cache'),
    allowedPath: (path) => path.endsWith('.js'),
  });
}
