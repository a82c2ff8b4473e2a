import multipart from '@fastify/multipart';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { tokyoDate } from '../../../domain/assessment/calendar.ts';
import { AppError } from '../../../errors.ts';
import { respondentOf } from '../../../plugins/access.ts';
import { Done } from '../../../plugins/api-shapes.ts';
import type { Services } from '../../../services.ts';
import { evidenceOf } from '../answer.replies.ts';
import type { EvidenceFile } from '../answers.store.ts';
import { perLink } from '../link-limit.ts';
import { multipartOptions, type PostedParts, readParts } from '../posted-parts.ts';
import { dateEvidence } from './dates.usecases.ts';
import { attached, datedView, dates, params, uploaded, uses } from './evidence.schemas.ts';
import { attachEvidence, removeEvidence, requireUploadAllowed } from './evidence.usecases.ts';
import { datesView } from './evidence.views.ts';
import { nothingPosted, uploadTooLarge } from './evidence-errors.ts';
import { LARGEST_FILE } from './hold-file.ts';
import { reuseEvidence } from './reuse.usecases.ts';
import { createUploadGate } from './upload-gate.ts';

/** Evidence over JSON: taken in, dated, used for another question, taken out again. */
export async function evidenceRoutes(instance: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  await app.register(multipart, multipartOptions);
  const config = { action: 'respond.answer' } as const;
  const tags = ['Respond: evidence'];
  const gate = createUploadGate();

  app.post(
    '/api/respond/evidence',
    {
      config: { action: 'respond.answer', rateLimit: perLink(120) },
      schema: {
        summary: 'Attach files (fields before files: subject, replaces); up to 25 MiB each',
        tags,
        consumes: ['multipart/form-data'],
        response: { 201: uploaded },
      },
    },
    async (request, reply) => {
      const respondent = respondentOf(request);
      requireModest(request);
      await requireUploadAllowed(services, respondent);
      const done = await gate.pass(respondent.linkId, async () =>
        attachAll(services, respondent, await readParts(services, request)),
      );
      return reply.status(201).send(done);
    },
  );

  app.put(
    '/api/respond/evidence/:id',
    { config, schema: { summary: 'Date a file', tags, params, body: dates, response: { 200: datedView } } },
    async (request) => {
      const file = await dateEvidence(services, respondentOf(request), request.params.id, request.body);
      return datesView(file, tokyoDate(services.clock.now()));
    },
  );

  app.post(
    '/api/respond/evidence/:id/uses',
    {
      config,
      schema: { summary: 'Use a file for one more question', tags, params, body: uses, response: { 201: attached } },
    },
    async (request, reply) => {
      const files = await reuseEvidence(services, respondentOf(request), request.body.subject, [request.params.id]);
      return reply.status(201).send({ attached: files.map(evidenceOf) });
    },
  );

  app.delete(
    '/api/respond/evidence/:id',
    { config, schema: { summary: 'Take a file out', tags, params, response: { 204: Done } } },
    async (request, reply) => {
      await removeEvidence(services, respondentOf(request), request.params.id);
      return reply.status(204).send(null);
    },
  );
}

/** What surrounds the files in a form. */
const FORM_BYTES = 64 * 1024;

/** Before a single byte of it is read: what announces more than can be kept is not worth receiving. */
function requireModest({ headers }: FastifyRequest): void {
  if (Number(headers['content-length'] ?? 0) > LARGEST_FILE + FORM_BYTES) throw uploadTooLarge(LARGEST_FILE);
}

/** Files everything under the posted `subject`. When a file is refused the others are kept, and the answer says which were. */
async function attachAll(
  services: Services,
  respondent: Parameters<typeof attachEvidence>[1],
  { fields, files, refused }: PostedParts,
): Promise<Static<typeof uploaded>> {
  const subject = fields.get('subject')?.[0] ?? '';
  // Only the first file can take the place of another.
  const places = [fields.get('replaces')?.[0]];
  const kept: EvidenceFile[] = [];
  const locationRemoved: string[] = [];
  const failures = refused.map(({ name, error }) => ({ name, error }));
  for (const { held } of files) {
    const replaces = places.shift();
    try {
      kept.push(await attachEvidence(services, respondent, subject, held, replaces ? { replaces } : {}));
      if (held.hadLocation) locationRemoved.push(held.name);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      failures.push({ name: held.name, error });
    }
  }
  const done = { attached: kept.map(evidenceOf), locationRemoved };
  const [first] = failures;
  if (!first && kept.length > 0) return done;
  throw first ? partlyRefused(first.error, failures, done) : nothingPosted();
}

function partlyRefused(
  first: AppError,
  failures: { name: string; error: AppError }[],
  done: Static<typeof uploaded>,
): AppError {
  return new AppError(first.status, first.code, first.publicMessage, {
    details: {
      ...done,
      refused: failures.map(({ name, error }) => ({ name, code: error.code, message: error.publicMessage })),
    },
  });
}
