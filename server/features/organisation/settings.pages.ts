import type { FastifyInstance, FastifyReply } from 'fastify';
import { AppError } from '../../errors.ts';
import { memberOf } from '../../plugins/access.ts';
import { attempt, formBody, type PostedForm, textOf } from '../../plugins/forms.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { settingsFields, settingsFromForm } from './settings.input.ts';
import { readSettings, saveSettings } from './settings.usecases.ts';
import { type Refused, settingsView } from './settings.views.ts';

const config = { action: 'organisation.edit' } as const;
const body = formBody([...settingsFields, 'revision']);

/** 組織の設定: how the customer shows itself to the vendors it asks, and in reports. For owners. */
export async function settingsPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  app.get('/organisation', { config }, async (request, reply) => showSettings(services, memberOf(request), reply));

  app.post<{ Body: PostedForm }>('/organisation', { config, schema: { body } }, async (request, reply) => {
    const typed = request.body;
    const member = memberOf(request);
    try {
      const outcome = await attempt(() => save(services, member, typed));
      if ('value' in outcome) return reply.redirect('/organisation?done=organisation.saved', 303);
      return showSettings(services, member, reply.status(400), { typed, errors: outcome.problems });
    } catch (error) {
      if (!(error instanceof AppError && error.status === 409)) throw error;
      return showSettings(services, member, reply.status(409), { typed, clash: error.publicMessage });
    }
  });
}

/** A form without a revision has seen nothing, so it overwrites nothing. */
async function save(services: Services, member: MemberPrincipal, typed: PostedForm): Promise<void> {
  const seen = textOf(typed, 'revision');
  await saveSettings(services, member, settingsFromForm(typed), /^\d{1,9}$/.test(seen) ? Number(seen) : -1);
}

export async function showSettings(
  services: Services,
  member: MemberPrincipal,
  reply: FastifyReply,
  refused: Refused = {},
): Promise<FastifyReply> {
  return reply.page('organisation/settings', settingsView(await readSettings(services, member), refused));
}
