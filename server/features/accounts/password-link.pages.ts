import type { FastifyInstance, FastifyReply } from 'fastify';
import { nfkc } from '../../domain/assessment/normal-form.ts';
import type { InvalidField } from '../../errors.ts';
import { fieldsOf, type PostedForm, textOf } from '../../plugins/forms.ts';
import { untold } from '../../plugins/untold.ts';
import type { Services } from '../../services.ts';
import { PasswordLinkForm } from './accounts.schemas.ts';
import { isEmail } from './email.ts';
import { requestPasswordLink } from './password.usecases.ts';

/** Forgotten password. The answer is the same, in words and time, whether or not there is such an account (ASVS 6.3.8). */
export async function passwordLinkPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  app.get('/password-link', { config: { action: 'site.view' } }, async (_request, reply) => showForm(reply, {}));

  app.post<{ Body: PostedForm }>(
    '/password-link',
    { config: { action: 'session.create' }, schema: { body: PasswordLinkForm } },
    async (request, reply) => {
      const email = textOf(request.body, 'email').trim();
      if (!isEmail(nfkc(email))) return showForm(reply.status(400), request.body, [noEmail]);
      await untold(requestPasswordLink(services, { email, ip: request.ip }));
      return reply.page('accounts/password-link-sent', { email });
    },
  );
}

function showForm(reply: FastifyReply, typed: PostedForm, errors: readonly InvalidField[] = []) {
  return reply.page('accounts/password-link', { errors, fields: fieldsOf(['email'], typed, errors) });
}

const noEmail: InvalidField = {
  path: 'email',
  message: {
    ja: 'メールアドレスを name@example.jp の形で入力してください。',
    en: 'Enter an email address like name@example.jp.',
  },
};
