import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { sha256 } from '../../adapters/keys.ts';
import type { Message } from '../../errors.ts';
import { fieldsOf } from '../../plugins/forms.ts';
import { untold } from '../../plugins/untold.ts';
import type { Services } from '../../services.ts';
import { enter } from './enter.usecases.ts';
import { noToken, wrongCode } from './entry.messages.ts';
import { codeBody, emptyBody, startBody } from './entry.schemas.ts';
import { giveTicket, readTicket, shownToken, takeTicket } from './entry-ticket.ts';
import { sendCode } from './send-code.usecases.ts';

/**
 * One address may try this often, which stops only who tries in masses: an office shares its address with all its people and
 * with the mail gateway that presses their buttons. What a code bears is counted with the code.
 */
const rateLimit = { max: 120, timeWindow: '1 minute' };
const config = { action: 'respond.enter', rateLimit } as const;

/** Where the link leads. Nothing changes before the button is pressed, because mail scanners open links too. */
export async function entryPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  // Where a refused form is reloaded, or read in the other language.
  for (const [from, to] of [
    ['/v/start', '/v'],
    ['/v/code/again', '/v/code'],
  ] as const) {
    app.get(from, { config: { action: 'respond.enter' } }, (_request, reply) => reply.redirect(to, 303));
  }

  app.get('/v', { config: { action: 'respond.enter' } }, (_request, reply) => showEntry(reply));

  app.post<{ Body: Static<typeof startBody> }>(
    '/v/start',
    { config, schema: { body: startBody } },
    async (request, reply) => {
      const token = shownToken(request.body.token);
      if (token === '') return showEntry(reply.code(400), noToken);
      if (await isInside(request, services, token)) return reply.redirect('/respond', 303);
      await untold(sendCode(services, giveTicket(reply, services, token), request.locale));
      return reply.redirect('/v/code', 303);
    },
  );

  app.get('/v/code', { config: { action: 'respond.enter' } }, (request, reply) =>
    readTicket(request, services) ? showCode(reply) : reply.redirect('/v', 303),
  );

  app.post('/v/code/again', { config, schema: { body: emptyBody } }, async (request, reply) => {
    const ticket = readTicket(request, services);
    if (!ticket) return reply.redirect('/v', 303);
    await untold(sendCode(services, ticket, request.locale));
    return reply.redirect('/v/code?done=code.again', 303);
  });

  app.post<{ Body: Static<typeof codeBody> }>(
    '/v/code',
    { config, schema: { body: codeBody } },
    async (request, reply) => {
      const { code } = request.body;
      const ticket = readTicket(request, services);
      const sessionId = ticket && (await untold(enter(services, ticket, code)));
      if (!sessionId) return showCode(reply.code(400), code, wrongCode);
      takeTicket(reply);
      return reply.startSession('respondent', sessionId).redirect('/respond', 303);
    },
  );
}

function showEntry(reply: FastifyReply, problem: Message | null = null) {
  const errors = problem ? [{ path: 'token', message: problem }] : [];
  return reply.page('respondents/entry', { errors, fields: fieldsOf(['token'], {}, errors), scripts: ['entry.js'] });
}

function showCode(reply: FastifyReply, typed = '', problem: Message | null = null) {
  const errors = problem ? [{ path: 'code', message: problem }] : [];
  return reply.page('respondents/code', { errors, fields: fieldsOf(['code'], { code: typed }, errors) });
}

/** A browser already in by this link needs no second code. */
async function isInside(request: FastifyRequest, { keys }: Services, token: string): Promise<boolean> {
  const session = await request.respondent();
  return session !== null && sha256(keys.linkToken(session.linkId)) === sha256(token);
}
