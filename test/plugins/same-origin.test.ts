import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DeclaredRoute } from '../../server/plugins/access.ts';
import { buildStage, type Stage } from './stage.ts';

let stage: Stage;
let changes: DeclaredRoute[];
beforeAll(async () => {
  stage = await buildStage();
  changes = stage.app.declaredRoutes.filter(({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(method));
});
afterAll(() => stage.close());

function send(route: DeclaredRoute, headers: Record<string, string>, payload = '{}') {
  const cookie = stage.cookieFor(route);
  const url = route.url.replace(/:(\w+)/g, () => randomUUID());
  return stage.app.inject({ method: route.method as 'POST', url, headers: { cookie, ...headers }, payload });
}

const json = { 'content-type': 'application/json' };

test('There are changes to protect', () => expect(changes.length).toBeGreaterThan(30));

test.each<[string, () => Record<string, string>]>([
  ['no Origin', () => json],
  ['a foreign Origin', () => ({ ...json, origin: 'https://evil.example' })],
  [
    'an Origin that only begins like ours',
    () => ({ ...json, origin: `${stage.services.config.publicUrl}.evil.example` }),
  ],
  ['Origin: null without a word of the browser', () => ({ ...json, origin: 'null' })],
  ['Origin: null from another site', () => ({ ...json, origin: 'null', 'sec-fetch-site': 'cross-site' })],
  ['Sec-Fetch-Site: cross-site', () => ({ ...json, ...ours(), 'sec-fetch-site': 'cross-site' })],
  ['Sec-Fetch-Site: same-site', () => ({ ...json, ...ours(), 'sec-fetch-site': 'same-site' })],
  ['Sec-Fetch-Site: none', () => ({ ...json, ...ours(), 'sec-fetch-site': 'none' })],
])('Every change with %s is refused', async (_name, headers) => {
  for (const route of changes) {
    const { statusCode } = await send(route, headers());
    expect(`${route.method} ${route.url} ${statusCode}`).toBe(`${route.method} ${route.url} 403`);
  }
});

/** Forms can send three kinds of body without asking; the one no page of ours sends is not understood at all. */
test('No change takes text/plain', async () => {
  for (const route of changes.filter(({ method }) => method !== 'DELETE')) {
    const { statusCode } = await send(route, { 'content-type': 'text/plain', ...ours() });
    expect(`${route.method} ${route.url} ${statusCode}`).toBe(`${route.method} ${route.url} 415`);
  }
});

test('A change from a page of ours gets through, also under no-referrer', async () => {
  for (const headers of [
    ours(),
    { ...ours(), 'sec-fetch-site': 'same-origin' },
    { origin: 'null', 'sec-fetch-site': 'same-origin' },
  ]) {
    const form = { 'content-type': 'application/x-www-form-urlencoded', ...headers };
    const route = { method: 'POST', url: '/account/profile', action: 'account.edit' } as const;
    expect((await send(route, form, 'name=花子&title=&locale=ja')).statusCode).toBe(303);
  }
});

function ours() {
  return { origin: stage.services.config.publicUrl };
}
