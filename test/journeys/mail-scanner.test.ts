import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Invited, invited, mailedCode } from '../features/respondents/visitor.ts';
import { asOwner } from '../support/database.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 60_000);
afterAll(() => stage.close());

/** What security products do with a link in a mail, at their most eager: open it, run its scripts, press everything there is. */
async function scan({ token }: Invited): Promise<void> {
  const { page, close } = await stage.visit({ viewport: { width: 1280, height: 900 } });
  await page.goto(`/v#${token}`);
  for (let step = 0; step < 4; step++) await pressEverything(page);
  // What it has pressed is over before the person comes.
  await page.waitForLoadState('networkidle');
  await close();
}

async function pressEverything(page: Page): Promise<void> {
  const here = page.url();
  const count = await page.locator('button, input[type=submit], [role=button]').count();
  for (let i = 0; i < count; i++) {
    const button = page.locator('button, input[type=submit], [role=button]').nth(i);
    if (!(await button.isVisible().catch(() => false))) continue;
    await button.click({ timeout: 2_000 }).catch(() => {});
    await page.waitForLoadState();
    if (page.url() !== here) return;
  }
}

async function count(query: string): Promise<number> {
  let rows = 0;
  await asOwner(stage.services.ownerUrl, async (client) => {
    rows = (await client.query(query)).rows.length;
  });
  return rows;
}

describe('after a mail scanner has clicked everything', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    'nobody is in, few mails went out, and the person gets in at once (mailbox %i)',
    { timeout: 90_000 },
    async (mailbox) => {
      stage.services.clock.advance(30 * 60_000);
      const sent = await invited(stage.app, stage.services);
      const before = await count(`select 1 from sessions where kind = 'respondent' and link_id = '${sent.linkId}'`);
      for (let round = 0; round < (mailbox === 1 ? 3 : 1); round++) {
        await stage.app.inject({ method: 'HEAD', url: '/v' });
        for (let i = 0; i < 50; i++) await stage.app.inject({ method: 'GET', url: '/v' });
        await scan(sent);
        stage.services.clock.advance(5_000);
      }
      expect(await count(`select 1 from sessions where kind = 'respondent' and link_id = '${sent.linkId}'`)).toBe(
        before,
      );
      const mails = await count(`select 1 from mails where kind = 'code' and assessment_id = '${sent.assessmentId}'`);
      expect(mails).toBeGreaterThan(0);
      expect(mails).toBeLessThanOrEqual(3);
      await stage.services.mails();

      const { page, close } = await stage.visit();
      const referers: string[] = [];
      page.on('request', (request) => referers.push(request.headers().referer ?? ''));
      await page.goto(`/v#${sent.token}`);
      await page.getByRole('button', { name: '確認コードを受け取る' }).click();
      await page.waitForURL('**/v/code');
      await page.getByLabel('確認コード').fill(await mailedCode(stage.services));
      await page.getByRole('button', { name: '回答画面へ進む' }).click();
      await page.waitForURL('**/respond');
      expect(referers.filter((referer) => referer.includes(sent.token))).toEqual([]);
      await close();
    },
  );
});
