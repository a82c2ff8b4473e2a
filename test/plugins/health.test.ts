import { afterEach, expect, test } from 'vitest';
import { buildTestApp, type TestApp } from '../support/app.ts';
import { asOwner } from '../support/database.ts';

let stage: TestApp;
afterEach(() => stage.close());

test('a server with everything it stands on is ready', async () => {
  stage = await buildTestApp();
  expect((await stage.app.inject('/livez')).json()).toEqual({ status: 'ok' });
  const ready = await stage.app.inject('/readyz');
  expect(ready.statusCode).toBe(200);
  expect(ready.json()).toMatchObject({
    status: 'ready',
    checks: {
      database: { ok: true },
      migrations: { ok: true },
      queue: { ok: true, waiting: 0, givenUp: 0 },
      browser: { ok: true, isolation: expect.any(String) },
      mail: { ok: true, by: 'capture' },
      virusScanner: { ok: true, by: 'none' },
    },
  });
});

test('with its virus scanner away it serves, degraded', async () => {
  stage = await buildTestApp({ CLAMD_HOST: '127.0.0.1:9' });
  const ready = await stage.app.inject('/readyz');
  expect(ready.statusCode).toBe(200);
  expect(ready.json()).toMatchObject({ status: 'degraded', checks: { virusScanner: { ok: false } } });
});

test('a flood of questions, which nobody limits, costs the database one look', async () => {
  stage = await buildTestApp();
  const { app, services } = stage;
  let used = 0;
  services.database.pool.on('acquire', () => {
    used += 1;
  });
  const answers = await Promise.all(Array.from({ length: 50 }, () => app.inject('/readyz')));
  expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(50);
  expect(used).toBeGreaterThan(0);
  expect(used).toBeLessThan(10);
});

test('without mail server or browser it still serves, degraded, and says which', async () => {
  stage = await buildTestApp({ MAIL_URL: 'smtp://127.0.0.1:1', PUPPETEER_EXECUTABLE_PATH: '/nowhere' });
  const ready = await stage.app.inject('/readyz');
  expect(ready.statusCode).toBe(200);
  expect(ready.json()).toMatchObject({ status: 'degraded', checks: { mail: { ok: false }, browser: { ok: false } } });
});

test('a database from before the last migration is not served', async () => {
  stage = await buildTestApp();
  await asOwner(stage.services.ownerUrl, (owner) =>
    owner.query(
      'delete from migrations.__drizzle_migrations where id = (select max(id) from migrations.__drizzle_migrations)',
    ),
  );
  const ready = await stage.app.inject('/readyz');
  expect(ready.statusCode).toBe(503);
  expect(ready.json()).toMatchObject({ status: 'unavailable', checks: { migrations: { ok: false } } });
});

test('without its database it is alive but not ready, and tells nobody why', async () => {
  stage = await buildTestApp();
  const name = new URL(stage.services.ownerUrl).pathname.slice(1);
  const server = stage.services.ownerUrl.replace(/\/[^/]+$/, '/postgres');
  await asOwner(server, (owner) => owner.query(`drop database ${name} with (force)`));
  expect((await stage.app.inject('/livez')).statusCode).toBe(200);
  const ready = await stage.app.inject('/readyz');
  expect(ready.statusCode).toBe(503);
  expect(ready.json()).toMatchObject({ status: 'unavailable', checks: { database: { ok: false } } });
  expect(ready.body).not.toContain(name);
});
