import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOrganisation, type OrganisationIds } from '../../../server/features/accounts/organisations.usecases.ts';
import { createSignInLink } from '../../../server/features/accounts/sign-in-links.usecases.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { Browser, tokenOf } from './browser.ts';

let site: TestApp;
let ids: OrganisationIds;
beforeAll(async () => {
  site = await buildTestApp();
  ids = await createOrganisation(site.services, {
    organisation: { name: '株式会社みなと', nameEn: null, isEntrustee: false },
    owner: { name: '監督 花子', title: '', email: 'hanako@minato.example', locale: 'ja' },
  });
});
afterAll(() => site.close());

async function signedIn(): Promise<Browser> {
  const browser = new Browser(site);
  await browser.post('/welcome', { token: tokenOf(await createSignInLink(site.services, ids)) });
  return browser;
}

test('The token of a session ends with the session, after twelve hours', async () => {
  const browser = await signedIn();
  const [, claims = ''] = (/__Host-kantoku=([^;]+)/.exec(browser.cookies())?.[1] ?? '').split('.');
  const { iat, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { iat: number; exp: number };
  expect(exp - iat).toBe(12 * 3_600);
});

test('Names stay on one line in mails, and an address that no mail could bear is refused at its field', async () => {
  const owner = await signedIn();
  const broken = { name: '鈴木\r\n\r\nhttp://evil.example/', title: '部長\t', role: 'auditor', locale: 'ja' };
  const refused = await owner.post('/members', { ...broken, email: 'su\u0001zuki@minato.example' });
  expect(refused.statusCode).toBe(400);
  expect(refused.body).toContain('name@example.jp の形で');
  expect((await owner.post('/members', { ...broken, email: 'suzuki@minato.example' })).statusCode).toBe(303);
  const [mail] = await site.services.mails();
  expect(mail?.to.address).toBe('suzuki@minato.example');
  expect(mail?.text).toContain('鈴木 http://evil.example/ 様');
});

test('However often and from wherever a password link is asked for, the mailbox gets a few, and the last one works', async () => {
  const { clock, mails } = site.services;
  const sent = async () => (await mails()).filter(({ kind }) => kind === 'password-link');
  const ask = (n: number) =>
    new Browser(site, `10.7.0.${n}`).post('/password-link', { email: 'hanako@minato.example' });
  clock.advance(24 * 3_600_000);
  for (let n = 0; n < 12; n += 1) {
    clock.advance(61_000);
    await ask(n);
    await mails();
  }
  const [last, ...others] = await sent();
  expect(others).toHaveLength(2);
  expect((await new Browser(site).post('/welcome', { token: tokenOf(last?.text) })).statusCode).toBe(200);
  for (let n = 20; n < 40; n += 1) {
    clock.advance(16 * 60_000);
    await ask(n);
  }
  expect(await sent()).toHaveLength(10);
});
