import type { FastifyInstance, FastifyRequest } from 'fastify';
import { paragraphs } from '../../domain/assessment/typed-input.ts';
import { AppError, notFound } from '../../errors.ts';
import { memberOf } from '../../plugins/access.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { type ReviewInput, recordReview, verifyAttached } from './record-review.usecases.ts';
import * as Schemas from './reviews.schemas.ts';
import { readUnderReview } from './reviews.usecases.ts';
import { anchorOf, keepTyped, overviewView, sectionView } from './reviews.views.ts';

type AssessmentRoute = { Params: { id: string } };
type SectionRoute = { Params: { id: string; sectionId: string } };
type ReviewRoute = { Params: { id: string; subject: string }; Body: Schemas.ReviewForm };
type VerificationRoute = AssessmentRoute & { Body: Schemas.VerificationForm };

/** Submitted answers as the customer reads them, and the reviewer's marks on their evidence. */
export async function reviewPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const view = { action: 'assessments.view' } as const;
  const review = { action: 'assessments.review' } as const;

  app.get<AssessmentRoute>(
    '/assessments/:id/answers',
    { config: view, schema: { params: Schemas.AssessmentParams } },
    async (request, reply) => {
      const work = await readUnderReview(services, memberOf(request), request.params.id);
      return reply.page('reviews/overview', overviewView(work));
    },
  );

  app.get<SectionRoute>(
    '/assessments/:id/answers/:sectionId',
    { config: view, schema: { params: Schemas.SectionParams } },
    async (request, reply) => {
      const { id, sectionId } = request.params;
      return reply.page('reviews/section', await readSection(services, memberOf(request), id, sectionId));
    },
  );

  app.post<ReviewRoute>(
    '/assessments/:id/reviews/:subject',
    { config: review, schema: { params: Schemas.SubjectParams, body: Schemas.ReviewForm } },
    async (request, reply) => {
      const { id, subject } = request.params;
      const refusal = await tryReview(services, request);
      if (!refusal)
        return reply.redirect(`/assessments/${id}/answers/${request.body.section}#${anchorOf(subject)}`, 303);
      const page = await readSection(services, memberOf(request), id, request.body.section);
      const errors = [{ path: anchorOf(subject), message: refusal.publicMessage }];
      return reply.status(400).page('reviews/section', { ...keepTyped(page, subject, typed(request.body)), errors });
    },
  );

  app.post<VerificationRoute>(
    '/assessments/:id/verifications',
    { config: review, schema: { params: Schemas.AssessmentParams, body: Schemas.VerificationForm } },
    async (request, reply) => {
      const { id } = request.params;
      await verifyAttached(services, memberOf(request), id, request.body.section);
      return reply.redirect(`/assessments/${id}/answers/${request.body.section}`, 303);
    },
  );
}

async function readSection(services: Services, principal: MemberPrincipal, id: string, sectionId: string) {
  const work = await readUnderReview(services, principal, id);
  const section = work.compiled.questionnaire.sections.find((one) => one.id === sectionId);
  if (!section) throw notFound();
  return sectionView(work, section);
}

/** null when recorded; the error to show beside the form when the input cannot be taken. */
async function tryReview(services: Services, request: FastifyRequest<ReviewRoute>): Promise<AppError | null> {
  try {
    await recordReview(services, memberOf(request), request.params.id, request.params.subject, typed(request.body));
    return null;
  } catch (error) {
    if (error instanceof AppError && error.status === 400) return error;
    throw error;
  }
}

function typed(form: Schemas.ReviewForm): ReviewInput {
  const { evidence, naRejected, reason = '', remark = '' } = form;
  return { evidence, naRejected: naRejected === 'yes', reason: paragraphs(reason), remark: paragraphs(remark) };
}
