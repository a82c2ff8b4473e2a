import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isOpen } from '../../domain/assessment/states.ts';
import { oneLine, paragraphs } from '../../domain/assessment/typed-input.ts';
import { AppError } from '../../errors.ts';
import { respondentOf } from '../../plugins/access.ts';
import { formBody, type PostedForm, textOf } from '../../plugins/forms.ts';
import type { Services } from '../../services.ts';
import type { Attestation } from './attestation.ts';
import { attestationFields, checkView } from './check.views.ts';
import { checkAdvice } from './check-advice.ts';
import { openRequest } from './open-request.usecases.ts';
import { submitAnswers } from './submit.usecases.ts';

/** Check your answers, declare them true, hand them in. */
export async function checkPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  app.get('/respond/check', { config: { action: 'respond.view' } }, async (request, reply) => {
    const open = await openRequest(services, respondentOf(request));
    if (!isOpen(open.state)) return reply.redirect('/respond/answers', 303);
    const advice = await checkAdvice(services, open, request.locale);
    return reply.page('respondents/check', { ...checkView(open, { name: respondentOf(request).name }), advice });
  });

  // Where a refused form is reloaded, or read in the other language.
  app.get('/respond/submission', { config: { action: 'respond.view' } }, (_request, reply) =>
    reply.redirect('/respond/check', 303),
  );

  app.post<{ Body: PostedForm }>(
    '/respond/submission',
    { config: { action: 'respond.submit' }, schema: { body: formBody(attestationFields) } },
    async (request, reply) => {
      try {
        await submitAnswers(services, respondentOf(request), attestationOf(request.body), request.locale);
      } catch (error) {
        return showAgain(request, reply, error);
      }
      return reply.redirect('/respond/receipt', 303);
    },
  );

  async function showAgain(request: FastifyRequest<{ Body: PostedForm }>, reply: FastifyReply, error: unknown) {
    const canMend = error instanceof AppError && (error.status === 400 || error.code === 'answers_changed');
    if (!canMend) throw error;
    const open = await openRequest(services, respondentOf(request));
    const advice = await checkAdvice(services, open, request.locale);
    return reply.code(error.status).page('respondents/check', { ...checkView(open, request.body, error), advice });
  }
}

function attestationOf(form: PostedForm): Attestation {
  return {
    name: oneLine(textOf(form, 'name')),
    title: oneLine(textOf(form, 'title')),
    attested: textOf(form, 'attested') === 'yes',
    acceptsMissing: textOf(form, 'unanswered') === 'yes',
    remark: paragraphs(textOf(form, 'remark')),
    seen: textOf(form, 'seen'),
  };
}
