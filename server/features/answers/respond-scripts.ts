import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/**
 * Modules of the section page. They import each other by plain names, so browsers ask again each time (ETag) instead of keeping
 * a mixture of versions. The rule engine is the very package the server uses.
 */
export async function respondScripts(app: FastifyInstance): Promise<void> {
  const serve = (folder: string, prefix: string) =>
    app.register(fastifyStatic, {
      root: fileURLToPath(new URL(`../../../${folder}`, import.meta.url)),
      prefix,
      decorateReply: false,
      cacheControl: false,
      setHeaders: (reply) => reply.header('cache-control', 'no-cache'),
      allowedPath: (path) => path.endsWith('.js'),
    });
  await serve('templates/assets/respond', '/assets/respond/');
  await serve('node_modules/@marcbachmann/cel-js/lib', '/assets/vendor/cel-js/');
}
