import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { InvalidField } from '../../errors.ts';
import { memberOf } from '../../plugins/access.ts';
import { attempt, choicesOf, fieldsOf, type PostedForm, textOf } from '../../plugins/forms.ts';
import type { Services } from '../../services.ts';
import { readAccount, saveProfile } from './account.usecases.ts';
import { profileFromForm } from './accounts.input.ts';
import { PasswordForm, ProfileForm } from './accounts.schemas.ts';
import { changePassword, sameTwice } from './password.usecases.ts';
import { languages } from './role-choices.ts';

/** One's own account: name, language, password. */
export async function accountPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  app.get('/account', { config: { action: 'account.view' } }, async (request, reply) =>
    showAccount(services, request, reply),
  );

  app.post<{ Body: PostedForm }>(
    '/account/profile',
    { config: { action: 'account.edit' }, schema: { body: ProfileForm } },
    async (request, reply) => {
      const outcome = await attempt(async () => {
        const profile = profileFromForm(request.body);
        await saveProfile(services, memberOf(request), profile);
        return profile;
      });
      if ('problems' in outcome)
        return showAccount(services, request, reply.status(400), request.body, outcome.problems);
      return reply.keepLocale(outcome.value.locale).redirect('/account?done=accounts.profileSaved', 303);
    },
  );

  app.post<{ Body: PostedForm }>(
    '/account/password',
    { config: { action: 'account.edit' }, schema: { body: PasswordForm } },
    async (request, reply) => {
      const { body, ip } = request;
      const current = textOf(body, 'current');
      const outcome = await attempt(async () =>
        changePassword(services, memberOf(request), { current, password: sameTwice(body), ip }),
      );
      if ('problems' in outcome) return showAccount(services, request, reply.status(400), null, outcome.problems);
      return reply.redirect('/account?done=accounts.passwordChanged', 303);
    },
  );
}

async function showAccount(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  typed: PostedForm | null = null,
  errors: readonly InvalidField[] = [],
) {
  const { member, organisation } = await readAccount(services, memberOf(request));
  const { name, title, locale } = member;
  const profile = typed ?? { name, title, locale };
  return reply.page('accounts/account', {
    errors,
    email: member.email,
    role: member.role,
    organisation: request.locale === 'en' ? (organisation.nameEn ?? organisation.name) : organisation.name,
    hasPassword: member.passwordHash !== null,
    fields: {
      ...fieldsOf(['name', 'title'], profile, errors),
      ...fieldsOf(['current', 'password', 'repeated'], {}, errors),
      locale: choicesOf('locale', languages, profile, errors),
    },
  });
}
