import type { FastifyInstance, FastifyReply } from 'fastify';
import { AppError, type InvalidField } from '../../errors.ts';
import { attempt, fieldsOf, type PostedForm, textOf } from '../../plugins/forms.ts';
import type { Services } from '../../services.ts';
import { firstOwnerFromForm } from './accounts.input.ts';
import { FirstOwnerForm, PasswordByLinkForm, TokenForm } from './accounts.schemas.ts';
import { createFirstOwner, opensFirstOwner } from './first-owner.usecases.ts';
import { checkedPassword, sameTwice } from './password.usecases.ts';
import { shownToken } from './shown-token.ts';
import { linkGone, setPasswordByLink, type Welcome, welcome } from './welcome.usecases.ts';

const config = { action: 'session.create', rateLimit: { max: 30, timeWindow: '1 minute' } } as const;

/** Where one-time links lead. Opening the page changes nothing: mail scanners open links too; the button posts the token. */
export async function welcomePages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  app.get('/welcome', { config: { action: 'site.view' } }, async (_request, reply) => showWelcome(reply));

  app.post<{ Body: PostedForm }>('/welcome', { config, schema: { body: TokenForm } }, async (request, reply) => {
    const token = shownToken(textOf(request.body, 'token'));
    try {
      return showOpened(reply, token, await welcome(services, token));
    } catch (error) {
      if (error instanceof AppError && error.status === 410)
        return showWelcome(reply.status(410), [{ path: 'token', message: error.publicMessage }]);
      throw error;
    }
  });

  app.post<{ Body: PostedForm }>(
    '/welcome/password',
    { config, schema: { body: PasswordByLinkForm } },
    async (request, reply) => {
      const { body } = request;
      const token = textOf(body, 'token');
      const outcome = await attempt(() => setPasswordByLink(services, token, sameTwice(body)));
      if ('value' in outcome) return enter(reply, outcome.value, '/assessments?done=accounts.passwordSet');
      return showPassword(reply.status(400), token, outcome.problems);
    },
  );

  app.post<{ Body: PostedForm }>(
    '/welcome/organisation',
    { config, schema: { body: FirstOwnerForm } },
    async (request, reply) => {
      const { body } = request;
      if (!(await opensFirstOwner(services, textOf(body, 'token')))) throw linkGone();
      const outcome = await attempt(async () => {
        const { organisation, owner } = firstOwnerFromForm({ ...body, locale: request.locale });
        const names = [organisation.name, organisation.nameEn, owner.name, owner.email];
        const passwordHash = await checkedPassword(sameTwice(body), names);
        return createFirstOwner(services, { organisation, owner: { ...owner, passwordHash } });
      });
      if ('value' in outcome) return enter(reply, outcome.value, '/assessments?done=accounts.ready');
      return showFirstOwner(reply.status(400), textOf(body, 'token'), body, outcome.problems);
    },
  );
}

function showOpened(reply: FastifyReply, token: string, opened: Welcome) {
  if (opened.kind === 'firstOwner') return showFirstOwner(reply, token, {});
  if (opened.kind === 'password') return showPassword(reply, token);
  return enter(reply, opened, '/assessments');
}

function enter(reply: FastifyReply, { sessionId, locale }: { sessionId: string; locale: 'ja' | 'en' }, to: string) {
  return reply.startSession('member', sessionId).keepLocale(locale).redirect(to, 303);
}

function showWelcome(reply: FastifyReply, errors: readonly InvalidField[] = []) {
  return reply.page('accounts/welcome', { errors, fields: fieldsOf(['token'], {}, errors) });
}

function showPassword(reply: FastifyReply, token: string, errors: readonly InvalidField[] = []) {
  return reply.page('accounts/choose-password', {
    errors,
    token,
    fields: fieldsOf(['password', 'repeated'], {}, errors),
  });
}

/** Passwords are typed again, everything else is kept. */
function showFirstOwner(reply: FastifyReply, token: string, typed: PostedForm, errors: readonly InvalidField[] = []) {
  const kept = { ...typed, password: '', repeated: '' };
  const names = [
    'organisation',
    'organisationEn',
    'isEntrustee',
    'name',
    'title',
    'email',
    'password',
    'repeated',
  ] as const;
  return reply.page('accounts/first-owner', {
    errors,
    token,
    isEntrustee: textOf(typed, 'isEntrustee') === 'yes',
    fields: fieldsOf(names, kept, errors),
  });
}
