import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evidenceFiles, reports } from '../../db/schema/index.ts';
import { type Action, roleMay } from '../../server/domain/assessment/permissions.ts';
import type { DeclaredRoute } from '../../server/plugins/access.ts';
import { sentAssessment } from '../features/answers/sent-assessment.ts';
import { type ApiClient, apiClient, listening, pointersOf } from '../support/api-client.ts';
import { type JsonSchema, sampleOf } from './sample-body.ts';
import { buildStage, type Stage } from './stage.ts';

type Operation = { requestBody?: { content: Record<string, { schema: JsonSchema }> } };
type Route = DeclaredRoute & { body: JsonSchema | null };
const uploads = ['/api/respond/evidence', '/api/respond/master', '/api/respond/workbook/imports'];

let stage: Stage;
let address: string;
let routes: Route[];
let foreign: { member: ApiClient; respondent: ApiClient };
/** Ids of rows of the first organisation, by the part of the address before them. */
let own: Record<string, string>;

beforeAll(async () => {
  stage = await buildStage();
  address = await listening(stage);
  const { paths } = (await stage.app.inject('/api/openapi.json')).json<{
    paths: Record<string, Record<string, Operation>>;
  }>();
  const bodyOf = ({ method, url }: DeclaredRoute) => {
    const content = paths[url.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]?.requestBody?.content;
    return content?.['application/json']?.schema ?? null;
  };
  routes = stage.app.declaredRoutes
    .filter(({ method, url }) => method !== 'HEAD' && url.startsWith('/api/') && url !== '/api/openapi.json')
    .map((route) => ({ ...route, body: bodyOf(route) }));
  own = { ...(await moreRows()), vendors: stage.ids.vendor, services: stage.ids.service };
  const other = await sentAssessment(stage.app, stage.services);
  foreign = { member: clientOf(stage.cookies.stranger), respondent: clientOf(other.respondent) };
});
afterAll(() => stage.close());

describe('Every route of the JSON API', () => {
  test('Answers a stranger with 401 and says how to come in', async () => {
    expect(routes.length).toBeGreaterThan(80);
    const nobody = clientOf('');
    for (const route of routes) {
      const { status, body, type } = await call(
        nobody,
        route,
        fill(route, () => randomUUID()),
        sample(route),
      );
      expect(`${told(route)} ${status} ${type}`).toBe(`${told(route)} 401 application/problem+json`);
      expect(body.code).toBe(isOfVendor(route) ? 'link_needed' : 'sign_in_needed');
    }
  });

  test('Answers about the rows of others as about rows nobody has', async () => {
    const named = routes.filter(({ url }) => /:(id|serviceId)\b/.test(url));
    expect(named.length).toBeGreaterThan(50);
    for (const route of named.filter(({ action }) => mayBoth(action))) {
      const client = isOfVendor(route) ? foreign.respondent : foreign.member;
      const answers = [existing, () => randomUUID(), () => 'nonsense'].map(async (id) => {
        const { status, text } = await call(client, route, fill(route, id), sample(route));
        return `${told(route)} ${status} ${text}`;
      });
      const [of, unknown, malformed] = await Promise.all(answers);
      expect(of).toContain(`${told(route)} 404 {`);
      expect([of, malformed]).toEqual([unknown, unknown]);
    }
  });

  test('Refuses a field nobody knows and names its place', async () => {
    const taking = routes.filter(({ body, url }) => body !== null && !uploads.includes(url));
    expect(taking.length).toBeGreaterThan(40);
    for (const route of taking) {
      const answer = await call(insider(route), route, fill(route, existing), { ...sample(route), unheardOf: 1 });
      expect(`${told(route)} ${answer.status}`).toBe(`${told(route)} 400`);
      expect(`${told(route)} ${pointersOf(answer)}`).toContain('/unheardOf');
    }
  });

  test('Refuses another content type, and a change from another site', async () => {
    for (const route of routes.filter(({ method }) => method !== 'GET')) {
      const url = fill(route, existing);
      const elsewhere = await call(insider(route), route, url, sample(route)).set('origin', 'https://evil.example');
      expect(`${told(route)} ${elsewhere.status} ${elsewhere.body.code}`).toBe(`${told(route)} 403 cross_site_request`);
      if (route.body === null) continue;
      const xml = await call(insider(route), route, url).type('application/xml').send('<a/>');
      expect(`${told(route)} ${xml.status}`).toBe(`${told(route)} 415`);
    }
  });

  test('Answers its own people with what is described, or with a problem, and never fails', async () => {
    // What closes the way in for good comes last.
    const closing = /revocation|withdrawal|disabling|decline|contact|sign/;
    const ordered = [
      ...routes.filter(({ url }) => !closing.test(url)),
      ...routes.filter(({ url }) => closing.test(url)),
    ];
    const seen = new Map<number, number>();
    for (const route of ordered) {
      const { status, text } = await call(insider(route), route, fill(route, existing), sample(route));
      expect(`${told(route)} ${status < 500 ? '' : text}`).toBe(`${told(route)} `);
      expect(`${told(route)} ${status}`).not.toMatch(/ 40[13]$/);
      seen.set(status, (seen.get(status) ?? 0) + 1);
    }
    expect((seen.get(200) ?? 0) + (seen.get(204) ?? 0)).toBeGreaterThan(35);
  });
});

/** One request; a body only where one is described. */
function call(client: ApiClient, { method }: Route, url: string, body?: object) {
  if (method === 'GET') return client.get(url);
  return client[method.toLowerCase() as 'post' | 'put' | 'delete'](url, body);
}

function sample({ body }: Route): object | undefined {
  return body === null ? undefined : (sampleOf(body) as object);
}

function fill({ url }: Route, id: (part: string, name: string) => string): string {
  const parts = url.split('/');
  return parts
    .map((part, index) => (part.startsWith(':') ? encodeURIComponent(id(parts[index - 1] ?? '', part.slice(1))) : part))
    .join('/');
}

function existing(part: string, name: string): string {
  if (name === 'round') return '1';
  if (name === 'questionId' || name === 'question' || name === 'subject') return 'AUTH-01';
  return own[part] ?? randomUUID();
}

function insider(route: Route): ApiClient {
  return clientOf(stage.cookieFor(route));
}

function clientOf(cookie: string): ApiClient {
  return apiClient(address, stage, cookie);
}

/** Whether the foreign people of this test have the role the route asks for. */
function mayBoth(action: Action): boolean {
  return roleMay('owner', action) || roleMay('respondent', action);
}

function isOfVendor({ url }: Route): boolean {
  return url.startsWith('/api/respond/');
}

function told({ method, url }: Route): string {
  return `${method} ${url}`;
}

/** A file and a report of the first organisation. */
async function moreRows(): Promise<Record<string, string>> {
  const { organisation: organisationId, assessment: assessmentId, member, link } = stage.ids;
  const [evidence, report] = [randomUUID(), randomUUID()];
  const now = stage.services.clock.now();
  await stage.services.database.inOrganisation(organisationId, async (db) => {
    await db.insert(evidenceFiles).values({
      ...{ organisationId, id: evidence, assessmentId, subject: 'AUTH-01', name: 'a.txt', mediaType: 'text/plain' },
      ...{ size: 1, sha256: '0'.repeat(64), storageKey: evidence, uploadedAt: now, uploadedBy: '青空' },
    });
    await db.insert(reports).values({
      ...{ organisationId, id: report, assessmentId, number: 'KA-2026-0001-R', version: 1, document: {} },
      ...{ documentHash: '', issuedBy: member, issuedAt: now },
    });
  });
  return { assessments: assessmentId, members: member, evidence, reports: report, people: link };
}
