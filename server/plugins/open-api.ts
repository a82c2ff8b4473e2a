import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Services } from '../services.ts';

const DOCUMENT = '/api/openapi.json';

/** The JSON API described by the very schemas that check it. Pages and forms are not part of it. */
export const openApiPlugin = fp(
  async (app: FastifyInstance, { services }: { services: Services }) => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Kantoku',
          version: '1.0.0',
          description:
            'Vendors, assessments and answers as JSON. Signing in is done in the browser; the session cookie then counts here too. ' +
            'Every change needs the header Origin with the public address. Errors are application/problem+json (RFC 9457).',
        },
        servers: [{ url: services.config.publicUrl }],
        components: {
          securitySchemes: {
            member: { type: 'apiKey', in: 'cookie', name: '__Host-kantoku' },
            respondent: { type: 'apiKey', in: 'cookie', name: '__Host-kantoku-respondent' },
          },
        },
      },
      transform: ({ schema, url, route }) => ({
        schema: {
          ...schema,
          hide: !url.startsWith('/api/') || url === DOCUMENT,
          security: [{ [url.startsWith('/api/respond/') ? 'respondent' : 'member']: [] }],
          operationId: `${[route.method].flat()[0]?.toLowerCase()}${url.replace(/[^A-Za-z]+(\w)/g, (_all, next: string) => next.toUpperCase())}`,
        },
        url,
      }),
    });
    app.get(DOCUMENT, { config: { action: 'site.view' } }, async (_request, reply) =>
      reply.header('cache-control', 'no-store').send(app.swagger()),
    );
  },
  { name: 'open-api', dependencies: ['access'] },
);
