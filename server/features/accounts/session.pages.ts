import type { FastifyInstance, FastifyReply } from 'fastify';
import { attempt, fieldsOf, type PostedForm, textOf } from '../../plugins/forms.ts';
import type { Services } from '../../services.ts';
import { EmptyForm, SignInForm, SignInQuery } from './accounts.schemas.ts';
import { safePath } from './safe-path.ts';
import { signIn, signOut } from './sign-in.usecases.ts';

/** The first page, signing in and out. */
export async function sessionPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  app.get('/', { config: { action: 'site.view' } }, async (request, reply) =>
    reply.redirect((await request.member()) ? '/assessments' : '/sign-in', 303),
  );

  app.get<{ Querystring: { to?: string } }>(
    '/sign-in',
    { config: { action: 'site.view' }, schema: { querystring: SignInQuery } },
    async (request, reply) => showSignIn(reply, { to: request.query.to }),
  );

  app.post<{ Body: PostedForm }>(
    '/sign-in',
    { config: { action: 'session.create' }, schema: { body: SignInForm } },
    async (request, reply) => {
      const email = textOf(request.body, 'email');
      const password = textOf(request.body, 'password');
      const outcome = await attempt(() => signIn(services, { email, password, ip: request.ip }));
      if ('problems' in outcome) return showSignIn(reply.status(400), request.body, outcome.problems);
      return reply
        .startSession('member', outcome.value.sessionId)
        .keepLocale(outcome.value.locale)
        .redirect(safePath(textOf(request.body, 'to')), 303);
    },
  );

  app.post('/sign-out', { config: { action: 'session.end' }, schema: { body: EmptyForm } }, async (request, reply) => {
    const [member, respondent] = [await request.member(), await request.respondent()];
    for (const principal of [member, respondent]) if (principal) await signOut(services, principal);
    // A vendor has no account to sign in to again: its way back is the link.
    const entrance = respondent && !member ? '/v' : '/sign-in';
    return reply
      .header('clear-site-data', '"cache", "cookies", "storage"')
      .endSession('member')
      .endSession('respondent')
      .redirect(`${entrance}?done=accounts.signedOut`, 303);
  });
}

function showSignIn(reply: FastifyReply, typed: PostedForm, errors: Parameters<typeof fieldsOf>[2] = []) {
  const { email, to } = fieldsOf(['email', 'to'], typed);
  const password = { id: 'password', name: 'password', value: '', error: null };
  const fields = { email: { ...email, error: errors[0]?.message ?? null }, password };
  return reply.page('accounts/sign-in', { errors, fields, to: safePath(to.value) });
}
