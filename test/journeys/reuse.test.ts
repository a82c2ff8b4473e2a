import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn } from '../features/answers/sent-assessment.ts';
import { answer, enter, FAR, requestAgain, submittedRequest } from '../features/prefills/second-request.ts';
import { type Invited, invited, type Visitor } from '../features/respondents/visitor.ts';
import { barriers } from '../support/barriers.ts';
import { look, openStage, type Stage, type Visit } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 60_000);
afterAll(() => stage?.close());

/** A browser with the cookies of somebody who has come in by link and code. */
async function browse({ cookies }: Visitor, options: BrowserContextOptions = {}): Promise<Visit> {
  const visit = await stage.visit(options);
  const fixed = { domain: 'localhost', path: '/', secure: true, httpOnly: true, sameSite: 'Strict' } as const;
  await visit.page.context().addCookies([...cookies].map(([name, value]) => ({ name, value, ...fixed })));
  visit.page.setDefaultTimeout(20_000);
  return visit;
}

/** Half a year after a first submission the same customer asks again. */
async function secondRequest(options: BrowserContextOptions = {}) {
  const given = { 'AUTH-01': 12, 'AUTH-03': 'mix', 'VUL-07': '2026-02-01', 'ORG-02': 'yes' };
  const first = await submittedRequest(stage.app, stage.services, given);
  const second = await requestAgain(stage.services, first);
  const person = await enter(stage.app, stage.services, second.token);
  return { first, second, person, ...(await browse(person, options)) };
}

async function stranger(): Promise<Invited & { person: Visitor }> {
  const sent = await invited(stage.app, stage.services, { dueOn: FAR });
  return { ...sent, person: await enter(stage.app, stage.services, sent.token) };
}

async function stored(page: Page) {
  return (await (await page.request.get('/api/respond/assessment')).json()).answers;
}

const question = (page: Page, id: string) => page.locator(`[id="q-${id}"]`);
const offer = (page: Page, id: string) => page.locator(`[data-prefill="${id}"]`);

describe('answers of last time', () => {
  it('are taken and put aside one by one without leaving the page', async () => {
    const { page, complaints, close } = await secondRequest();
    await page.goto('/respond');
    await page.getByText('4問に、過去の回答が提示されています').waitFor();
    await page.getByRole('link', { name: '過去の回答と回答マスタ' }).click();
    await page.getByRole('link', { name: /認証/ }).first().click();
    await offer(page, 'AUTH-01')
      .getByText(/前回回答（\d{4}-\d\d-\d\d、KA-/)
      .waitFor();
    await look(page, 'reuse-section');
    expect(await stored(page)).toEqual({});

    await page.locator('[id="AUTH-01-comment"]').evaluate((box) => box.closest('details')?.setAttribute('open', ''));
    await page.locator('[id="AUTH-01-comment"]').fill('設定画面の写しあり');
    await offer(page, 'AUTH-01').getByRole('button', { name: 'この内容で回答する' }).click();
    await question(page, 'AUTH-01')
      .getByText(/を確認のうえ使用/)
      .waitFor();
    expect(await page.locator('[id="AUTH-01-typed"]').inputValue()).toBe('12');
    expect((await stored(page))['AUTH-01']).toMatchObject({ value: 12, comment: '設定画面の写しあり' });
    await page.getByText(/^\d+問中1問回答済み$/).waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('q-AUTH-01');

    await offer(page, 'AUTH-03').getByRole('button', { name: '使わない' }).click();
    await expect.poll(() => offer(page, 'AUTH-03').count()).toBe(0);
    expect(Object.keys(await stored(page))).toEqual(['AUTH-01']);
    await page.reload();
    expect(await offer(page, 'AUTH-03').count()).toBe(0);
    await look(page, 'reuse-section-after');
    expect(complaints).toEqual([]);
    await close();
  });

  it('give way to what a colleague has answered meanwhile, with both in sight', async () => {
    const { page, person, close } = await secondRequest();
    await page.goto('/respond/sections/AUTH');
    await answer(person, 'AUTH-01', { revision: 0, value: 16 });
    await offer(page, 'AUTH-01').getByRole('button', { name: 'この内容で回答する' }).click();
    await question(page, 'AUTH-01').getByText('別の画面または別の担当者が更新しています').waitFor();
    expect(await page.locator('[id="AUTH-01-typed"]').inputValue()).toBe('16');
    expect((await stored(page))['AUTH-01']).toMatchObject({ value: 16, revision: 1 });
    await offer(page, 'AUTH-01').getByRole('button', { name: 'この内容で回答する' }).click();
    await expect.poll(async () => (await stored(page))['AUTH-01'].value).toBe(12);
    await close();
  });

  it('work by the buttons of the form alone, and open offers are handed in as unanswered', async () => {
    const { page, close } = await secondRequest({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
    await page.goto('/respond/sections/AUTH');
    await offer(page, 'AUTH-01').getByRole('button', { name: 'この内容で回答する' }).click();
    await page.waitForURL(/#q-AUTH-01$/);
    await question(page, 'AUTH-01')
      .getByText(/を確認のうえ使用/)
      .waitFor();
    await offer(page, 'AUTH-03').getByRole('button', { name: '使わない' }).click();
    await expect.poll(() => offer(page, 'AUTH-03').count()).toBe(0);
    await look(page, 'reuse-section-phone');
    await page.goto('/respond/check');
    expect(await page.locator('#a-AUTH-01').textContent()).toContain('12');
    expect(await page.locator('#a-ORG-02').textContent()).toContain('未回答');
    expect(Object.keys(await stored(page))).toEqual(['AUTH-01']);
    await close();
  });

  it('tell the customer where they come from', async () => {
    const { first, second, person, page, close } = await secondRequest();
    await page.goto('/respond/sections/AUTH');
    await offer(page, 'AUTH-01').getByRole('button', { name: 'この内容で回答する' }).click();
    await question(page, 'AUTH-01')
      .getByText(/を確認のうえ使用/)
      .waitFor();
    await person.post('/respond/submission', { attested: 'yes', unanswered: 'yes', name: '佐藤', title: '部長' });
    await close();
    const [name = '', value = ''] = (await signIn(stage.app, stage.services, first, 'member')).split('=');
    const staff = await browse({ cookies: new Map([[name, value]]) } as Visitor);
    await staff.page.goto(`/assessments/${second.assessmentId}/answers/AUTH`);
    await staff.page.getByText(/前回回答から（.*提出、KA-/).waitFor();
    await look(staff.page, 'reuse-review');
    await staff.close();
  });
});

describe.each([true, false])('a master carried from one customer to another (scripts: %s)', (javaScriptEnabled) => {
  it('is downloaded here, uploaded there, and taken answer by answer', async () => {
    const one = await stranger();
    await answer(one.person, 'AUTH-01', { revision: 0, value: 14, comment: '=設定で強制' });
    const here = await browse(one.person, { javaScriptEnabled });
    await here.page.goto('/respond/reuse');
    await look(here.page, 'reuse-before');
    const file = await (await here.page.request.get('/respond/master.xlsx')).body();
    await here.close();

    const other = await stranger();
    const { page, complaints, close } = await browse(other.person, { javaScriptEnabled });
    await page.goto('/respond/reuse');
    await page.getByRole('button', { name: '読み込んで提示する' }).click();
    await page.getByRole('alert').getByText('ファイル（JSON または Excel）を選んでください').waitFor();
    const pick = (name: string, buffer: Buffer) =>
      page.getByLabel('回答マスタのファイル').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
    await pick('別物.json', Buffer.from('{"format":"kantoku/answer-master/1","weight":1}'));
    await page.getByRole('button', { name: '読み込んで提示する' }).click();
    await page.getByRole('alert').getByText('/weight：').waitFor();
    await look(page, `reuse-refused-${javaScriptEnabled}`);
    await pick('当社の回答マスタ.xlsx', file);
    await page.getByRole('button', { name: '読み込んで提示する' }).click();
    await page.getByRole('status').getByText('1問に回答マスタの回答を提示しました').waitFor();
    await look(page, `reuse-offered-${javaScriptEnabled}`);
    expect(await stored(page)).toEqual({});
    await page.getByRole('link', { name: /認証/ }).first().click();
    await offer(page, 'AUTH-01').getByText('当社の回答マスタ.xlsx').waitFor();
    await offer(page, 'AUTH-01').getByRole('button', { name: 'この内容で回答する' }).click();
    await question(page, 'AUTH-01')
      .getByText(/回答マスタ.*の内容を確認のうえ使用/)
      .waitFor();
    expect((await stored(page))['AUTH-01']).toMatchObject({ value: 14, comment: '=設定で強制' });
    expect(complaints).toEqual([]);
    await close();
  });
});

describe('the pages of reuse', () => {
  it.each([
    ['ja', 1280, {}],
    ['en', 360, {}],
    ['ja', 360, { colorScheme: 'dark' }],
  ] as const)('are accessible and never scroll sideways (%s, %d px, %o)', async (lang, width, options) => {
    const { page, complaints, close } = await secondRequest({ viewport: { width, height: 800 }, ...options });
    for (const url of ['/respond/reuse', '/respond/sections/VUL', '/respond/sections/AUTH', '/respond']) {
      await page.goto(`${url}?lang=${lang}`);
      expect(await barriers(page)).toEqual([]);
      await look(page, `reuse${url.replaceAll('/', '-')}-${lang}-${width}`);
    }
    expect(complaints).toEqual([]);
    await close();
  });
});
