import type { FastifyInstance } from 'fastify';
import type { AssessmentSettings } from '../../../db/schema/assessments.ts';
import { type Action, permissionOf } from '../../domain/assessment/permissions.ts';
import type { AssessmentState } from '../../domain/assessment/states.ts';
import type { InvalidField } from '../../errors.ts';
import { memberOf } from '../../plugins/access.ts';
import { attempt, fieldsOf, type PostedForm, textOf } from '../../plugins/forms.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { readHead } from './assessment-head.ts';
import * as Schemas from './assessments.schemas.ts';
import { readReminders } from './read-reminders.usecases.ts';
import { reminderStepViews } from './reminders.views.ts';
import { saveSettings } from './settings.usecases.ts';

type Route = { Params: { id: string } };
const action: Action = 'assessments.settings';

/** What the vendor may do with the request, and when it is reminded: colleagues, advice, earlier answers, plans, reminders. */
export async function settingPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  app.get<Route>(
    '/assessments/:id/settings',
    { config: { action }, schema: { params: Schemas.Params, querystring: Schemas.ShownQuery } },
    async (request, reply) =>
      reply.page('assessments/settings', await settingsPage(services, memberOf(request), request.params.id)),
  );

  app.post<Route & { Body: PostedForm }>(
    '/assessments/:id/settings',
    { config: { action }, schema: { params: Schemas.Params, body: Schemas.SettingsForm } },
    async (request, reply) => {
      const { id } = request.params;
      const { body } = request;
      const typed = {
        advice: textOf(body, 'advice') === 'yes',
        plans: textOf(body, 'plans') === 'yes',
        reminders: textOf(body, 'reminders') === 'yes',
        prefillMonths: textOf(body, 'prefillMonths'),
        emailDomains: textOf(body, 'emailDomains'),
      };
      const outcome = await attempt(() => saveSettings(services, memberOf(request), id, typed));
      if ('value' in outcome) return reply.redirect(`/assessments/${id}?done=assessments.settings`, 303);
      const page = await settingsPage(services, memberOf(request), id, body, outcome.problems);
      return reply.status(400).page('assessments/settings', page);
    },
  );
}

async function settingsPage(
  services: Services,
  principal: MemberPrincipal,
  id: string,
  posted?: PostedForm,
  problems: readonly InvalidField[] = [],
) {
  const { head, assessment } = await readHead(services, principal, id);
  const contact = await readReminders(services, principal, assessment);
  const typed = posted ?? formOf(assessment.settings);
  return {
    ...head,
    mayEdit: mayEdit(head.state),
    contactDomain: assessment.contactEmail.split('@').at(-1) ?? '',
    fields: fieldsOf(['advice', 'plans', 'reminders', 'prefillMonths', 'emailDomains'], typed, problems),
    checked: {
      advice: textOf(typed, 'advice') === 'yes',
      plans: textOf(typed, 'plans') === 'yes',
      reminders: textOf(typed, 'reminders') === 'yes',
    },
    isDraft: assessment.state === 'draft',
    dueOn: assessment.dueOn,
    steps: reminderStepViews(assessment, contact, services.clock.now()),
    errors: problems,
  };
}

function mayEdit(state: AssessmentState): boolean {
  return permissionOf(action).states?.includes(state) ?? true;
}

function formOf({ advice, plans, reminders, prefillMonths, emailDomains }: AssessmentSettings): PostedForm {
  return {
    advice: advice ? 'yes' : '',
    plans: plans ? 'yes' : '',
    reminders: reminders ? 'yes' : '',
    prefillMonths: String(prefillMonths),
    emailDomains: emailDomains.join('\n'),
  };
}
