import type { RouteOptions } from 'fastify';
import fp from 'fastify-plugin';
import { invalid } from '../errors.ts';

const missing = {
  ja: '送信内容がありません。Content-Type を付けて、内容とともに送信してください。',
  en: 'There is no body. Send one, with its Content-Type.',
};

type Schema = { [key: string]: unknown; type?: unknown; properties?: Record<string, Schema> };

/** The server does not start with a route that takes a body without saying which, or leaves room for unknown fields (ASVS 2.2.1). */
export const closedBodiesPlugin = fp(
  async (app) => {
    app.addHook('onRoute', (route) => {
      const takesBody = [route.method].flat().some((method) => ['POST', 'PUT', 'PATCH'].includes(method));
      if (!takesBody || isUpload(route)) return;
      const body = route.schema?.body as Schema | undefined;
      if (!body) throw new Error(`${route.method} ${route.url} takes a body but declares no schema for it`);
      const open = openObject(body, 'body');
      if (open) throw new Error(`${route.method} ${route.url}: ${open} accepts unknown fields`);
    });
    // Where the schema depends on the content type, a request without one would pass unchecked.
    app.addHook('preValidation', async (request) => {
      const body = request.routeOptions.schema?.body as Schema | undefined;
      if (body?.content && request.body === undefined) throw invalid(missing);
    });
  },
  { name: 'closed-bodies' },
);

function isUpload(route: RouteOptions): boolean {
  return route.schema?.consumes?.includes('multipart/form-data') ?? false;
}

/** Path of the first object schema that is not closed, or null. */
function openObject(schema: Schema, path: string): string | null {
  if (schema.type === 'object' && schema.additionalProperties !== false && !schema.patternProperties) return path;
  for (const [key, value] of Object.entries(schema)) {
    if (typeof value !== 'object' || value === null || key === 'enum' || key === 'default') continue;
    const parts = Array.isArray(value) ? value : [value];
    for (const part of key === 'properties' ? Object.values(value as Record<string, Schema>) : parts) {
      if (typeof part !== 'object' || part === null) continue;
      const open = openObject(part as Schema, `${path}/${key}`);
      if (open) return open;
    }
  }
  return null;
}
