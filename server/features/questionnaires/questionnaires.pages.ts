import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import type { Services } from '../../services.ts';
import { questionnaireRows } from './questionnaire-head.ts';
import { previewView } from './questionnaire-preview.ts';
import { scoringView } from './scoring.views.ts';

const closed = { additionalProperties: false };
const Shown = Type.Object(
  { lang: Type.Optional(Type.String({ maxLength: 10 })), done: Type.Optional(Type.String({ maxLength: 60 })) },
  closed,
);
const Version = Type.Object({ id: Type.String({ maxLength: 100 }), version: Type.String({ maxLength: 50 }) }, closed);
type VersionRoute = { Params: Static<typeof Version> };

const schemaFile = new URL('../../../questionnaires/schema/questionnaire.schema.json', import.meta.url);

/** The published questionnaires: what a vendor will be asked, and how it will be scored. Nothing here can be changed. */
export async function questionnairePages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const config = { action: 'questionnaires.view' } as const;
  const schema = { params: Version, querystring: Shown };

  app.get('/questionnaires', { config, schema: { querystring: Shown } }, async (_request, reply) =>
    reply.page('questionnaires/list', { questionnaires: questionnaireRows(services.questionnaires.list()) }),
  );

  app.get<VersionRoute>('/questionnaires/:id/:version', { config, schema }, async (request, reply) => {
    const published = services.questionnaires.get(request.params.id, request.params.version);
    return reply.page('questionnaires/preview', previewView(published));
  });

  app.get<VersionRoute>('/questionnaires/:id/:version/scoring', { config, schema }, async (request, reply) => {
    const published = services.questionnaires.get(request.params.id, request.params.version);
    return reply.page('questionnaires/scoring', scoringView(published));
  });

  app.get('/schemas/questionnaire-v1.json', { config: { action: 'site.view' } }, async (_request, reply) =>
    reply
      .type('application/schema+json; charset=utf-8')
      .header('cache-control', 'public, max-age=3600')
      .send(await readFile(schemaFile)),
  );
}
