import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { memberOf } from '../../plugins/access.ts';
import { closed, Done } from '../../plugins/api-shapes.ts';
import type { Services } from '../../services.ts';
import { settingsFromForm } from './settings.input.ts';
import { readSettings, saveSettings } from './settings.usecases.ts';

const text = Type.String({ maxLength: 20_000 });
const settings = Type.Object(
  {
    name: text,
    nameEn: Type.String({ maxLength: 20_000, description: 'Empty: as `name`' }),
    isEntrustee: Type.Boolean({ description: 'Handles personal data for customers of its own' }),
    address: text,
    department: text,
    privacyName: text,
    privacyEmail: text,
    privacyPhone: text,
    confidentialityJa: text,
    confidentialityEn: text,
    revision: Type.Integer({
      minimum: 0,
      maximum: 999_999_999,
      description: 'Of what was read: nothing newer is overwritten',
    }),
  },
  closed,
);

/** 組織の設定 as JSON: how the customer shows itself to the vendors it asks, and in reports; for owners, as on the page. */
export async function organisationRoutes(
  instance: FastifyInstance,
  { services }: { services: Services },
): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  const config = { action: 'organisation.edit' } as const;
  const tags = ['Account'];

  app.get(
    '/api/organisation',
    {
      config,
      schema: { summary: 'Read how the organisation shows itself to vendors', tags, response: { 200: settings } },
    },
    async (request) => {
      const { organisation } = await readSettings(services, memberOf(request));
      const { name, nameEn, isEntrustee, address, department, settingsRevision } = organisation;
      const { privacyName, privacyEmail, privacyPhone, confidentialityJa, confidentialityEn } = organisation;
      return {
        ...{ name, nameEn: nameEn ?? '', isEntrustee, address, department, revision: settingsRevision },
        ...{ privacyName, privacyEmail, privacyPhone, confidentialityJa, confidentialityEn },
      };
    },
  );

  app.put(
    '/api/organisation',
    {
      config,
      schema: {
        summary: 'Change how the organisation shows itself to vendors',
        tags,
        body: settings,
        response: { 204: Done },
      },
    },
    async (request, reply) => {
      const { revision, isEntrustee, ...typed } = request.body;
      const input = settingsFromForm({ ...typed, isEntrustee: isEntrustee ? 'yes' : '' });
      await saveSettings(services, memberOf(request), input, revision);
      return reply.status(204).send(null);
    },
  );
}
