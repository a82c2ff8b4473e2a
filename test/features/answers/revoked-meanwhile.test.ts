import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { asOwner } from '../../support/database.ts';
import { colleague, newTeam, rowsOf, type Team } from '../people/team.ts';
import type { Visitor } from '../respondents/visitor.ts';

let test: TestApp;
let team: Team;
let person: { linkId: string; browser: Visitor };

beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());
beforeEach(async () => {
  team = await newTeam(test);
  person = await colleague(test, team, 'contributor');
});

const revoke = 'update respondent_links set revoked_at = now() where id = $1';
const narrow = `update respondent_links set scope = '{"sections":["ORG"],"questions":[]}' where id = $1`;
const signOut = 'update sessions set revoked_at = now() where link_id = $1';

describe('an upload still running', () => {
  it.each([
    ['when the invitation is revoked', revoke, 401],
    ['when the person signs out', signOut, 401],
    ['when the part becomes another', narrow, 404],
  ])('%s is not filed, and its bytes go', async (_, change, status) => {
    const before = heldFiles();
    const reply = await whileLocked(change, () =>
      post('/api/respond/evidence', { subject: 'AUTH-01' }, { control: 'file', name: '規程.txt' }),
    );
    expect(reply.statusCode).toBe(status);
    expect(await filed()).toEqual([]);
    expect(heldFiles()).toEqual(before);
  });

  it('as part of the form of a section is not filed either', async () => {
    const before = heldFiles();
    const reply = await whileLocked(revoke, () =>
      post('/respond/sections/AUTH', {}, { control: 'AUTH-01.file', name: '規程.txt' }),
    );
    expect(reply.statusCode).toBe(401);
    expect(await filed()).toEqual([]);
    expect(heldFiles()).toEqual(before);
  });

  it('is filed when nothing changes', async () => {
    const reply = await whileLocked('select $1::uuid', () =>
      post('/api/respond/evidence', { subject: 'AUTH-01' }, { control: 'file', name: '規程.txt' }),
    );
    expect(reply.statusCode).toBe(201);
    expect(await filed()).toEqual([{ subject: 'AUTH-01' }]);
  });
});

it('a form that is still arriving when the invitation is revoked changes no answer', async () => {
  const before = heldFiles();
  const { headers, payload } = await formOf(
    { control: 'AUTH-01.file', name: '規程.txt' },
    { 'AUTH-01.revision': '0', 'AUTH-01.typed': '12' },
  );
  const body = new PassThrough();
  const reply = test.app.inject({ method: 'POST', url: '/respond/sections/AUTH', headers, payload: body });
  const end = payload.indexOf('AUTH-01.typed');
  body.write(payload.subarray(0, end));
  while (heldFiles().length === before.length) await new Promise((resolve) => setTimeout(resolve, 10));
  await asOwner(test.services.ownerUrl, (client) => client.query(revoke, [person.linkId]));
  body.end(payload.subarray(end));
  expect((await reply).statusCode).toBe(401);
  expect(await rowsOf(test, `select 1 from answers where assessment_id = '${team.sent.assessmentId}'`)).toEqual([]);
  expect(heldFiles()).toEqual(before);
});

/** Makes a change in the moment when `request` waits for its turn at the assessment. */
async function whileLocked<T>(change: string, request: () => Promise<T>): Promise<T> {
  let reply: Promise<T> | undefined;
  await asOwner(test.services.ownerUrl, async (client) => {
    await client.query('begin');
    await client.query('select 1 from assessments where id = $1 for update', [team.sent.assessmentId]);
    reply = request();
    for (let waiting = 0; waiting === 0; ) {
      const { rowCount } = await client.query(
        "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      waiting = rowCount ?? 0;
    }
    await client.query(change, [person.linkId]);
    await client.query('commit');
  });
  if (!reply) throw new Error('nothing was requested');
  return reply;
}

type Chosen = { control: string; name: string };

async function post(url: string, fields: Record<string, string>, file: Chosen) {
  return test.app.inject({ method: 'POST', url, ...(await formOf(file, fields)) });
}

/** A form as a browser sends it: the file first. */
async function formOf({ control, name }: Chosen, fields: Record<string, string>) {
  const form = new FormData();
  if (fields.subject !== undefined) form.append('subject', fields.subject);
  form.append(control, new Blob(['規程の本文']), name);
  for (const [field, value] of Object.entries(fields)) if (field !== 'subject') form.append(field, value);
  const request = new Request('http://localhost', { method: 'POST', body: form });
  return {
    headers: {
      origin: test.services.config.publicUrl,
      cookie: [...person.browser.cookies].map(([key, value]) => `${key}=${value}`).join('; '),
      'content-type': request.headers.get('content-type') ?? '',
    },
    payload: Buffer.from(await request.arrayBuffer()),
  };
}

function filed() {
  return rowsOf(test, `select subject from evidence_files where assessment_id = '${team.sent.assessmentId}'`);
}

function heldFiles(): string[] {
  const folder = join(test.services.config.dataDir, 'evidence');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /[\da-f]{32}/.test(name));
}
