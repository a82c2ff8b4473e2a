import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { advisedAssessment } from '../features/answers/advised.ts';
import type { SentAssessment } from '../features/answers/sent-assessment.ts';
import { barriers } from '../support/barriers.ts';
import { look, openStage, type Stage, type Visit } from './stage.ts';

let stage: Stage;
let sent: SentAssessment;

beforeAll(async () => {
  stage = await openStage();
}, 60_000);
afterAll(() => stage?.close());
beforeEach(async () => {
  sent = await advisedAssessment(stage);
});

/** A browser that is signed in as the vendor's contact. */
async function vendor(options: BrowserContextOptions = {}): Promise<Visit> {
  const visit = await stage.visit(options);
  const [name = '', value = ''] = sent.respondent.split('=');
  await visit.page
    .context()
    .addCookies([{ name, value, domain: 'localhost', path: '/', secure: true, httpOnly: true, sameSite: 'Strict' }]);
  visit.page.setDefaultTimeout(20_000);
  return visit;
}

const choose = (page: Page, id: string) => page.locator(`label[for="${id}"]`).click();
const question = (page: Page, id: string) => page.locator(`[id="q-${id}"]`);
const advice = (page: Page, id: string) => question(page, id).locator('[data-advice] .advice');

describe('with scripts', () => {
  it('advice appears beside the answer once it is saved, changes with it and goes with it', async () => {
    const { page, complaints, close } = await vendor();
    await page.goto('/respond/sections/AUTH');
    expect(await page.locator('.advice:visible').count()).toBe(0);
    await page.locator('[id="AUTH-01-typed"]').fill('６');
    await page.locator('[id="AUTH-01-typed"]').press('Tab');
    await advice(page, 'AUTH-01').getByText('利用者のパスワードに関する規則が弱く').waitFor();
    expect(await advice(page, 'AUTH-01').getByText('最小10文字').count()).toBe(1);
    // What is read out is a polite region that was there before; the keyboard stays where it was.
    expect(await question(page, 'AUTH-01').locator('[data-advice]').getAttribute('aria-live')).toBe('polite');
    expect(await page.evaluate('document.activeElement.name')).toBe('AUTH-01.choice');

    await choose(page, 'AUTH-03-long');
    const differs = advice(page, 'AUTH-03');
    await differs.getByText('ほかの回答と合わない可能性').waitFor();
    await differs.getByRole('link', { name: 'AUTH-01' }).click();
    expect(new URL(page.url()).hash).toBe('#q-AUTH-01');
    await look(page, 'advice-section');
    expect(await barriers(page)).toEqual([]);

    await page.locator('[id="AUTH-01-typed"]').fill('15');
    await page.locator('[id="AUTH-01-typed"]').press('Tab');
    await expect.poll(() => advice(page, 'AUTH-01').count()).toBe(0);
    expect(await advice(page, 'AUTH-03').count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it('leaves alone what it has said already', async () => {
    const { page, close } = await vendor();
    await page.goto('/respond/sections/LOG');
    await choose(page, 'LOG-04-none');
    await advice(page, 'LOG-04').waitFor();
    await page.evaluate(`window.told = document.querySelector('[id="q-LOG-04"] .advice')`);
    await choose(page, 'LOG-06-none');
    await advice(page, 'LOG-06').waitFor();
    expect(await page.evaluate(`window.told === document.querySelector('[id="q-LOG-04"] .advice')`)).toBe(true);
    await page.reload();
    expect(await advice(page, 'LOG-04').count()).toBe(1);
    expect(await advice(page, 'LOG-06').count()).toBe(1);
    await close();
  });

  it('says the same in English, fits a phone, in light and dark', async () => {
    const { page, complaints, close } = await vendor({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
    await page.goto('/respond/sections/BCK?lang=en');
    await choose(page, 'BCK-08-full');
    await choose(page, 'BCK-04-same');
    await advice(page, 'BCK-08').getByText('May not fit another answer').waitFor();
    await advice(page, 'BCK-04').getByText('Could be improved').waitFor();
    await look(page, 'advice-phone-dark');
    expect(await barriers(page)).toEqual([]);
    await page.goto('/respond/check?lang=en');
    const list = page.getByRole('region', { name: 'Please look at these before you submit (2)' });
    await list.locator('summary').last().click();
    await list.getByText('Check in the network diagram').waitFor();
    await look(page, 'advice-check-phone-dark');
    expect(await barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('says nothing when the customer has switched it off', async () => {
    const settings = { advice: false, emailDomains: [], prefillMonths: 24, plans: true, reminders: true };
    sent = await advisedAssessment(stage, { settings });
    const { page, complaints, close } = await vendor();
    await page.goto('/respond/sections/AUTH');
    await page.locator('[id="AUTH-01-typed"]').fill('6');
    await page.locator('[id="AUTH-01-typed"]').press('Tab');
    await question(page, 'AUTH-01')
      .getByText(/^保存済み/)
      .waitFor();
    expect(await page.locator('[data-advice], .advice').count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });
});

describe('without scripts', () => {
  it('advice stands beside the saved answers and on the check page, and the vendor may submit all the same', async () => {
    const { page, complaints, close } = await vendor({
      javaScriptEnabled: false,
      viewport: { width: 360, height: 740 },
    });
    await page.goto('/respond/sections/AUTH');
    await page.locator('[id="AUTH-01-typed"]').fill('6');
    await choose(page, 'AUTH-03-long');
    await choose(page, 'AUTH-08-weak');
    await page.getByRole('button', { name: '保存する', exact: true }).click();
    await advice(page, 'AUTH-03').getByText('三つの回答をそろえてください').waitFor();
    await look(page, 'advice-no-script');

    await page.goto('/respond/check');
    const list = page.getByRole('region', { name: '提出前にご確認ください（3件）' });
    expect(await list.getByRole('listitem').count()).toBe(3);
    await list.locator('summary').nth(1).click();
    await list.getByText('三つの回答をそろえてください').waitFor();
    await look(page, 'advice-check-phone');
    await list.getByRole('link', { name: /^AUTH-08/ }).click();
    expect(page.url()).toContain('/respond/sections/AUTH?return=check#q-AUTH-08');

    await page.goto('/respond/check');
    await page.getByLabel('内容を確認した方の氏名').fill('佐藤一郎');
    await page.getByLabel('役職・部署').fill('情報システム部長');
    for (const id of ['unanswered', 'attested']) await choose(page, id);
    await page.getByRole('button', { name: 'この内容で提出する' }).click();
    await page.waitForURL(/\/respond\/receipt/);
    expect(complaints).toEqual([]);
    await close();
  });

  it('is listed in English on a wide window', async () => {
    const { page, close } = await vendor({ javaScriptEnabled: false });
    for (const [section, id] of [
      ['LOG', 'LOG-04-none'],
      ['EXIT', 'EXIT-02-no'],
      ['ORG', 'ORG-03-no'],
    ] as const) {
      await page.goto(`/respond/sections/${section}?lang=en`);
      await choose(page, id);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.waitForURL(/done=/);
    }
    await page.goto('/respond/check?lang=en');
    const list = page.getByRole('region', { name: 'Please look at these before you submit (3)' });
    for (const summary of await list.locator('summary').all()) await summary.click();
    expect(await list.locator('.advice:visible').count()).toBe(3);
    await look(page, 'advice-check-wide');
    await close();
  });
});
