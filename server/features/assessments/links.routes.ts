import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { memberOf } from '../../plugins/access.ts';
import { closed, Done, IdParams, NoBody } from '../../plugins/api-shapes.ts';
import type { Services } from '../../services.ts';
import { changeContact, revokeLink, showLink } from './links.usecases.ts';

const contact = Type.Object(
  {
    name: Type.String({ maxLength: 1_000 }),
    email: Type.String({ maxLength: 1_000 }),
    locale: Type.Union([Type.Literal('ja'), Type.Literal('en')]),
  },
  { ...closed, examples: [{ name: '田中 一郎', email: 'tanaka@vendor.example', locale: 'ja' }] },
);
const link = Type.Object(
  { link: Type.String({ format: 'uri' }) },
  { ...closed, description: 'A secret: hand it over with care.' },
);

/** The vendor's way in, as JSON. */
export async function linkRoutes(instance: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  const edit = { action: 'links.edit' } as const;
  const about = { tags: ['Assessments'], params: IdParams };

  app.post(
    '/api/assessments/:id/link-display',
    {
      config: { action: 'links.view' },
      schema: {
        summary: 'Show the link, to hand it over by other means than mail; every look is recorded',
        ...about,
        body: NoBody,
        response: { 200: link },
      },
    },
    async (request, reply) => {
      const shown = await showLink(services, memberOf(request), request.params.id);
      return reply.header('cache-control', 'no-store').send({ link: shown });
    },
  );

  app.put(
    '/api/assessments/:id/link-revocation',
    {
      config: edit,
      schema: { summary: 'Close every link of the request', ...about, body: NoBody, response: { 204: Done } },
    },
    async (request, reply) => {
      await revokeLink(services, memberOf(request), request.params.id);
      return reply.status(204).send(null);
    },
  );

  app.put(
    '/api/assessments/:id/contact',
    {
      config: { ...edit, pointers: { contactName: '/name', contactEmail: '/email', contactLocale: '/locale' } },
      schema: {
        summary: 'Give the request to another contact, with a new link',
        ...about,
        body: contact,
        response: { 204: Done },
      },
    },
    async (request, reply) => {
      const { name, email, locale } = request.body;
      const input = { contactName: name, contactEmail: email, contactLocale: locale };
      await changeContact(services, memberOf(request), request.params.id, input);
      return reply.status(204).send(null);
    },
  );
}
