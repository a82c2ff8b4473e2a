import type { FastifyInstance, FastifyRequest } from 'fastify';
import { paragraphs } from '../../domain/assessment/typed-input.ts';
import { AppError, notFound } from '../../errors.ts';
import { memberOf } from '../../plugins/access.ts';
import type { Services } from '../../services.ts';
import { anchorOf, answersHref } from './addresses.ts';
import { isFilter } from './filters.ts';
import { overviewView } from './overview.views.ts';
import { keepTyped } from './question.views.ts';
import { recordReview, verifyAttached } from './record-review.usecases.ts';
import type { ReviewInput } from './review-rules.ts';
import * as Schemas from './reviews.schemas.ts';
import { type AssessmentUnderReview, readUnderReview } from './reviews.usecases.ts';
import { landingAfter, sectionView } from './section.views.ts';

type OverviewRoute = { Params: { id: string }; Querystring: Schemas.OverviewQuery };
type SectionRoute = { Params: { id: string; sectionId: string }; Querystring: Schemas.SectionQuery };
type ReviewRoute = { Params: { id: string; subject: string }; Body: Schemas.ReviewForm };
type VerificationRoute = { Params: { id: string }; Body: Schemas.VerificationForm };

const view = { action: 'assessments.view' } as const;
const review = { action: 'assessments.review' } as const;

/** Submitted answers as the customer reads them, and the reviewer's marks on their evidence. */
export async function reviewPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  app.get<OverviewRoute>(
    '/assessments/:id/answers',
    { config: view, schema: { params: Schemas.AssessmentParams, querystring: Schemas.OverviewQuery } },
    async (request, reply) => {
      const work = await readUnderReview(services, memberOf(request), request.params.id);
      const { show } = request.query;
      return reply.page('reviews/overview', { ...overviewView(work, isFilter(show) ? show : null), styles });
    },
  );

  app.get<SectionRoute>(
    '/assessments/:id/answers/:sectionId',
    { config: view, schema: { params: Schemas.SectionParams, querystring: Schemas.SectionQuery } },
    async (request, reply) => {
      const work = await readUnderReview(services, memberOf(request), request.params.id);
      const section = sectionOf(work, request.params.sectionId);
      return reply.page('reviews/section', { ...sectionView(work, section, request.query.saved ?? null), styles });
    },
  );

  app.post<ReviewRoute>(
    '/assessments/:id/reviews/:subject',
    { config: review, schema: { params: Schemas.SubjectParams, body: Schemas.ReviewForm } },
    async (request, reply) => {
      const { params, body } = request;
      const refusal = await tryReview(services, request);
      const work = await readUnderReview(services, memberOf(request), params.id);
      const { sectionId } = subjectOf(work, params.subject);
      if (!refusal) {
        const landing = anchorOf(landingAfter(work, sectionId, params.subject));
        const saved = encodeURIComponent(params.subject);
        return reply.redirect(`${answersHref(params.id)}/${sectionId}?saved=${saved}#${landing}`, 303);
      }
      const message = refusal.publicMessage;
      const page = keepTyped(sectionView(work, sectionOf(work, sectionId), null), params.subject, typed(body), message);
      const errors = [{ path: `e-${anchorOf(params.subject)}`, message }];
      return reply.status(refusal.status).page('reviews/section', { ...page, errors, styles });
    },
  );

  app.post<VerificationRoute>(
    '/assessments/:id/verifications',
    { config: review, schema: { params: Schemas.AssessmentParams, body: Schemas.VerificationForm } },
    async (request, reply) => {
      const { section } = request.body;
      await verifyAttached(services, memberOf(request), request.params.id, section);
      return reply.redirect(`${answersHref(request.params.id)}/${section}?done=reviews.verified`, 303);
    },
  );
}

const styles = ['review.css'];

function sectionOf({ compiled }: AssessmentUnderReview, id: string) {
  const section = compiled.questionnaire.sections.find((one) => one.id === id);
  if (!section) throw notFound();
  return section;
}

function subjectOf({ subjects }: AssessmentUnderReview, id: string) {
  const subject = subjects.find((one) => one.id === id);
  if (!subject) throw notFound();
  return subject;
}

/** null when recorded; the error to show beside the form when the mark cannot be taken as it is. */
async function tryReview(services: Services, request: FastifyRequest<ReviewRoute>): Promise<AppError | null> {
  const { params, body } = request;
  try {
    await recordReview(services, memberOf(request), params.id, params.subject, typed(body));
    return null;
  } catch (error) {
    if (error instanceof AppError && (error.status === 400 || error.code === 'review_changed')) return error;
    throw error;
  }
}

function typed({ evidence, naRejected, reason = '', remark = '', seen, round }: Schemas.ReviewForm): ReviewInput {
  const words = { reason: paragraphs(reason), remark: paragraphs(remark) };
  return {
    evidence,
    naRejected: naRejected === 'yes',
    ...words,
    ...(seen === undefined ? {} : { seen }),
    ...(round ? { round: Number(round) } : {}),
  };
}
