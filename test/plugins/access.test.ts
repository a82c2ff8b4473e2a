import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { permissionOf, type Role, respondentRoles } from '../../server/domain/assessment/permissions.ts';
import { accessPlugin, type DeclaredRoute } from '../../server/plugins/access.ts';
import { sessionsPlugin } from '../../server/plugins/sessions.ts';
import { type Actor, buildStage, type Stage } from './stage.ts';

let stage: Stage;
let routes: DeclaredRoute[];
beforeAll(async () => {
  stage = await buildStage();
  routes = stage.app.declaredRoutes.filter(({ url }) => !url.startsWith('/assets/'));
});
afterAll(() => stage.close());

const roleOf: Record<Exclude<Actor, 'anonymous'>, 'owner' | 'member' | 'auditor' | 'respondent'> = {
  ...{ owner: 'owner', member: 'member', auditor: 'auditor', respondent: 'respondent', stranger: 'owner' },
};
const signOuts = ['/sign-out', '/v/sign-out', '/respond/sign-out'];

/** 401 without the right kind of session, 403 without the role; otherwise the route itself answers. */
function refusal(actor: Actor, { action }: DeclaredRoute): 401 | 403 | null {
  const { roles } = permissionOf(action);
  if (roles === 'anyone') return null;
  if (actor === 'anonymous') return 401;
  const role = roleOf[actor];
  if (roles.includes(role)) return null;
  const ofVendor = (one: Role) => (respondentRoles as readonly Role[]).includes(one);
  const sameKind = roles.some((one) => ofVendor(one) === ofVendor(role));
  return sameKind ? 403 : 401;
}

function ask(route: DeclaredRoute, cookie: string, fill: (name: string, url: string) => string) {
  return stage.app.inject({
    method: route.method as 'GET',
    url: route.url.replace('/*', '/x').replace(/:(\w+)/g, (_all, name: string) => fill(name, route.url)),
    headers: { cookie, origin: stage.services.config.publicUrl, accept: 'text/html' },
    ...(['POST', 'PUT', 'PATCH'].includes(route.method) ? { payload: {} } : {}),
  });
}

describe('Who may do what', () => {
  test('There are routes for every kind of visitor', () => {
    expect(routes.length).toBeGreaterThan(60);
    for (const actor of ['anonymous', 'owner', 'member', 'auditor', 'respondent'] as const) {
      expect(routes.some((route) => refusal(actor, route) === null)).toBe(true);
      expect(routes.some((route) => refusal(actor, route) !== null)).toBe(true);
    }
  });

  test.each(['anonymous', 'owner', 'member', 'auditor', 'respondent', 'stranger'] as const)(
    'Every route answers %s as the table says',
    async (actor) => {
      for (const route of routes.filter(({ url }) => !signOuts.includes(url))) {
        const { statusCode } = await ask(route, stage.cookies[actor], () => randomUUID());
        const wanted = refusal(actor, route);
        const told = `${route.method} ${route.url} as ${actor}: ${statusCode}`;
        if (wanted) expect({ told, statusCode }).toEqual({ told, statusCode: wanted });
        else expect([401, 403, 500], told).not.toContain(statusCode);
      }
    },
  );

  test('A program may do with an address what a person may do with the page of that address, and no more', () => {
    const actionsAt = (prefix: string) => {
      const own = routes.filter(({ url }) => url.startsWith('/api/') === (prefix === '/api'));
      return Map.groupBy(own, ({ method, url }) => {
        const isRead = method === 'GET' || method === 'HEAD';
        return `${isRead ? 'read' : 'change'} ${url.slice(prefix.length)}`;
      });
    };
    const pages = actionsAt('');
    expect([...actionsAt('/api').keys()].filter((address) => pages.has(address)).length).toBeGreaterThan(50);
    const differing = [...actionsAt('/api')].flatMap(([address, programs]) => {
      const people = new Set(pages.get(address)?.map(({ action }) => action) ?? programs.map(({ action }) => action));
      return programs.filter(({ action }) => !people.has(action)).map(({ action }) => `${address} ${action}`);
    });
    // The pages do these at addresses of their own: …/deletion and /respond/master.json.
    expect([...new Set(differing)]).toEqual([
      'change /assessments/:id assessments.delete',
      'read /respond/master respond.export',
    ]);
  });

  test('A route without an action, or with one nobody knows, stops the server from starting', async () => {
    for (const config of [{}, { action: 'reports.burn' }, { action: 'toString' }]) {
      const app = Fastify();
      await app.register(sessionsPlugin, { services: stage.services });
      await app.register(accessPlugin);
      expect(() => app.get('/open', { config: config as never }, async () => 'open')).toThrow(/declares no action/);
      await app.close();
    }
  });
});

describe('Ids of others', () => {
  const own: Record<string, keyof Stage['ids']> = {
    vendors: 'vendor',
    assessments: 'assessment',
    members: 'member',
    services: 'service',
  };
  /** The id of a row that exists, of the kind the address names. */
  const existing = (name: string, url: string) => {
    if (name === 'serviceId') return stage.ids.service;
    const kind = own[url.split('/').filter((part) => part !== 'api')[1] ?? ''];
    return kind && name === 'id' ? stage.ids[kind] : randomUUID();
  };

  test('A foreign, an unknown and a malformed id are answered with the same 404', async () => {
    // Published questionnaires are the same for everybody, and a vendor's session names its one assessment.
    const named = routes.filter(
      ({ method, url }) =>
        method === 'GET' && /:(id|serviceId)\b/.test(url) && !/^\/(respond|questionnaires)\b/.test(url),
    );
    expect(named.length).toBeGreaterThan(8);
    for (const route of named.filter(
      (one) => refusal('stranger', one) === null && permissionOf(one.action).roles !== 'anyone',
    )) {
      const bodies = new Set<string>();
      for (const fill of [
        existing,
        () => randomUUID(),
        () => 'nonsense',
        () => "1'--",
        () => '%00',
        () => 'x'.repeat(90),
      ]) {
        const { statusCode, body } = await ask(route, stage.cookies.stranger, fill);
        expect(`${route.url} ${statusCode}`).toBe(`${route.url} 404`);
        // The links to the same page in the other language repeat what was asked for, and nothing else does.
        bodies.add(body.replace(/<nav class="site-languages"[\s\S]*?<\/nav>/, ''));
      }
      expect(`${route.url} ${bodies.size}`).toBe(`${route.url} 1`);
    }
  });

  test('The same rows are there for their own organisation', async () => {
    for (const url of [`/vendors/${stage.ids.vendor}`, `/assessments/${stage.ids.assessment}`]) {
      const answer = await stage.app.inject({ url, headers: { cookie: stage.cookies.auditor } });
      expect(`${url} ${answer.statusCode}`).toBe(`${url} 200`);
    }
  });
});
