import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { questionOf } from '../../../domain/questionnaire/own-questions.ts';
import { AppError, type InvalidField } from '../../../errors.ts';
import { respondentOf } from '../../../plugins/access.ts';
import type { Services } from '../../../services.ts';
import { readFiles } from './read-files.usecases.ts';
import { reuseEvidence } from './reuse.usecases.ts';
import { reuseView } from './reuse.views.ts';

const closed = { additionalProperties: false };
const subject = Type.String({ minLength: 1, maxLength: 120 });
const back = Type.Optional(Type.Literal('check'));
const querystring = Type.Object({ subject, return: back }, closed);
const id = Type.String({ maxLength: 100 });
const body = Type.Object(
  { subject, return: back, file: Type.Optional(Type.Union([id, Type.Array(id, { maxItems: 200 })])) },
  closed,
);
type Choice = { subject: string; return?: 'check'; file?: string | string[] };
type Shown = FastifyRequest<{ Querystring: Choice }>;
type Posted = FastifyRequest<{ Body: Choice }>;

/** Where files that are attached already are chosen for one more question. */
export async function attachedFilePages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  app.removeContentTypeParser('application/json');
  app.get('/respond/files', { config: { action: 'respond.answer' }, schema: { querystring } }, (request, reply) =>
    show(services, request, reply, (request as Shown).query, []),
  );

  app.post('/respond/files', { config: { action: 'respond.answer' }, schema: { body } }, async (request, reply) => {
    const choice = (request as Posted).body;
    const ids = [choice.file ?? []].flat();
    if (ids.length === 0) return show(services, request, reply.status(400), choice, [nothingChosen]);
    const respondent = respondentOf(request);
    try {
      await reuseEvidence(services, respondent, choice.subject, ids);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'evidence_quota') throw error;
      return show(services, request, reply.status(413), choice, [{ path: '', message: error.publicMessage }]);
    }
    const { sectionHref } = await readFiles(services, respondent, choice.subject);
    const query = new URLSearchParams({ ...(choice.return ? { return: choice.return } : {}), done: 'evidence.reused' });
    return reply.redirect(`${sectionHref}?${query}#q-${encodeURIComponent(questionOf(choice.subject))}`, 303);
  });
}

async function show(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  { subject, return: back }: Choice,
  errors: InvalidField[],
): Promise<FastifyReply> {
  const read = await readFiles(services, respondentOf(request), subject);
  return reply.page('answers/files', {
    ...reuseView(read, { locale: request.locale, back: back ?? null }),
    errors,
    styles: ['respond.css'],
  });
}

const nothingChosen: InvalidField = {
  path: 'file-1',
  message: {
    ja: '使うファイルを、1件以上選んでください。',
    en: 'Choose at least one file to use.',
  },
};
