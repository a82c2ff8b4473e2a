import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type { Services } from '../../../server/services.ts';
import type { Visitor } from '../respondents/visitor.ts';

/** The upload form of the page, as a browser posts it. */
export async function uploadMaster(
  app: FastifyInstance,
  services: Services,
  person: Visitor,
  content: string | Uint8Array,
  name: string,
  headers: Record<string, string> = {},
): Promise<LightMyRequestResponse> {
  const form = new FormData();
  form.append('master', new Blob([typeof content === 'string' ? content : Buffer.from(content)]), name);
  const request = new Request('http://localhost/', { method: 'POST', body: form });
  return app.inject({
    method: 'POST',
    url: '/respond/master',
    headers: {
      origin: services.config.publicUrl,
      'content-type': request.headers.get('content-type') ?? '',
      cookie: [...person.cookies].map(([key, value]) => `${key}=${value}`).join('; '),
      ...headers,
    },
    payload: Buffer.from(await request.arrayBuffer()),
  });
}
