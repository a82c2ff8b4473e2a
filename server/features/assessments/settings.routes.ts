import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { memberOf } from '../../plugins/access.ts';
import { closed, Done, IdParams } from '../../plugins/api-shapes.ts';
import type { Services } from '../../services.ts';
import { readHead } from './assessment-head.ts';
import { MAX_PREFILL_MONTHS, saveSettings } from './settings.usecases.ts';

const settings = Type.Object(
  {
    advice: Type.Boolean({ description: 'Whether the vendor is told while answering what would make a finding' }),
    plans: Type.Boolean({ description: 'Whether “not yet, planned by …” may be answered' }),
    reminders: Type.Boolean({ description: 'Whether the contact is reminded without anybody asking for it' }),
    prefillMonths: Type.Integer({
      minimum: 0,
      maximum: MAX_PREFILL_MONTHS,
      description: 'Earlier answers up to this old are offered; 0: none',
    }),
    emailDomains: Type.Array(Type.String({ maxLength: 300 }), {
      maxItems: 100,
      description: 'Domains at which colleagues may be invited, besides that of the contact',
    }),
  },
  {
    ...closed,
    examples: [{ advice: true, plans: true, reminders: true, prefillMonths: 24, emailDomains: ['vendor.example'] }],
  },
);

/** What the vendor may do with the request, as JSON. */
export async function settingRoutes(instance: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  const config = { action: 'assessments.settings' } as const;
  const about = { tags: ['Assessments'], params: IdParams };

  app.get(
    '/api/assessments/:id/settings',
    {
      config,
      schema: { summary: 'Read what the vendor may do with the request', ...about, response: { 200: settings } },
    },
    async (request) => {
      const { assessment } = await readHead(services, memberOf(request), request.params.id);
      const { advice, plans, reminders, prefillMonths, emailDomains } = assessment.settings;
      return { advice, plans, reminders, prefillMonths, emailDomains: [...emailDomains] };
    },
  );

  app.put(
    '/api/assessments/:id/settings',
    {
      config,
      schema: {
        summary: 'Change what the vendor may do with the request, until it is submitted',
        ...about,
        body: settings,
        response: { 204: Done },
      },
    },
    async (request, reply) => {
      const { prefillMonths, emailDomains, ...switches } = request.body;
      const typed = { ...switches, prefillMonths: String(prefillMonths), emailDomains: emailDomains.join('\n') };
      await saveSettings(services, memberOf(request), request.params.id, typed);
      return reply.status(204).send(null);
    },
  );
}
