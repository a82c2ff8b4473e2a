import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DeclaredRoute } from '../../server/plugins/access.ts';
import { buildStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await buildStage();
});
afterAll(() => stage.close());

/** These clean what they are given: test/features/answers holds them to it. */
const cleaning = ['/api/respond/answers/:questionId', '/respond/sections/:sectionId'];
const uploads = ['/api/respond/evidence'];

function send({ method, url, action }: DeclaredRoute, body: { type: string; payload: string } | null, fill?: string) {
  const cookie = stage.cookieFor({ url, action });
  const origin = stage.services.config.publicUrl;
  const headers = { cookie, origin, accept: 'application/json', ...(body ? { 'content-type': body.type } : {}) };
  const path = url.replace(/:(\w+)/g, () => fill ?? stage.ids.assessment);
  return stage.app.inject({ method: method as 'POST', url: path, headers, ...(body ? { payload: body.payload } : {}) });
}

function takingBodies(): DeclaredRoute[] {
  return stage.app.declaredRoutes.filter(
    ({ method, url }) => ['POST', 'PUT'].includes(method) && ![...cleaning, ...uploads].includes(url),
  );
}

describe('Text that the database cannot hold', () => {
  test.each([
    ['NUL in a form', 'application/x-www-form-urlencoded', 'name=a%00b'],
    ['NUL in the name of a field', 'application/x-www-form-urlencoded', 'na%00me=a'],
    ['NUL in JSON', 'application/json', '{"name":"a\\u0000b"}'],
    ['half a pair in JSON', 'application/json', '{"list":[{"name":"a\\ud800"}]}'],
    ['half a pair, deeper than any stack', 'application/json', `${'[['.repeat(90_000)}"\\udc00"${']]'.repeat(90_000)}`],
  ])('%s is refused with 400 by every route, and the message says what to mend', async (_, type, payload) => {
    const routes = takingBodies();
    expect(routes.length).toBeGreaterThan(30);
    for (const route of routes) {
      const answer = await send(route, { type, payload });
      // A page that reads parts of a form takes no JSON at all.
      if (type.endsWith('json') && answer.statusCode === 415) continue;
      expect(`${route.url} ${answer.statusCode} ${answer.json().code}`).toBe(`${route.url} 400 unstorable_text`);
      expect(answer.json().message.ja).toMatch(/取り除いて/);
    }
  });

  test('in an address names nothing', async () => {
    const routes = stage.app.declaredRoutes.filter(({ method, url }) => method === 'GET' && url.includes(':'));
    expect(routes.length).toBeGreaterThan(15);
    for (const route of routes) {
      expect(`${route.url} ${(await send(route, null, 'a%00b')).statusCode}`).toBe(`${route.url} 404`);
    }
    const put = { method: 'PUT', url: '/api/respond/answers/:questionId', action: 'respond.answer' } as const;
    const body = { type: 'application/json', payload: '{"revision":0,"value":1}' };
    expect((await send(put, body, 'AUTH-01%00')).statusCode).toBe(404);
  });

  test('in a search is refused with 400', async () => {
    const get = { method: 'GET', url: '/api/vendors?q=%00', action: 'vendors.view' } as const;
    expect((await send(get, null)).statusCode).toBe(400);
  });
});
