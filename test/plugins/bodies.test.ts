import Fastify from 'fastify';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DeclaredRoute } from '../../server/plugins/access.ts';
import { closedBodiesPlugin } from '../../server/plugins/closed-bodies.ts';
import { buildStage, type Stage } from './stage.ts';

type Methods = Record<string, { requestBody?: { required: boolean } }>;
let stage: Stage;
let jsonRoutes: DeclaredRoute[];
let formRoutes: DeclaredRoute[];
/** They say all in their address: no body, or null, is what they take. */
let bodiless: string[];
beforeAll(async () => {
  stage = await buildStage();
  const taking = stage.app.declaredRoutes.filter(
    ({ method, url }) => ['POST', 'PUT', 'PATCH'].includes(method) && !uploads.includes(url),
  );
  jsonRoutes = taking.filter(({ url }) => url.startsWith('/api/'));
  const { paths } = (await stage.app.inject('/api/openapi.json')).json<{ paths: Record<string, Methods> }>();
  bodiless = Object.entries(paths).flatMap(([url, methods]) =>
    Object.entries(methods)
      .filter(([, { requestBody }]) => requestBody?.required === false)
      .map(([method]) => `${method.toUpperCase()} ${url.replace(/\{(\w+)\}/g, ':$1')}`),
  );
  formRoutes = taking.filter(({ url }) => !url.startsWith('/api/') && url !== '/sign-out');
});
afterAll(() => stage.close());

/** Their fields are checked one by one by the feature that reads the parts. */
const uploads = [
  '/api/respond/evidence',
  '/api/respond/master',
  '/api/respond/workbook/imports',
  '/respond/sections/:sectionId',
];

function send(route: DeclaredRoute, type: string, payload: string) {
  const cookie = stage.cookieFor(route);
  const id = /assessments/.test(route.url) ? stage.ids.assessment : stage.ids.vendor;
  const url = route.url.replace(':serviceId', stage.ids.service).replace(/:(\w+)/g, () => id);
  const headers = { cookie, origin: stage.services.config.publicUrl, 'content-type': type, accept: 'application/json' };
  return stage.app.inject({ method: route.method as 'POST', url, headers, payload });
}

describe('Bodies', () => {
  test.each([
    'null',
    '[5]',
    '"5"',
    '5',
    'true',
    '[]',
    '{"unheard-of":1}',
    '{"role":"admin","isOwner":true}',
    '{"__proto__":{"isOwner":true}}',
    '{"constructor":{"prototype":{"isOwner":true}}}',
    '{',
    '',
  ])('%s is refused with 400 by every route of the JSON API', async (payload) => {
    expect(jsonRoutes.length).toBeGreaterThan(40);
    expect(bodiless).toContain('POST /api/assessments/:id/sending');
    expect(bodiless.length).toBeLessThan(jsonRoutes.length / 2);
    for (const route of jsonRoutes) {
      if (bodiless.includes(`${route.method} ${route.url}`) && (payload === 'null' || payload === '')) continue;
      const { statusCode, headers } = await send(route, 'application/json', payload);
      const mayBeEmpty = statusCode === 415 && payload === '';
      expect(`${route.method} ${route.url} ${mayBeEmpty ? 400 : statusCode}`).toBe(`${route.method} ${route.url} 400`);
      expect(headers['content-type']).toContain('application/problem+json');
    }
  });

  test.each(['unheard-of=1', '__proto__=1', '__proto__[isOwner]=1', 'constructor.prototype.isOwner=1', 'toString=1'])(
    'A form with %s is refused with 400 by every page',
    async (payload) => {
      expect(formRoutes.length).toBeGreaterThan(20);
      for (const route of formRoutes) {
        const { statusCode } = await send(route, 'application/x-www-form-urlencoded', payload);
        expect(`${route.method} ${route.url} ${statusCode}`).toBe(`${route.method} ${route.url} 400`);
      }
      expect(Object.hasOwn(Object.prototype, 'isOwner')).toBe(false);
    },
  );

  test('A value of another type is refused, not turned into the right one', async () => {
    const route = { method: 'PUT', url: '/api/respond/answers/AUTH-01', action: 'respond.answer' } as const;
    for (const revision of ['"0"', '[0]', 'null', 'false', '0.5']) {
      expect((await send(route, 'application/json', `{"revision":${revision},"value":12}`)).statusCode).toBe(400);
    }
  });

  test('A body that is wrong everywhere gets an answer one can read', async () => {
    const wrong = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`field${n}`, 1]));
    for (const route of jsonRoutes) {
      const answer = await send(route, 'application/json', JSON.stringify(wrong));
      expect(answer.statusCode).toBe(400);
      expect(answer.json().errors.length).toBeGreaterThan(1);
      expect(answer.body.length).toBeLessThan(10_000);
    }
  });

  test('A body above the limit is 413 and names what to do, as problem and as page', async () => {
    const [route] = jsonRoutes;
    const payload = JSON.stringify({ name: 'x'.repeat(1024 * 1024) });
    const answer = await send(route as DeclaredRoute, 'application/json', payload);
    expect(answer.statusCode).toBe(413);
    expect(answer.json()).toMatchObject({ code: 'too_large', status: 413 });
  });
});

describe('A route that leaves room in its body stops the server from starting', () => {
  const closed = { additionalProperties: false };
  test.each([
    ['no schema', undefined],
    ['an open object', Type.Object({ name: Type.String() })],
    ['an open object inside', Type.Object({ list: Type.Array(Type.Object({ a: Type.String() })) }, closed)],
    ['an open alternative', Type.Union([Type.Null(), Type.Object({})])],
  ])('%s', async (_name, body) => {
    const app = Fastify();
    await app.register(closedBodiesPlugin);
    expect(() => app.post('/x', { schema: body ? { body } : {} }, async () => '')).toThrow(/schema|unknown fields/);
    app.post('/y', { schema: { body: Type.Object({ name: Type.String() }, closed) } }, async () => '');
    await app.close();
  });
});
