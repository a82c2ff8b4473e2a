import type { FastifyInstance } from 'fastify';
import { paragraphs } from '../../domain/assessment/typed-input.ts';
import { AppError, notFound } from '../../errors.ts';
import { memberOf } from '../../plugins/access.ts';
import { type PostedForm, textOf } from '../../plugins/forms.ts';
import type { Services } from '../../services.ts';
import { questionHref } from './addresses.ts';
import { settleCondition } from './conditions.usecases.ts';
import { keepConditionTyped } from './conditions.views.ts';
import * as Schemas from './reviews.schemas.ts';
import { readUnderReview } from './reviews.usecases.ts';
import { sectionView } from './section.views.ts';

type Route = { Params: { id: string; question: string }; Body: PostedForm };

/** What each button of the form says; anything else takes the word back. */
const words: Readonly<Record<string, boolean>> = { yes: true, no: false };

/** Settling which conditions of conditional answers hold for the customer's contract. */
export async function conditionPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  app.post<Route>(
    '/assessments/:id/conditions/:question',
    {
      config: { action: 'assessments.review' },
      schema: { params: Schemas.QuestionParams, body: Schemas.ConditionForm },
    },
    async (request, reply) => {
      const { params, body } = request;
      const holds = words[textOf(body, 'holds')] ?? null;
      const reason = paragraphs(textOf(body, 'reason'));
      const input = { holds, reason, seen: textOf(body, 'seen') };
      const refusal = await refusalOf(settleCondition(services, memberOf(request), params.id, params.question, input));
      const work = await readUnderReview(services, memberOf(request), params.id);
      const sectionId = work.compiled.byId.get(params.question)?.sectionId;
      const section = work.compiled.questionnaire.sections.find(({ id }) => id === sectionId);
      if (!section) throw notFound();
      if (!refusal) {
        const done = holds === null ? 'reopened' : 'settled';
        const back = questionHref(params.id, section.id, params.question);
        return reply.redirect(back.replace('#', `?done=conditions.${done}#`), 303);
      }
      const message = refusal.publicMessage;
      const page = keepConditionTyped(sectionView(work, section, null), params.question, reason, message);
      const errors = [{ path: `c-${params.question}-reason`, message }];
      return reply.status(refusal.status).page('reviews/section', { ...page, errors, styles: ['review.css'] });
    },
  );
}

/** null when settled; the error to show beside the form when the word cannot be taken as it is. */
async function refusalOf(work: Promise<void>): Promise<AppError | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof AppError && (error.status === 400 || error.code === 'review_changed')) return error;
    throw error;
  }
}
