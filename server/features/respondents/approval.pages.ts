import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../errors.ts';
import { respondentOf } from '../../plugins/access.ts';
import { formBody, type PostedForm, textOf } from '../../plugins/forms.ts';
import type { Services } from '../../services.ts';
import { decide, requestApproval } from '../people/approvals.usecases.ts';
import { decisionFields } from './approval.views.ts';
import { checkView } from './check.views.ts';
import { openRequest } from './open-request.usecases.ts';

/** 確認 and 承認 before the submission, done on the page where the answers are read. */
export async function approvalPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  // Where a refused form is reloaded, or read in the other language.
  for (const from of ['/respond/approval-requests', '/respond/approvals']) {
    app.get(from, { config: { action: 'respond.view' } }, (_request, reply) => reply.redirect('/respond/check', 303));
  }

  app.post<{ Body: PostedForm }>(
    '/respond/approval-requests',
    { config: { action: 'respond.requestApproval' }, schema: { body: formBody(['seen']) } },
    async (request, reply) => {
      try {
        await requestApproval(services, respondentOf(request), textOf(request.body, 'seen'));
      } catch (error) {
        return showAgain(request, reply, error);
      }
      return reply.redirect('/respond/check?done=approval.requested', 303);
    },
  );

  app.post<{ Body: PostedForm }>(
    '/respond/approvals',
    { config: { action: 'respond.approve' }, schema: { body: formBody(decisionFields) } },
    async (request, reply) => {
      const decision = textOf(request.body, 'decision') === 'approved' ? 'approved' : 'sentBack';
      const remark = textOf(request.body, 'comment');
      const seen = textOf(request.body, 'seen');
      try {
        await decide(services, respondentOf(request), { decision, remark, seen });
      } catch (error) {
        return showAgain(request, reply, error);
      }
      return reply.redirect(`/respond/check?done=approval.${decision}`, 303);
    },
  );

  async function showAgain(request: FastifyRequest<{ Body: PostedForm }>, reply: FastifyReply, error: unknown) {
    const canMend = error instanceof AppError && (error.status === 400 || error.code === 'answers_changed');
    if (!canMend) throw error;
    const open = await openRequest(services, respondentOf(request));
    return reply.code(error.status).page('respondents/check', checkView(open, request.body, error));
  }
}
