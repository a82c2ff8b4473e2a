import type { FastifyInstance } from 'fastify';
import { AppError, notFound } from '../../errors.ts';
import { memberOf } from '../../plugins/access.ts';
import { type PostedForm, textOf } from '../../plugins/forms.ts';
import type { Services } from '../../services.ts';
import { flagQuestion, unflagQuestion } from '../rounds/flag-question.usecases.ts';
import { questionHref } from './addresses.ts';
import { keepFlagTyped } from './return.views.ts';
import * as Schemas from './reviews.schemas.ts';
import { readUnderReview } from './reviews.usecases.ts';
import { sectionView } from './section.views.ts';

type Route = { Params: { id: string; question: string }; Body: PostedForm };

/** Marking questions to be returned to the vendor, while reading the answers. */
export async function flagPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const config = { action: 'assessments.review' } as const;
  const params = Schemas.QuestionParams;

  app.post<Route>(
    '/assessments/:id/returned-questions/:question',
    { config, schema: { params, body: Schemas.FlagForm } },
    async (request, reply) => {
      const { id, question } = request.params;
      const typed = { reason: textOf(request.body, 'reason'), seen: textOf(request.body, 'seen') };
      try {
        await flagQuestion(services, memberOf(request), id, question, typed);
      } catch (error) {
        const canMend = error instanceof AppError && (error.status === 400 || error.code === 'flag_changed');
        if (!canMend) throw error;
        const { publicMessage: message } = error;
        const { work, section } = await sectionOf(services, request);
        const page = keepFlagTyped(sectionView(work, section, null), question, typed.reason, message);
        const errors = [{ path: `flag-${question}`, message }];
        return reply.status(error.status).page('reviews/section', { ...page, errors, styles: ['review.css'] });
      }
      return reply.redirect(await back(request, 'flagged'), 303);
    },
  );

  app.post<Route>(
    '/assessments/:id/returned-questions/:question/removal',
    { config, schema: { params, body: Schemas.UnflagForm } },
    async (request, reply) => {
      const { id, question } = request.params;
      await unflagQuestion(services, memberOf(request), id, question);
      if (textOf(request.body, 'to') === 'return') return reply.redirect(`/assessments/${id}/return`, 303);
      return reply.redirect(await back(request, 'unflagged'), 303);
    },
  );

  /** To the question, which says what has been done. */
  async function back(request: Parameters<typeof memberOf>[0] & { params: Route['Params'] }, done: string) {
    const { section } = await sectionOf(services, request);
    const { id, question } = request.params;
    return questionHref(id, section.id, question).replace('#', `?done=rounds.${done}#`);
  }
}

async function sectionOf(services: Services, request: Parameters<typeof memberOf>[0] & { params: Route['Params'] }) {
  const work = await readUnderReview(services, memberOf(request), request.params.id);
  const { questionnaire, byId } = work.compiled;
  const section = questionnaire.sections.find(({ id }) => id === byId.get(request.params.question)?.sectionId);
  if (!section) throw notFound();
  return { work, section };
}
