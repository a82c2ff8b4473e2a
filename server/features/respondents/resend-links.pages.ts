import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Static } from 'typebox';
import { nfkc } from '../../domain/assessment/normal-form.ts';
import type { Message } from '../../errors.ts';
import { fieldsOf } from '../../plugins/forms.ts';
import { untold } from '../../plugins/untold.ts';
import type { Services } from '../../services.ts';
import { noAddress } from './entry.messages.ts';
import { resendBody } from './entry.schemas.ts';
import { resendLinks } from './resend-links.usecases.ts';

const config = { action: 'respond.enter', rateLimit: { max: 10, timeWindow: '1 minute' } } as const;
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** "Send me the link again": the answer is the same whether or not anybody has this address. */
export async function resendLinksPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  app.get('/v/resend', { config: { action: 'respond.enter' } }, (_request, reply) => show(reply));

  app.post<{ Body: Static<typeof resendBody> }>(
    '/v/resend',
    { config, schema: { body: resendBody } },
    async (request, reply) => {
      const email = nfkc(request.body.email).trim();
      if (!ADDRESS.test(email)) return show(reply.code(400), { typed: request.body.email, problem: noAddress });
      await untold(resendLinks(services, email));
      return show(reply, { sent: true });
    },
  );
}

function show(reply: FastifyReply, shown: { sent?: boolean; typed?: string; problem?: Message } = {}) {
  const { sent = false, typed = '', problem = null } = shown;
  const errors = problem ? [{ path: 'email', message: problem }] : [];
  return reply.page('respondents/resend', { sent, errors, fields: fieldsOf(['email'], { email: typed }, errors) });
}
