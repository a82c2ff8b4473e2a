import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { organisations } from '../../db/schema/index.ts';
import { buildApp } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { createLogger } from '../../server/logging.ts';
import { assemble, type Running } from '../../server/start-services.ts';
import { createTestDatabase, TEST_SECRET, type TestDatabase } from '../support/database.ts';
import { type Outage, openWayTo } from '../support/outage.ts';

let files: TestDatabase;
let way: Outage;
let running: Running;
let app: FastifyInstance;
const dataDir = mkdtempSync(join(tmpdir(), 'kantoku-outage-'));

beforeEach(async () => {
  files = await createTestDatabase();
  way = await openWayTo(files.url);
  const config = readConfig({ DATA_DIR: dataDir, APP_SECRET: TEST_SECRET });
  running = await assemble(config, way.url, { worker: true, log: createLogger('silent') });
  app = await buildApp(running.services);
});
afterEach(async () => {
  await app.close();
  await running.close();
  await way.close();
  await files.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

test('while the database is away people are told to try again, and then everything works as before', async () => {
  expect((await signIn()).statusCode).toBeLessThan(500);
  await way.cut();
  const page = await signIn();
  expect(page.statusCode).toBe(503);
  expect(page.body).toContain('データベースに接続できない');
  const program = await signIn('application/json');
  expect(program.statusCode).toBe(503);
  expect(program.json()).toMatchObject({
    code: 'database_unavailable',
    message: { en: expect.stringMatching(/try again/) },
  });
  expect((await app.inject('/readyz')).statusCode).toBe(503);
  await way.mend();
  expect((await signIn()).statusCode).toBeLessThan(500);
  expect((await app.inject('/readyz')).json()).toMatchObject({ status: 'ready' });
});

test('a transaction cut in the middle keeps nothing, and what was saved before stays', async () => {
  const { database } = running.services;
  const [kept, lost] = [randomUUID(), randomUUID()];
  await database.inOrganisation(kept, (db) => db.insert(organisations).values({ id: kept, name: '保存済み' }));
  const story = database.inOrganisation(lost, async (db) => {
    await db.insert(organisations).values({ id: lost, name: '途中' });
    await way.cut();
    await db.execute(sql`select 1`);
  });
  await expect(story).rejects.toThrow();
  await way.mend();
  expect(await database.inOrganisation(kept, (db) => db.select().from(organisations))).toMatchObject([
    { name: '保存済み' },
  ]);
  expect(await database.inOrganisation(lost, (db) => db.select().from(organisations))).toEqual([]);
});

test('jobs sent after an outage are worked on again', async () => {
  const run = vi.fn(async () => {});
  await running.queue.work({ 'send-mail': { run, giveUp: async () => {} } });
  await way.cut();
  await new Promise((resolve) => setTimeout(resolve, 300));
  await way.mend();
  const job = { organisationId: randomUUID(), id: randomUUID() };
  await running.services.database.inOrganisation(job.organisationId, (db) => running.queue.send(db, 'send-mail', job));
  await vi.waitFor(() => expect(run).toHaveBeenCalledWith(job), { timeout: 20_000 });
});

function signIn(accept = 'text/html') {
  return app.inject({
    method: 'POST',
    url: '/sign-in',
    headers: {
      host: 'localhost:3000',
      origin: 'http://localhost:3000',
      'sec-fetch-site': 'same-origin',
      accept,
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: new URLSearchParams({ email: 'nobody@example.jp', password: 'a long enough password' }).toString(),
  });
}
