import type { FastifyInstance } from 'fastify';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { roleMay } from '../../domain/assessment/permissions.ts';
import { lastOpenDay } from '../../domain/assessment/states.ts';
import type { InvalidField } from '../../errors.ts';
import { memberOf } from '../../plugins/access.ts';
import { attempt } from '../../plugins/forms.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { readAskerFor } from '../organisation/asker.usecases.ts';
import { previewView } from '../questionnaires/questionnaire-preview.ts';
import { dueDateProblems } from './assessments.input.ts';
import * as Schemas from './assessments.schemas.ts';
import { isAlreadySent, sendAssessment } from './assessments.usecases.ts';
import { previewSending } from './drafts.usecases.ts';
import { nextReminders } from './reminders.views.ts';

type Route = { Params: { id: string } };

/** The last look before a draft goes out, and the sending itself. */
export async function sendingPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const config = { action: 'assessments.send' } as const;
  const params = Schemas.Params;

  app.get<Route>(
    '/assessments/:id/sending',
    { config, schema: { params, querystring: Schemas.ShownQuery } },
    async (request, reply) => {
      const page = await sendingPage(services, memberOf(request), request.params.id);
      return reply.page('assessments/sending', page);
    },
  );

  app.post<Route>(
    '/assessments/:id/sending',
    { config, schema: { params, body: Schemas.NoForm } },
    async (request, reply) => {
      const { id } = request.params;
      const outcome = await attempt(() => sendOnce(services, memberOf(request), id));
      if ('value' in outcome) return reply.redirect(`/assessments/${id}?done=assessments.sent`, 303);
      const page = await sendingPage(services, memberOf(request), id, outcome.problems);
      return reply.status(400).page('assessments/sending', page);
    },
  );
}

/** The second press of the button finds the work done and goes on to the same page. */
async function sendOnce(services: Services, principal: MemberPrincipal, id: string): Promise<void> {
  try {
    await sendAssessment(services, principal, id);
  } catch (error) {
    if (!isAlreadySent(error)) throw error;
  }
}

async function sendingPage(
  services: Services,
  principal: MemberPrincipal,
  id: string,
  problems?: readonly InvalidField[],
) {
  const year = tokyoDate(services.clock.now()).slice(0, 4);
  const link = `${services.config.publicUrl}/v#…`;
  const { assessment, vendor, service, published, mail } = await previewSending(services, principal, id, {
    link,
    reference: `KA-${year}-XXXX`,
  });
  const tooNear = dueDateProblems(assessment.dueOn, services.clock.now());
  return {
    href: `/assessments/${id}`,
    errors: (problems ?? tooNear).map(({ message }) => ({ path: '', message })),
    maySend: tooNear.length === 0,
    vendor: vendor.name,
    service: service.name,
    contact: {
      name: assessment.contactName,
      email: assessment.contactEmail,
      localeKey: `assessments.locale.${assessment.contactLocale}`,
    },
    dueOn: assessment.dueOn,
    lastDay: lastOpenDay(assessment),
    reminders: nextReminders(assessment, null, services.clock.now()).map(({ on }) => on),
    mail: {
      to: `${mail.recipient.name} <${mail.recipient.email}>`,
      locale: mail.locale,
      subject: mail.subject,
      text: mail.text,
    },
    asker: await readAskerFor(services, principal),
    mayEditAsker: roleMay(principal.role, 'organisation.edit'),
    preview: previewView(published),
  };
}
