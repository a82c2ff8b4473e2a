import { createHook } from 'node:async_hooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countAttempt } from '../../../server/features/accounts/attempts.ts';
import { createOrganisation } from '../../../server/features/accounts/organisations.usecases.ts';
import { hashPassword } from '../../../server/features/accounts/password-hash.ts';
import { networkOf } from '../../../server/plugins/network-address.ts';
import { startApp } from '../../plugins/stage.ts';
import type { TestApp } from '../../support/app.ts';
import { startTestServices, type TestServices } from '../../support/services.ts';
import { Browser } from './browser.ts';

const EMAIL = 'hanako@minato.example';
const PASSWORD = '青い自転車で港まで走った夏の朝に';
const owner = { name: '監督 花子', title: '', email: EMAIL, locale: 'ja' } as const;

describe('Counting tries', () => {
  let services: TestServices;
  beforeAll(async () => {
    services = await startTestServices();
  });
  afterAll(() => services.close());

  const tries = async (account: string, ips: readonly string[]) => {
    const outcomes = await Promise.allSettled(ips.map((ip) => countAttempt(services, 'test', account, ip)));
    return outcomes.filter(({ status }) => status === 'fulfilled').length;
  };

  test('Twenty at once from one address: exactly five are let through', async () => {
    expect(await tries('a@example.jp', Array(20).fill('203.0.113.1'))).toBe(5);
  });

  test('Then a pause that doubles from 1 to 64 seconds, but never for good', async () => {
    const ip = '203.0.113.2';
    expect(await tries('a@example.jp', Array(6).fill(ip))).toBe(5);
    for (const pause of [1, 2, 4, 8, 16, 32, 64, 64, 64]) {
      services.clock.advance(pause * 1_000 - 1);
      expect([pause, await tries('a@example.jp', [ip])]).toEqual([pause, 0]);
      services.clock.advance(1);
      expect([pause, await tries('a@example.jp', [ip])]).toEqual([pause, 1]);
    }
    services.clock.advance(15 * 60_000);
    expect(await tries('a@example.jp', Array(20).fill(ip))).toBe(5);
  });

  test('The refusal says how long to wait', async () => {
    await expect(countAttempt(services, 'test', 'a@example.jp', '203.0.113.2')).rejects.toMatchObject({
      ...{ status: 429, details: { retryAfter: 1 }, publicMessage: { ja: expect.stringContaining('1秒') } },
    });
  });

  test('Nobody can lock out somebody at another address', async () => {
    expect(await tries('a@example.jp', ['198.51.100.7'])).toBe(1);
  });

  test('One address gets 50 tries in 15 minutes over all accounts', async () => {
    const accounts = Array.from({ length: 60 }, (_, n) => `person${n}@example.jp`);
    const outcomes = await Promise.allSettled(accounts.map((one) => countAttempt(services, 'test', one, '192.0.2.9')));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(50);
  });

  test('A whole IPv6 /64 is one address', async () => {
    const ips = Array.from({ length: 20 }, (_, n) => `2001:db8:1:2::${n.toString(16)}`);
    expect(await tries('b@example.jp', ips)).toBe(5);
    expect(await tries('b@example.jp', ['2001:db8:1:3::1'])).toBe(1);
    expect(networkOf('2001:db8:1:2::1')).toBe(networkOf('2001:0db8:0001:0002:ffff::5'));
    expect(networkOf('::ffff:203.0.113.1')).toBe('203.0.113.1');
  });
});

describe('Signing in', () => {
  let site: TestApp;
  beforeAll(async () => {
    site = await startApp();
    const passwordHash = await hashPassword(PASSWORD);
    await createOrganisation(site.services, {
      organisation: { name: 'みなと', nameEn: null, isEntrustee: false },
      owner: { ...owner, passwordHash },
    });
  });
  afterAll(() => site.close());

  const tryIn = (email: string, password: string, ip: string, forwarded = '') =>
    site.app.inject({
      ...{
        method: 'POST',
        url: '/sign-in',
        payload: new URLSearchParams({ email, password }).toString(),
        remoteAddress: ip,
      },
      headers: {
        origin: site.services.config.publicUrl,
        'content-type': 'application/x-www-form-urlencoded',
        ...(forwarded ? { 'x-forwarded-for': forwarded } : {}),
      },
    });

  test('An unknown address, a wrong password and an empty one are answered with the same page', async () => {
    const bodies = await Promise.all([
      tryIn('nobody@minato.example', PASSWORD, '10.0.0.1'),
      tryIn(EMAIL, 'wrong', '10.0.0.2'),
      tryIn(EMAIL, '', '10.0.0.3'),
    ]);
    expect(bodies.map(({ statusCode }) => statusCode)).toEqual([400, 400, 400]);
    const [unknown, wrong, empty] = bodies.map(({ body }) => body.replace(/value="[^"]*@minato.example"/, ''));
    expect(unknown).toBe(wrong);
    expect(empty).toBe(wrong);
  });

  /** Argon2 takes some 100 ms; leaving it out for unknown addresses would show at once. */
  test('The same work is done for an unknown address as for a known one', async () => {
    const hashings = async (email: string, ip: string) => {
      let count = 0;
      const hook = createHook({
        init: (_, type) => {
          if (type === 'ARGON2REQUEST') count += 1;
        },
      }).enable();
      await tryIn(email, 'wrong', ip);
      hook.disable();
      return count;
    };
    expect(await hashings(EMAIL, '10.1.1.1')).toBe(1);
    expect(await hashings('nobody@minato.example', '10.1.2.1')).toBe(1);
  });

  test('Made-up X-Forwarded-For headers gain no tries', async () => {
    const outcomes: number[] = [];
    for (let n = 0; n < 12; n += 1)
      outcomes.push((await tryIn(EMAIL, 'wrong', '10.2.0.1', `198.51.100.${n}`)).statusCode);
    expect(outcomes.filter((status) => status !== 429)).toHaveLength(5);
  });

  test('Behind one proxy the caller is the last address it wrote, not the first one claimed', async () => {
    const behind = await startApp({}, { TRUST_PROXY: '1' });
    const before = site;
    site = behind;
    const outcomes: number[] = [];
    for (let n = 0; n < 12; n += 1) {
      outcomes.push((await tryIn(EMAIL, 'wrong', '10.9.9.9', `198.51.100.${n}, 203.0.113.50`)).statusCode);
    }
    const other = await tryIn(EMAIL, 'wrong', '10.9.9.9', '198.51.100.1, 203.0.113.51');
    site = before;
    await behind.close();
    expect(outcomes.filter((status) => status !== 429)).toHaveLength(5);
    expect(other.statusCode).toBe(400);
  });

  test('The right password gets in after some wrong ones, and ends the count', async () => {
    for (let n = 0; n < 4; n += 1) await tryIn(EMAIL, 'wrong', '10.3.0.1');
    expect((await tryIn(EMAIL, PASSWORD, '10.3.0.1')).statusCode).toBe(303);
    for (let n = 0; n < 5; n += 1) expect((await tryIn(EMAIL, 'wrong', '10.3.0.1')).statusCode).toBe(400);
    expect((await tryIn(EMAIL, PASSWORD, '10.3.0.1')).statusCode).toBe(429);
    expect((await tryIn(EMAIL, PASSWORD, '10.3.0.2')).statusCode).toBe(303);
  });

  test('It never leads to another site', async () => {
    for (const to of [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
      '/sign-out',
    ]) {
      const browser = new Browser(site, `10.4.0.${to.length}`);
      expect((await browser.post('/sign-in', { email: EMAIL, password: PASSWORD, to })).headers.location).toBe(
        '/assessments',
      );
    }
  });

  test('The sixth browser ends the session of the first', async () => {
    const browsers = Array.from({ length: 6 }, (_, n) => new Browser(site, `10.5.0.${n}`));
    for (const browser of browsers) {
      await browser.post('/sign-in', { email: EMAIL, password: PASSWORD });
      site.services.clock.advance(1_000);
    }
    const statuses: number[] = [];
    for (const browser of browsers) statuses.push((await browser.get('/account')).statusCode);
    expect(statuses).toEqual([401, 200, 200, 200, 200, 200]);
  });
});

describe('The limit for everybody', () => {
  test('Counts addresses, does not count assets, and cannot be lifted by a header', async () => {
    const site = await startApp({ requestsPerMinute: 10 });
    const ask = (url: string, n: number) =>
      site.app.inject({ url, remoteAddress: '10.6.0.1', headers: { 'x-forwarded-for': `198.51.100.${n}` } });
    for (let n = 0; n < 30; n += 1) expect((await ask('/assets/kantoku.css', n)).statusCode).toBe(200);
    const statuses: number[] = [];
    for (let n = 0; n < 20; n += 1) statuses.push((await ask('/sign-in', n)).statusCode);
    expect(statuses.filter((status) => status === 200)).toHaveLength(10);
    const refused = await ask('/sign-in', 1);
    expect(refused.headers['retry-after']).toBeDefined();
    expect(refused.body).toContain('しばらくお待ちください');
    await site.close();
  });
});
