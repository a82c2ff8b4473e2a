import type { BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOrganisation } from '../../server/features/accounts/organisations.usecases.ts';
import { createSignInLink } from '../../server/features/accounts/sign-in-links.usecases.ts';
import { openStage, type Stage } from '../journeys/stage.ts';
import { barriers } from '../support/barriers.ts';

const pages = ['/styleguide', '/account', '/members', '/sign-in', '/welcome', '/password-link', '/nowhere'];
const phone = { viewport: { width: 360, height: 740 } };

let stage: Stage;
let ids: Awaited<ReturnType<typeof createOrganisation>>;
beforeAll(async () => {
  stage = await openStage();
  ids = await createOrganisation(stage.services, {
    organisation: { name: '株式会社みなと', nameEn: 'Minato Inc.', isEntrustee: false },
    owner: { name: '監督 花子', title: '個人情報保護管理者', email: 'hanako@minato.example', locale: 'ja' },
  });
});
afterAll(() => stage.close());

async function signedIn(options: BrowserContextOptions) {
  const visit = await stage.visit(options);
  await visit.page.goto(await createSignInLink(stage.services, ids));
  await visit.page.getByRole('button').first().click();
  await visit.page.waitForURL('**/assessments');
  return visit;
}

describe('The look', () => {
  test.each<[string, BrowserContextOptions]>([
    ['light', { bypassCSP: true }],
    ['dark, on a phone', { bypassCSP: true, colorScheme: 'dark', ...phone }],
    ['in English', { bypassCSP: true, locale: 'en-GB' }],
  ])(
    'Nothing stands in the way of anybody: %s',
    async (_name, options) => {
      const { page, close } = await signedIn(options);
      for (const path of pages) {
        await page.goto(path);
        expect(await barriers(page)).toEqual([]);
      }
      await close();
    },
    90_000,
  );

  test.each<[string, BrowserContextOptions]>([
    ['at 360 px', phone],
    ['at 400 % zoom of 1280 px', { viewport: { width: 320, height: 256 } }],
    ['in English at 360 px', { ...phone, locale: 'en-GB' }],
  ])(
    'No page scrolls sideways %s, and no script or style was refused',
    async (_name, options) => {
      const { page, complaints, close } = await signedIn(options);
      for (const path of pages) {
        await page.goto(path);
        const beyond = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect(`${path} ${beyond}`).toBe(`${path} 0`);
      }
      expect(complaints).toEqual([]);
      await close();
    },
    60_000,
  );

  test('Targets are at least 24 px high and wide', async () => {
    const { page, close } = await signedIn(phone);
    for (const path of pages) {
      await page.goto(path);
      const small = await page.$$eval('button, input:not([type=hidden]), select, .site-nav a, .back-link', (all) =>
        all
          .map((element) => ({ box: element.getBoundingClientRect(), what: element.outerHTML.slice(0, 80) }))
          .filter(({ box }) => box.width > 2 && (box.height < 22 || box.width < 22))
          .map(({ what, box }) => `${what} ${box.width}×${box.height}`),
      );
      expect(small).toEqual([]);
    }
    await close();
  });

  test('Everything works without scripts: the pasted link signs in', async () => {
    const { page, close } = await stage.visit({ javaScriptEnabled: false });
    const link = await createSignInLink(stage.services, ids);
    await page.goto('/welcome');
    await page.locator('input[name=token]').fill(link);
    await page.getByRole('button').first().click();
    await page.waitForURL('**/assessments');
    await page.goto('/account');
    expect(await page.locator('h1').textContent()).toBe('アカウント設定');
    await close();
  });

  test('With scripts the token leaves the address bar before anything is sent', async () => {
    const { page, close } = await stage.visit();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(`${request.url()} ${request.headers().referer ?? ''}`));
    await page.goto(await createSignInLink(stage.services, ids));
    await page.waitForFunction('location.hash === ""');
    expect(asked.join('\n')).not.toContain('ktks_');
    await close();
  });
});
