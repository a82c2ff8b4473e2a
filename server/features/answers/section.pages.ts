import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { roleMay } from '../../domain/assessment/permissions.ts';
import { respondentOf } from '../../plugins/access.ts';
import { isDatabaseDown } from '../../plugins/errors.ts';
import type { Services } from '../../services.ts';
import { afterSaving } from './after-saving.ts';
import { requireUploadAllowed } from './evidence/evidence.usecases.ts';
import { createUploadGate } from './evidence/upload-gate.ts';
import { perLink } from './link-limit.ts';
import { aloneIn } from './one-question.views.ts';
import { type OpenSection, openSection, sectionVersion } from './open-section.usecases.ts';
import { multipartOptions, type PostedParts, readParts, release, urlEncodedParts } from './posted-parts.ts';
import { respondScripts } from './respond-scripts.ts';
import { saveSection } from './save-section.usecases.ts';
import { nothingRefused, type Refused, sectionView } from './section.views.ts';
import { actOn, readAction } from './section-action.ts';
import { rememberPages } from './section-cache.ts';
import { unreadFields } from './unread-fields.ts';
import { unsavedView } from './unsaved.views.ts';

const closed = { additionalProperties: false };
const params = Type.Object({ sectionId: Type.String({ maxLength: 100 }) }, closed);
const querystring = Type.Object(
  {
    return: Type.Optional(Type.Literal('check')),
    add: Type.Optional(Type.String({ maxLength: 100 })),
    show: Type.Optional(Type.Literal('all')),
    one: Type.Optional(Type.String({ maxLength: 100 })),
  },
  closed,
);
type Request = FastifyRequest<{
  Params: { sectionId: string };
  Querystring: { return?: 'check'; add?: string; show?: 'all'; one?: string };
}>;

/** The section pages: every question of a section in one form, which works without scripts. */
export async function sectionPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  await app.register(multipart, multipartOptions);
  await app.register(respondScripts);
  // Only forms: a field of a form is text, a member of JSON could be anything.
  app.removeContentTypeParser('application/json');
  const schema = { params, querystring };
  const pages = rememberPages(app);
  const gate = createUploadGate();

  app.get('/respond/sections/:sectionId', { config: { action: 'respond.view' }, schema }, async (request, reply) => {
    const respondent = respondentOf(request);
    if (!roleMay(respondent.role, 'respond.answer')) return reply.redirect('/respond/check', 303);
    const { locale, url } = request;
    const { linkId, name, role } = respondent;
    // The part and who asks too: they were read with the session, and may have been changed before the version is read.
    const part = JSON.stringify([respondent.scope, respondent.asker]);
    const key = [linkId, name, role, part, locale, url, await sectionVersion(services, respondent)].join('\n');
    const kept = pages.find(key);
    if (kept) return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(kept);
    const open = await openSection(services, respondent, (request as Request).params.sectionId);
    if (!open.isOpen) return reply.redirect('/respond/answers', 303);
    pages.keep(request, key);
    return show(request as Request, reply, open, nothingRefused);
  });

  app.post(
    '/respond/sections/:sectionId',
    {
      config: { action: 'respond.answer', rateLimit: perLink(120), cleansTexts: true },
      schema: { ...schema, consumes: ['multipart/form-data', 'application/x-www-form-urlencoded'] },
      errorHandler: (error, request, reply) => keepTyped(services, error, request as Request, reply),
    },
    async (request, reply) => gate.pass(respondentOf(request).linkId, () => save(services, request as Request, reply)),
  );
}

async function save(services: Services, request: Request, reply: FastifyReply): Promise<FastifyReply> {
  const respondent = respondentOf(request);
  await requireUploadAllowed(services, respondent);
  const posted = await readPosted(services, request);
  try {
    const open = await openSection(services, respondent, request.params.sectionId);
    const refused = await saveSection(services, respondent, open, posted.fields);
    const action = readAction(posted.fields);
    const outcome = await actOn(services, respondent, { open, posted, refused, action });
    if (outcome.refused.problems.size + outcome.refused.conflicts.size === 0) {
      return reply.redirect(
        afterSaving(
          { back: request.query.return ?? null, one: request.query.one ?? null },
          await openSection(services, respondent, open.section.id),
          action,
          outcome,
        ),
        303,
      );
    }
    const again = await openSection(services, respondent, open.section.id);
    return show(request, reply.status(outcome.refused.problems.size > 0 ? 400 : 409), again, outcome.refused);
  } catch (error) {
    await release(services, posted);
    throw error;
  }
}

/** What a request has posted; a multipart body can be read only once. */
const typed = new WeakMap<Request, PostedParts>();

async function readPosted(services: Services, request: Request): Promise<PostedParts> {
  const posted = request.isMultipart() ? await readParts(services, request) : urlEncodedParts(request.body);
  typed.set(request, posted);
  return posted;
}

function show(request: Request, reply: FastifyReply, open: OpenSection, refused: Refused): FastifyReply {
  const { query, locale } = request;
  const options = {
    locale,
    refused,
    returnTo: query.return ?? null,
    addRecordTo: query.add ?? null,
    showsAll: query.show === 'all',
    one: aloneIn(open, query.one ?? null),
  };
  return reply.page('answers/section', {
    ...sectionView(open, options),
    scripts: ['respond/respond.js'],
    styles: ['respond.css'],
  });
}

/** With the database away even the page cannot be made again: what was typed goes back as a form that can be sent once more. */
async function keepTyped(
  services: Services,
  error: Error,
  request: Request,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (!isDatabaseDown(error)) throw error;
  request.log.error({ err: error }, 'answers could not be saved');
  const read = typed.get(request);
  if (read) await release(services, read);
  const fields = read?.fields ?? (await unreadFields(request));
  if (!fields) throw error;
  return reply.status(503).header('retry-after', '5').page('answers/unsaved', unsavedView(request.url, fields));
}
