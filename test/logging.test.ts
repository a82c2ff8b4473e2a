import { Writable } from 'node:stream';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { connect } from '../db/client.ts';
import { createLogger } from '../server/logging.ts';
import { createTestDatabase } from './support/database.ts';

function capture() {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { log: createLogger('trace', sink), text: () => lines.join('') };
}

test('the parameters of a failed query, which are answers, are not logged', async () => {
  const files = await createTestDatabase();
  const database = connect(files.url, { onError: () => {} });
  const { log, text } = capture();
  const answer = '回答 canary\nparams: second line';
  const failed = await database
    .byCredential('x', (db) => db.execute(sql`select ${answer}::text, ${'canary two'}::int`))
    .catch((error: unknown) => error);
  log.error({ err: failed }, 'save failed');
  await database.close();
  await files.drop();
  expect(text()).not.toMatch(/canary|second line/);
  const { err } = JSON.parse(text());
  expect(err.message).toMatch(/^Failed query: select \$1::text/);
  expect(err.cause.code).toBe('22P02');
  expect(err.stack).toMatch(/\n {4}at /);
});

test('values quoted by the database in its details are not logged', () => {
  const { log, text } = capture();
  const error = Object.assign(new Error('duplicate key value violates unique constraint "members_email_unique"'), {
    code: '23505',
    detail: 'Key (email)=(canary@example.jp) already exists.',
    where: 'canary',
  });
  log.error({ err: error }, 'x');
  expect(text()).not.toMatch(/canary/);
  expect(JSON.parse(text()).err).toMatchObject({ code: '23505' });
});

test.each([
  ['/vendors?q=canary', '/vendors'],
  ['/welcome/1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0dcanary', '/welcome/…'],
  ['/assessments/0b8f3c52-6c1e-4a53-9d0e-2f4a55a3c111', '/assessments/0b8f3c52-6c1e-4a53-9d0e-2f4a55a3c111'],
])('of a request the path is logged, without what may be secret (%s)', (url, path) => {
  const { log, text } = capture();
  const request = {
    id: 'req-1',
    method: 'GET',
    url,
    ip: '127.0.0.1',
    headers: { cookie: 'canary', authorization: 'canary' },
  };
  log.info({ req: request }, 'incoming request');
  expect(JSON.parse(text()).req).toEqual({ id: 'req-1', method: 'GET', path, ip: '127.0.0.1' });
});
