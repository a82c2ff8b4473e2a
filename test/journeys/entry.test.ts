import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Invited, invited, mailedCode } from '../features/respondents/visitor.ts';
import { look, openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 60_000);
afterAll(() => stage.close());

async function arrive(): Promise<Invited> {
  stage.services.clock.advance(30 * 60_000);
  return invited(stage.app, stage.services, {
    purpose:
      '給与計算業務で利用する人事クラウドについて、個人データの安全管理措置を確認するため。\n契約更新（2027年4月）の判断に用います。',
  });
}

async function enterCode(page: Page): Promise<void> {
  await page.getByLabel(/確認コード|Confirmation code/).fill(await mailedCode(stage.services));
  await page.getByRole('button', { name: /回答画面へ進む|Continue/ }).click();
}

async function answerSome(page: Page): Promise<void> {
  const context = page.context();
  for (const [id, value] of [
    ['ORG-01', '株式会社あおぞらクラウド（法人番号1234567890123）、東京都千代田区、あおぞら人事 Ver. 5.2、SaaS'],
    ['ORG-02', 'doc'],
    ['ORG-03', 'unknown'],
  ]) {
    const saved = await context.request.put(`/api/respond/answers/${id}`, {
      data: { revision: 0, value, comment: id === 'ORG-02' ? '2026年度中に年次点検を始める予定です。' : '' },
      headers: { origin: stage.url },
    });
    expect(saved.status(), await saved.text()).toBe(200);
  }
}

async function declare(page: Page): Promise<void> {
  await page.getByLabel(/氏名|Name of the person/).fill('佐藤 一郎');
  await page.getByLabel(/役職・部署|Position/).fill('情報セキュリティ部 部長');
  await page.locator('label[for=unanswered]').click();
  await page.locator('label[for=attested]').click();
  await page.getByRole('button', { name: /この内容で提出する|^Submit$/ }).click();
}

const desktop = { viewport: { width: 1280, height: 900 } };
const phone = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

describe('from the mail to the receipt', () => {
  it.each([
    ['ja-desktop', { ...desktop, locale: 'ja-JP' }],
    ['en-phone', { ...phone, locale: 'en-GB' }],
  ])(
    'with JavaScript (%s)',
    async (name, options) => {
      const sent = await arrive();
      const { page, complaints, close } = await stage.visit(options);
      await page.goto(`/v#${sent.token}`);
      expect(page.url()).toBe(`${stage.url}/v`);
      expect(await page.content()).not.toContain(sent.token);
      await look(page, `${name}-1-entry`);
      await page.getByRole('button', { name: /確認コードを受け取る|Send me/ }).click();
      await page.waitForURL('**/v/code');
      await look(page, `${name}-2-code`);
      await enterCode(page);
      await page.waitForURL('**/respond');
      await look(page, `${name}-3-start`);
      await answerSome(page);
      await page.getByRole('link', { name: /回答を始める|Begin/ }).click();
      await look(page, `${name}-4-tasks`);
      await page.goto('/respond/questions');
      await look(page, `${name}-5-questions`);
      await page.goto('/respond/check');
      await look(page, `${name}-6-check`);
      await page.getByRole('button', { name: /この内容で提出する|^Submit$/ }).click();
      await page.getByRole('alert').waitFor();
      await look(page, `${name}-7-refused`);
      await page.getByLabel(/氏名|Name of the person/).fill('佐藤 一郎');
      await page.getByLabel(/役職・部署|Position/).fill('情報セキュリティ部 部長');
      await page.locator('label[for=unanswered]').click();
      await page.locator('label[for=attested]').click();
      await page.getByRole('button', { name: /この内容で提出する|^Submit$/ }).click();
      await page.waitForURL('**/respond/receipt');
      expect(await page.locator('.code-box').textContent()).toMatch(/^KR-/);
      await look(page, `${name}-8-receipt`);
      await page.goto('/respond/answers');
      await look(page, `${name}-9-answers`);
      expect(complaints).toEqual([]);
      await close();
    },
    60_000,
  );

  it.each([
    ['with', true],
    ['without', false],
  ])(
    'answers on the pages, changes an answer from the check page, and hands in (%s JavaScript)',
    async (_, javaScriptEnabled) => {
      const sent = await arrive();
      const { page, complaints, close } = await stage.visit({ ...desktop, javaScriptEnabled });
      await page.goto('/v');
      await page.getByLabel('依頼メールに記載のリンク').fill(`${stage.url}/v#${sent.token}`);
      await page.getByRole('button', { name: '確認コードを受け取る' }).click();
      await enterCode(page);
      await page.getByRole('link', { name: '回答を始める' }).click();
      await page.getByRole('link', { name: '次の未回答へ' }).click();
      expect(page.url()).toContain('/respond/sections/ORG#q-ORG-01');
      await page.locator('#q-ORG-01 textarea, #q-ORG-01 input[type=text]').first().fill('株式会社あおぞらクラウド');
      await page.locator('label[for="ORG-02-doc"]').click();
      await page.getByRole('button', { name: '保存して次へ' }).click();
      await page.waitForURL('**/respond/sections/CEX**');
      await page.goto('/respond/check');
      const item = page.locator('#a-ORG-02');
      expect(await item.textContent()).toContain('定めているが点検なし');
      await item.getByRole('link').click();
      expect(page.url()).toContain('return=check#q-ORG-02');
      await page.locator('label[for="ORG-02-yes"]').click();
      await page.getByRole('button', { name: '保存して確認に戻る' }).click();
      await page.waitForURL('**/respond/check');
      expect(await item.textContent()).toContain('定めて年1回以上点検');
      await page.goto('/respond/sections');
      expect(await page.locator('.tasks__item').first().textContent()).toMatch(/5問中2問[\s\S]*入力中/);
      await page.getByRole('link', { name: '回答内容を確認して提出する' }).click();
      await declare(page);
      await page.waitForURL('**/respond/receipt');
      const number = await page.locator('.code-box').textContent();
      const mails = await stage.services.mails();
      const receipt = mails.find(({ kind, text }) => kind === 'receipt' && text.includes(String(number)));
      expect(receipt?.text).toContain('株式会社あおぞらクラウド');
      expect(receipt?.text).toContain('定めて年1回以上点検');
      expect(complaints).toEqual([]);
      await close();
    },
    60_000,
  );

  it('keeps the link when the language is changed before the button is pressed', async () => {
    const sent = await arrive();
    const { page, close } = await stage.visit(desktop);
    await page.goto(`/v#${sent.token}`);
    await page.getByRole('link', { name: 'English' }).click();
    await page.waitForURL(`${stage.url}/v?lang=en`);
    await page.getByRole('button', { name: /Send me/ }).click();
    await page.waitForURL('**/v/code');
    expect(await mailedCode(stage.services)).toMatch(/^\d{8}$/);
    await close();
  });
});
