import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Services } from '../services.ts';
import { withProblems } from './open-api-problems.ts';

const DOCUMENT = '/api/openapi.json';

const description = `Everything the pages can do, as JSON, by the same rules.

**Who calls.** There are two kinds of sessions: a member of the customer (\`member\`), and somebody of the vendor with a link
(\`respondent\`, everything under /api/respond/). Both are opened in the browser or by posting its forms, and their cookie counts
here too. There are no API keys and no tokens in this version: sessions only, so an API client acts as the person who signed in,
with that person's role, and its acts stand in the audit trail under that name.

**Changes** need the header \`Origin\` with the public address, as a browser sends it. Bodies are closed: an unknown field is
refused. Ids of other organisations are answered like ids nobody has.

**Errors** are application/problem+json (RFC 9457) in Japanese and English, with a JSON pointer for each field to mend.
\`Accept-Language\` chooses the title. What carries \`seen\` is refused with 409 when somebody changed it since.

**Lists** are paged (\`page\`, 50 entries, with \`total\`) or bounded by what they list.`;

const tags = [
  ['Account', 'Whose session this is, and the members of the organisation.'],
  ['Vendors', 'Vendors and what is entrusted to them.'],
  ['Questionnaires', 'Published questionnaires.'],
  ['Assessments', 'Requests: drafted, sent, followed up, called off.'],
  ['Messages', 'What customer and vendor say to each other besides the answers.'],
  ['Rounds', 'Returning answers, and what changed between submissions.'],
  ['Reviews', 'The answers under review: marks, conditions, the evaluation date.'],
  ['Reports', 'Issued reports and their files.'],
  ['Respond', 'The vendor: the request and its answers.'],
  ['Respond: evidence', 'The vendor: files behind the answers.'],
  ['Respond: people', 'The vendor: colleagues, and approval before the submission.'],
  ['Respond: reuse', 'The vendor: earlier answers, the answer master and the workbook.'],
  ['Respond: messages', 'The vendor: questions to the customer, declining, another contact.'],
] as const;

/** The JSON API described by the very schemas that check it. Pages and forms are not part of it. */
export const openApiPlugin = fp(
  async (app: FastifyInstance, { services }: { services: Services }) => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title: 'Kantoku', version: '1.0.0', description },
        servers: [{ url: services.config.publicUrl }],
        tags: tags.map(([name, words]) => ({ name, description: words })),
        components: {
          securitySchemes: {
            member: { type: 'apiKey', in: 'cookie', name: '__Host-kantoku' },
            respondent: { type: 'apiKey', in: 'cookie', name: '__Host-kantoku-respondent' },
          },
        },
      },
      transform: ({ schema, url, route }) => ({
        schema: {
          ...schema,
          hide: !url.startsWith('/api/') || url === DOCUMENT,
          security: [{ [url.startsWith('/api/respond/') ? 'respondent' : 'member']: [] }],
          operationId: `${[route.method].flat()[0]?.toLowerCase()}${url.replace(/[^A-Za-z]+(\w)/g, (_all, next: string) => next.toUpperCase())}`,
        },
        url,
      }),
      transformObject: (document) => withProblems('openapiObject' in document ? document.openapiObject : {}),
    });
    app.get(DOCUMENT, { config: { action: 'site.view' } }, async (_request, reply) =>
      reply.header('cache-control', 'no-store').send(app.swagger()),
    );
  },
  { name: 'open-api', dependencies: ['access'] },
);
