import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Submitted, submitted } from '../features/reviews/submitted-assessment.ts';
import { answers, returned } from '../features/rounds/returned.ts';
import { barriers } from '../support/barriers.ts';
import { look, openStage, type Stage, type Visit } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  stage.services.clock.set('2026-11-21T10:00:00+09:00');
}, 60_000);
afterAll(() => stage?.close());

const DESK = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 360, height: 740 } };

async function signedIn(cookie: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const visit = await stage.visit(options);
  const [name = '', value = ''] = cookie.split('=', 2);
  const url = stage.url.replace('http:', 'https:');
  await visit.page.context().addCookies([{ name, value, url, secure: true, httpOnly: true, sameSite: 'Lax' }]);
  visit.page.setDefaultTimeout(20_000);
  return visit;
}

async function flagInReview(page: Page, id: string, reason: string): Promise<void> {
  const question = page.locator(`#q-${id}`);
  await question.getByText('この設問を差し戻す').click();
  await question.getByLabel('委託先に伝える理由').fill(reason);
  await question.getByRole('button', { name: '差戻しに登録' }).click();
  await page.locator(`#q-${id}`).getByText('差戻しに登録済み').waitFor();
}

async function sendBack(page: Page, work: Submitted, name: string): Promise<void> {
  await page.goto(`/assessments/${work.assessmentId}/answers/ORG`);
  await flagInReview(page, 'ORG-02', '点検の記録がありません。直近の点検日を補足に記入してください。');
  await flagInReview(page, 'ORG-03', '見直しの頻度を確認してください。');
  await look(page, `rounds-review-${name}`);
  await page.goto(`/assessments/${work.assessmentId}/answers`);
  await page.getByRole('link', { name: '差戻しへ進む（2問）' }).click();
  await page.getByLabel(/新しい提出期限/).fill('2026-12-25');
  await page.getByLabel(/全体への連絡事項/).fill('ご多忙のところ恐れ入りますが、よろしくお願いいたします。');
  await page.getByRole('button', { name: 'メールの文面を更新' }).click();
  expect(await page.locator('main').textContent()).toContain('直近の点検日を補足に記入してください');
  await look(page, `rounds-return-${name}`);
  if (name === 'js') expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: '2問を差し戻し、メールを送る' }).click();
  await page.getByText('回答を差し戻しました。委託先にメールで知らせます。').waitFor();
  await look(page, `rounds-assessment-${name}`);
}

/** The vendor changes one of the two and says why the other stays. */
async function answerAgain(page: Page, isScripted: boolean, name: string): Promise<void> {
  await page.goto('/respond');
  expect(await page.locator('main').textContent()).toContain('第2回：2問が差し戻されています');
  await look(page, `rounds-start-${name}`);
  await page.getByRole('link', { name: '差戻しの設問に答える' }).click();
  await page.getByText('差戻しの設問：2問中0問を変更済み').first().waitFor();
  await look(page, `rounds-tasks-${name}`);
  expect(await page.locator('.tasks__item').count()).toBe(1);
  await page.locator('.tasks__item a').click();
  expect(await page.locator('[data-question]').evaluateAll((all) => all.map(({ id }) => id))).toEqual([
    'q-ORG-02',
    'q-ORG-03',
  ]);
  await page.locator('#q-ORG-02').getByText('直近の点検日を補足に記入してください').waitFor();
  await look(page, `rounds-section-${name}`);
  await page.locator('label[for="ORG-02-yes"]').click();
  if (isScripted)
    await page
      .locator('#q-ORG-02')
      .getByText(/^保存済み/)
      .waitFor();
  else await page.locator('.respond-buttons button[value="save"]').click();
  await page.getByRole('link', { name: '提出済みのほかの回答も表示' }).click();
  expect(await page.locator('#q-ORG-05').textContent()).toContain('差戻しの対象ではないため、変更できません');
  expect(await page.locator('#q-ORG-05 input, #q-ORG-05 textarea').count()).toBe(0);
  await look(page, `rounds-section-all-${name}`);

  await page.goto('/respond/check');
  await page.getByText('まだ変更していない差戻しの設問が1問あります').waitFor();
  await page.getByLabel(/氏名/).fill('佐藤一郎');
  await page.getByLabel(/役職/).fill('部長');
  if (await page.getByLabel(/未回答/).count()) await page.locator('label[for="unanswered"]').click();
  await page.locator('label[for="attested"]').click();
  await page.locator('form[action="/respond/submission"] button[type="submit"]').click();
  await page.getByRole('link', { name: /1問が変更されていません/ }).waitFor();
  await look(page, `rounds-check-${name}`);
  await page.getByLabel(/変更しない理由/).fill('見直しは毎年4月に行っており、前回の回答のとおりです。');
  await page.locator('form[action="/respond/submission"] button[type="submit"]').click();
  await page.getByText('第2回').waitFor();
  await look(page, `rounds-receipt-${name}`);
  await page.getByRole('link', { name: '前回からの変更を見る' }).click();
  await page.getByRole('heading', { name: '前回からの変更（1問）' }).waitFor();
  await look(page, `rounds-vendor-round-${name}`);
}

async function settle(page: Page, work: Submitted, name: string): Promise<void> {
  await page.goto(`/assessments/${work.assessmentId}/answers?show=changed`);
  expect(await page.locator('main').textContent()).toContain('見直しは毎年4月に行っており');
  await look(page, `rounds-overview-${name}`);
  await page.locator('#questions ~ table a').first().click();
  const change = page.locator('#q-ORG-02 .change');
  expect(await change.locator('del').first().textContent()).toContain('定めているが点検なし');
  expect(await change.locator('ins').first().textContent()).toContain('定めて年1回以上点検');
  expect(await page.locator('#q-ORG-03').textContent()).toContain('変更なし');
  await look(page, `rounds-review-again-${name}`);
  if (name === 'js') expect(await barriers(page)).toEqual([]);
  await page.goto(`/assessments/${work.assessmentId}/rounds/2`);
  await page.getByRole('heading', { name: '差戻しを受けた設問（2問）' }).waitFor();
  if (name === 'js') expect(await barriers(page)).toEqual([]);
  await page.goto(`/assessments/${work.assessmentId}/finalisation`);
  await page.getByRole('button', { name: /確定/ }).click();
  await page.waitForURL(/done=reviews\.finalised/);
}

describe('a follow-up round', () => {
  it.each([true, false])(
    'goes from the marked questions to the settled result (JavaScript: %s)',
    async (javaScriptEnabled) => {
      const name = javaScriptEnabled ? 'js' : 'plain';
      const work = await submitted(stage, { answers, files: ['ORG-02'] });
      const reviewer = await signedIn(work.member, { javaScriptEnabled, ...DESK });
      const vendor = await signedIn(work.respondent, { javaScriptEnabled, ...DESK });
      await sendBack(reviewer.page, work, name);
      stage.services.clock.advance(60_000);
      await answerAgain(vendor.page, javaScriptEnabled, name);
      await settle(reviewer.page, work, name);
      for (const { complaints, close } of [reviewer, vendor]) {
        expect(complaints).toEqual([]);
        await close();
      }
    },
    150_000,
  );

  it.each(['ja', 'en'])(
    'opens what a change makes apply, at once, and keeps everybody in on every page (%s)',
    async (lang) => {
      const work = await returned(stage, ['ORG-02', 'SUB-01']);
      const vendor = await signedIn(work.respondent, PHONE);
      const { page } = vendor;
      await page.goto(`/respond/sections/SUB?lang=${lang}`);
      expect(await page.locator('#q-SUB-02').isVisible()).toBe(false);
      await page.locator('label[for="SUB-01-yes"]').click();
      await page.locator('#q-SUB-02').waitFor();
      await page.locator('#q-SUB-01 [data-state]', { hasText: /:/ }).waitFor();
      const found = await barriers(page);
      for (const url of ['/respond', '/respond/sections', '/respond/sections?show=all', '/respond/sections/ORG']) {
        await page.goto(url);
        found.push(...(await barriers(page)));
        await look(page, `rounds-phone-${lang}${url.replaceAll(/[/?=]/g, '-')}`);
      }
      for (const url of ['/respond/sections/ORG?show=all', '/respond/check', '/respond/rounds/1']) {
        await page.goto(url);
        found.push(...(await barriers(page)));
        await look(page, `rounds-phone-${lang}${url.replaceAll(/[/?=]/g, '-')}`);
      }
      const reviewer = await signedIn(work.member, PHONE);
      for (const path of ['', '/answers', '/answers/ORG', '/return/withdrawal', '/rounds/1']) {
        await reviewer.page.goto(`/assessments/${work.assessmentId}${path}?lang=${lang}`);
        found.push(...(await barriers(reviewer.page)));
      }
      expect(found).toEqual([]);
      for (const { complaints, close } of [reviewer, vendor]) {
        expect(complaints).toEqual([]);
        await close();
      }
    },
    150_000,
  );
});
