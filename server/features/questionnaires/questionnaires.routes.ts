import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { closed, Words } from '../../plugins/api-shapes.ts';
import type { PublishedQuestionnaire, Services } from '../../services.ts';

const published = Type.Object(
  {
    id: Type.String(),
    version: Type.String(),
    hash: Type.String({ description: 'SHA-256 of the published file' }),
    title: Words,
    description: Words,
    audience: Type.String({ description: 'Who answers' }),
    questionCount: Type.Integer(),
  },
  closed,
);
const reply = Type.Object({ questionnaires: Type.Array(published) }, closed);

/** The published questionnaires as JSON: what a new request may name. */
export async function questionnaireRoutes(
  instance: FastifyInstance,
  { services }: { services: Services },
): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  app.get(
    '/api/questionnaires',
    {
      config: { action: 'questionnaires.view' },
      schema: {
        summary: 'List the published questionnaires that can be sent',
        tags: ['Questionnaires'],
        response: { 200: reply },
      },
    },
    async () => ({ questionnaires: services.questionnaires.list().map(headOf) }),
  );
}

function headOf({ compiled, hash }: PublishedQuestionnaire) {
  const { id, version, title, description, audience } = compiled.questionnaire;
  return { id, version, hash, title, description, audience, questionCount: compiled.questions.length };
}
