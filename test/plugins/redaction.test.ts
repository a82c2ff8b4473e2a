import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from '../../server/app.ts';
import { createOrganisation } from '../../server/features/accounts/organisations.usecases.ts';
import { hashPassword } from '../../server/features/accounts/password-hash.ts';
import { createLogger } from '../../server/logging.ts';
import { buildStage, type Stage } from './stage.ts';

/** What people keep secret, each findable by its own word. */
const canary = {
  password: 'canary-password-kohlrabi-am-fenster',
  linkToken: `ktks_${'canaryLinkToken'.padEnd(43, 'x')}`,
  vendorToken: `ktk1_${'canaryVendorToken'.padEnd(43, 'x')}`,
  code: '90817263',
  cookie: 'canary-cookie-value',
  authorization: 'Bearer canary-authorization',
  answer: 'canary answer: our backups have failed since May',
  query: 'canary-search-words',
  email: 'canary-person@minato.example',
};

let stage: Stage;
let logged = '';
beforeAll(async () => {
  const base = await buildStage();
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logged += String(chunk);
      done();
    },
  });
  const app = await buildApp({ ...base.services, log: createLogger('trace', sink) });
  stage = { ...base, app };
  await createOrganisation(base.services, {
    organisation: { name: 'カナリア', nameEn: null, isEntrustee: false },
    owner: {
      ...{ name: '花子', title: '', email: canary.email, locale: 'ja' },
      passwordHash: await hashPassword(canary.password),
    },
  });
  app.get('/test-breaks', { config: { action: 'site.view' } }, async () => {
    throw Object.assign(new Error(`Failed query: insert into answers\nparams: ${canary.answer}`), {
      detail: canary.answer,
    });
  });
});
afterAll(async () => {
  await stage.app.close();
  await stage.close();
});

const secrets = Object.entries(canary).filter(([name]) => name !== 'email');

async function post(url: string, payload: Record<string, string>, cookie = '') {
  return stage.app.inject({
    ...{ method: 'POST', url, payload: new URLSearchParams(payload).toString() },
    headers: {
      origin: stage.services.config.publicUrl,
      'content-type': 'application/x-www-form-urlencoded',
      authorization: canary.authorization,
      cookie: `${cookie}; other=${canary.cookie}`,
    },
  });
}

test('At the most talkative level no secret and no answer reaches the log', async () => {
  const entered = await post('/sign-in', { email: canary.email, password: canary.password });
  expect(entered.statusCode).toBe(303);
  const sessionToken = entered.cookies.find(({ name }) => name === '__Host-kantoku')?.value ?? '';
  expect(sessionToken.length).toBeGreaterThan(50);
  await post('/sign-in', { email: canary.email, password: `${canary.password}-wrong` });
  await post('/sign-in', { email: canary.email, password: canary.password, 'unknown-field': canary.password });
  await post('/welcome', { token: canary.linkToken });
  await post('/welcome/password', { token: canary.linkToken, password: canary.password, repeated: canary.password });
  await post('/v/start', { token: canary.vendorToken });
  await post('/v/code', { code: canary.code });
  await post('/account/password', { current: canary.password, password: 'x', repeated: 'x' }, stage.cookies.owner);
  await stage.app.inject(`/sign-in?to=/vendors?q=${canary.query}`);
  await stage.app.inject(`/welcome/${canary.linkToken}`);
  await stage.app.inject(`/nowhere?token=${canary.vendorToken}&q=${canary.query}`);
  for (const value of [canary.answer, { wrong: canary.answer }]) {
    await stage.app.inject({
      ...{ method: 'PUT', url: '/api/respond/answers/LOG-06', payload: { revision: 0, comment: canary.answer, value } },
      headers: { cookie: stage.cookies.respondent, origin: stage.services.config.publicUrl },
    });
  }
  const broken = await stage.app.inject('/test-breaks');
  expect(broken.statusCode).toBe(500);

  expect(logged.split('\n').length).toBeGreaterThan(30);
  expect(logged).toContain('unexpected error');
  for (const [name, secret] of secrets) expect(`${name} ${logged.includes(secret)}`).toBe(`${name} false`);
  expect(logged).not.toContain(sessionToken);
  expect(logged).not.toContain(stage.cookies.respondent.split('=')[1]);
  expect(logged).not.toContain(canary.email);
});

test('A refused sign-in is in the log, without the address but so that tries can be told to belong together', () => {
  const lines = logged
    .split('\n')
    .filter((line) => line.includes('authn_login_fail'))
    .map((line) => JSON.parse(line));
  expect(lines.length).toBeGreaterThanOrEqual(1);
  expect(lines[0]).toMatchObject({ level: 40, account: expect.stringMatching(/^[\da-f]{16}$/), ip: '127.0.0.1' });
});

test('An unexpected failure tells the visitor a number that stands in the log, and nothing of itself', async () => {
  const broken = await stage.app.inject({ url: '/test-breaks', headers: { accept: 'application/json' } });
  const { errorId, ...rest } = broken.json();
  expect(logged).toContain(errorId);
  expect(JSON.stringify(rest)).not.toMatch(/query|insert|canary|node_modules|Error:/i);
});
