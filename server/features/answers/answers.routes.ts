import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ConditionalAnswer } from '../../domain/questionnaire/answer.ts';
import { respondentOf } from '../../plugins/access.ts';
import type { Services } from '../../services.ts';
import { doesNotFit } from './answer-errors.ts';
import type { Fields } from './answer-form.ts';
import { type AnswerInput, cleanText, readValue } from './answer-input.ts';
import {
  type AnswerBody,
  answerBodies,
  assessmentView,
  questionParams,
  savedAnswerView,
  type TypedBody,
} from './answers.schemas.ts';
import { perLink } from './link-limit.ts';
import { readRespondentAssessment } from './read-assessment.usecases.ts';
import { savedAnswerOf, typedAnswerOf } from './respondent.views.ts';
import { saveAnswer } from './save-answer.usecases.ts';
import { saveTyped } from './save-typed.usecases.ts';

const tags = ['Respond'];

/** JSON of a respondent's own assessment. */
export async function answersRoutes(instance: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();

  app.get(
    '/api/respond/assessment',
    {
      config: { action: 'respond.view' },
      schema: {
        summary: 'Read your part: questions, answers, files, progress',
        tags,
        response: { 200: assessmentView },
      },
    },
    async (request) => readRespondentAssessment(services, respondentOf(request)),
  );

  app.put(
    '/api/respond/answers/:questionId',
    {
      config: { action: 'respond.answer', rateLimit: perLink(600), cleansTexts: true },
      schema: {
        summary: 'Save an answer, based on a revision of it',
        tags,
        params: questionParams,
        body: answerBodies,
        response: { 200: savedAnswerView },
      },
    },
    async (request) => {
      const respondent = respondentOf(request);
      const { questionId } = request.params;
      if (isTyped(request)) {
        const typed = await saveTyped(services, respondent, questionId, fieldsOf(request.body as TypedBody));
        return typedAnswerOf(typed);
      }
      const input = readBody(request.body as AnswerBody);
      return savedAnswerOf(await saveAnswer(services, respondent, questionId, input, { advises: true }));
    },
  );
}

function isTyped({ headers }: FastifyRequest): boolean {
  return headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
}

function fieldsOf(body: TypedBody): Fields {
  return new Map(Object.entries(body).map(([name, value]) => [name, Array.isArray(value) ? value : [value]]));
}

function readBody({ revision, value, naReason, comment, withheld, plan, conditional }: AnswerBody): AnswerInput {
  const input: AnswerInput = { revision };
  if (value !== undefined) {
    const read = readValue(value);
    if ('problem' in read) throw doesNotFit([read.problem]);
    input.value = read.value;
  }
  if (naReason !== undefined) input.naReason = cleanText(naReason).trim();
  if (comment !== undefined) input.comment = cleanText(comment).trim();
  if (withheld !== undefined) input.withheld = cleanText(withheld).trim();
  if (plan !== undefined) input.plan = plan && { by: cleanText(plan.by), measure: cleanText(plan.measure).trim() };
  if (conditional !== undefined) input.conditional = conditional && readConditional(conditional);
  return input;
}

function readConditional({ value, condition }: NonNullable<AnswerBody['conditional']>): ConditionalAnswer {
  const read = readValue(value);
  if ('problem' in read) throw doesNotFit([{ ...read.problem, path: '/conditional/value' }]);
  return { value: read.value, condition: cleanText(condition).trim() };
}
