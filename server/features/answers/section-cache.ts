import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Pages of one section are 25–100 KB each, so this is a few dozen megabytes at most. */
const KEPT = 400;

/**
 * Remembers pages as they were sent, so that reading a section again costs two small queries instead of templates. `key` has to
 * name everything the page shows: whoever calls puts the version of the answers in it, and an old page is never found again.
 */
export function rememberPages(app: FastifyInstance) {
  // As bytes: encoding the same text again for every reader costs more than the rest of the reply.
  const pages = new Map<string, Buffer>();
  const wanted = new WeakMap<FastifyRequest, string>();
  app.addHook('onSend', async (request, reply, payload) => {
    const key = wanted.get(request);
    if (key === undefined || typeof payload !== 'string' || reply.statusCode !== 200) return;
    pages.delete(key);
    pages.set(key, Buffer.from(payload));
    for (const oldest of pages.keys()) {
      if (pages.size <= KEPT) break;
      pages.delete(oldest);
    }
  });
  return {
    find: (key: string) => pages.get(key),
    /** The page this request is answered with is kept under `key`. */
    keep(request: FastifyRequest, key: string): void {
      wanted.set(request, key);
    },
  };
}
