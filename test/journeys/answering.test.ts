import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SentAssessment, sentAssessment } from '../features/answers/sent-assessment.ts';
import { barriers } from '../support/barriers.ts';
import { look, openStage, type Stage, type Visit } from './stage.ts';

let stage: Stage;
let sent: SentAssessment;

beforeAll(async () => {
  stage = await openStage();
}, 60_000);
afterAll(() => stage?.close());
beforeEach(async () => {
  sent = await sentAssessment(stage.app, stage.services);
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

async function stored(
  page: Page,
  questionId: string,
): Promise<{ value: unknown; revision: number; comment: string } | undefined> {
  const response = await page.request.get('/api/respond/assessment');
  return (await response.json()).answers[questionId];
}

/** The whole line is the target, so people press the words. */
const choose = (page: Page, id: string) => page.locator(`label[for="${id}"]`).click();
const question = (page: Page, id: string) => page.locator(`[id="q-${id}"]`);
const isSaved = (page: Page, id: string) =>
  question(page, id)
    .getByText(/^保存済み \d{1,2}:\d{2}$/)
    .waitFor();

describe('with scripts', () => {
  it('saves each answer by itself and shows the questions it opens', async () => {
    const { page, complaints, close } = await vendor();
    await page.goto('/respond/sections/CEX');
    expect(await question(page, 'DATA-02').isVisible()).toBe(false);
    await choose(page, 'DATA-01-yes');
    await isSaved(page, 'DATA-01');
    expect(await question(page, 'DATA-02').isVisible()).toBe(true);
    await page.getByText(/^\d+問中1問回答済み$/).waitFor();
    expect(await stored(page, 'DATA-01')).toMatchObject({ value: 'yes', revision: 1 });

    await page.goto('/respond/sections/AUTH');
    await page.locator('[id="AUTH-01-typed"]').fill('１２');
    await page.locator('[id="AUTH-01-typed"]').press('Tab');
    await isSaved(page, 'AUTH-01');
    expect(await stored(page, 'AUTH-01')).toMatchObject({ value: 12 });
    await choose(page, 'AUTH-01-unknown');
    expect(await page.locator('[id="AUTH-01-typed"]').inputValue()).toBe('');
    await expect.poll(async () => (await stored(page, 'AUTH-01'))?.value).toBe('unknown');
    expect(complaints).toEqual([]);
    await close();
  });

  it('saves two seconds after the last key, without leaving the field', async () => {
    const { page, close } = await vendor();
    await page.goto('/respond/sections/ORG');
    await page.locator('[id="ORG-01-typed"]').pressSequentially('株式会社あおぞらクラウド');
    await isSaved(page, 'ORG-01');
    expect(await stored(page, 'ORG-01')).toMatchObject({ value: '株式会社あおぞらクラウド', revision: 1 });
    await close();
  });

  it('saves what was typed before the script had arrived', async () => {
    const { page, complaints, close } = await vendor();
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    await page.route('**/respond/respond.js*', async (route) => {
      await arrived;
      await route.continue();
    });
    await page.goto('/respond/sections/ORG', { waitUntil: 'commit' });
    await page.locator('[id="ORG-01-typed"]').fill('スクリプトより先に入力した文章');
    await choose(page, 'ORG-02-yes');
    arrive();
    await isSaved(page, 'ORG-01');
    await isSaved(page, 'ORG-02');
    expect(await stored(page, 'ORG-01')).toMatchObject({ value: 'スクリプトより先に入力した文章', revision: 1 });
    expect(await stored(page, 'ORG-02')).toMatchObject({ value: 'yes', revision: 1 });
    await page.goto('/respond/sections/ORG');
    await page
      .locator('#q-ORG-02')
      .getByText(/保存（/)
      .waitFor();
    expect((await stored(page, 'ORG-02'))?.revision).toBe(1);
    expect(complaints).toEqual([]);
    await close();
  });

  it('asks one question at a time, also one that an answer has just opened', async () => {
    const { page, complaints, close } = await vendor();
    await page.goto('/respond/sections/CEX');
    await page.getByRole('link', { name: '1問ずつ表示' }).click();
    await choose(page, 'DATA-01-yes');
    await isSaved(page, 'DATA-01');
    expect(await page.locator('[data-question]').count()).toBe(1);
    await look(page, 'answering-one');
    await page.getByRole('button', { name: '保存して次へ' }).click();
    await page.waitForURL(/CEX\?one=DATA-02$/);
    expect(await question(page, 'DATA-02').isVisible()).toBe(true);
    await page.locator('a[rel="prev"]').click();
    await page.waitForURL(/one=DATA-01$/);
    expect(await page.locator('[id="DATA-01-yes"]').isChecked()).toBe(true);
    await page.getByRole('link', { name: 'セクション全体を表示' }).click();
    await question(page, 'DATA-02').waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it('says at the field what cannot be read, and saves once it is mended', async () => {
    const { page, close } = await vendor();
    await page.goto('/respond/sections/AUTH');
    await page.locator('[id="AUTH-01-typed"]').fill('約10');
    await page.locator('[id="AUTH-01-typed"]').press('Tab');
    await question(page, 'AUTH-01').getByText('数値だけを入力してください').waitFor();
    await page.locator('[id="AUTH-01-typed"]').fill('10');
    await page.locator('[id="AUTH-01-typed"]').press('Tab');
    await isSaved(page, 'AUTH-01');
    expect(await question(page, 'AUTH-01').getByText('数値だけを入力してください').count()).toBe(0);
    await close();
  });

  it('saves what was mended while the unmended was on its way to be refused', async () => {
    const { page, close } = await vendor();
    await page.goto('/respond/sections/AUTH');
    const { promise: mended, resolve: release } = Promise.withResolvers<void>();
    const sent: string[] = [];
    await page.route('**/api/respond/answers/AUTH-04', async (route) => {
      sent.push(route.request().postData() ?? '');
      if (sent.length === 1) await mended;
      await route.continue();
    });
    // 該当なし without its reason is refused.
    await page.locator('[id="AUTH-04-na"]').press('Space');
    await page.locator('[id="AUTH-04-na"]').press('Control+Enter');
    await expect.poll(() => sent.length).toBe(1);
    await page.locator('[id="AUTH-04-naReason"]').fill('シングルサインオンのみのため。');
    await page.locator('[id="AUTH-04-naReason"]').press('Control+Enter');
    release();
    await isSaved(page, 'AUTH-04');
    expect(await stored(page, 'AUTH-04')).toMatchObject({ value: 'na', naReason: 'シングルサインオンのみのため。' });
    await close();
  });

  it('keeps typed text while the server is away, warns before the page is left, and saves when it is back', async () => {
    const { page, close } = await vendor();
    await page.goto('/respond/sections/ORG');
    await page.route('**/api/respond/answers/**', (route) => route.abort());
    await page.locator('[id="ORG-01-typed"]').fill('届くまで消えない文章');
    await page.locator('[id="ORG-01-typed"]').press('Tab');
    await page.getByRole('status').getByText('保存できていません').waitFor();
    const warned = page.waitForEvent('dialog');
    void page.close({ runBeforeUnload: true });
    const dialog = await warned;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    await page.unroute('**/api/respond/answers/**');
    await isSaved(page, 'ORG-01');
    expect(await stored(page, 'ORG-01')).toMatchObject({ value: '届くまで消えない文章' });
    expect(await page.evaluate('[localStorage.length, sessionStorage.length]')).toEqual([0, 0]);
    await close();
  });

  it('shows both texts when a colleague was faster, and lets the respondent choose', async () => {
    const first = await vendor();
    const second = await vendor();
    for (const { page } of [first, second]) await page.goto('/respond/sections/ORG');
    await choose(first.page, 'ORG-02-yes');
    await isSaved(first.page, 'ORG-02');
    await choose(second.page, 'ORG-02-doc');
    const panel = question(second.page, 'ORG-02').getByRole('alert');
    await panel.waitFor();
    expect(await panel.locator('[data-yours]').textContent()).toBe('定めているが点検なし');
    expect(await panel.locator('[data-theirs]').textContent()).toBe('定めて年1回以上点検');
    await second.page.getByRole('status').getByText('両方の内容を比べて選んでください').waitFor();
    await look(second.page, 'answering-conflict');
    await panel.getByRole('button', { name: 'あなたの内容で上書きする' }).click();
    await isSaved(second.page, 'ORG-02');
    expect(await stored(second.page, 'ORG-02')).toMatchObject({ value: 'doc', revision: 2 });

    await choose(first.page, 'ORG-02-no');
    const other = question(first.page, 'ORG-02').getByRole('alert');
    await other.getByRole('button', { name: '保存されている内容を使う' }).click();
    await expect.poll(() => first.page.locator('[id="ORG-02-doc"]').isChecked()).toBe(true);
    await Promise.all([first.close(), second.close()]);
  });

  it('takes several files at once, lists them with their hash, and takes them out again', async () => {
    const { page, complaints, close } = await vendor();
    await page.goto('/respond/sections/AUTH');
    await page
      .locator('[data-upload="AUTH-01"]')
      .setInputFiles([file('設定画面.txt', '最小12文字'), file('仕様書.pdf', '%PDF-1.7\n%%EOF')]);
    const list = question(page, 'AUTH-01').locator('.file-list');
    await list.getByText('設定画面.txt').first().waitFor();
    expect(await list.locator('li').count()).toBe(2);
    expect(await list.textContent()).toMatch(/SHA-256 [\da-f]{64}/);
    await page.locator('[data-upload="AUTH-01"]').setInputFiles(file('偽.pdf', 'MZ not a PDF'));
    await question(page, 'AUTH-01').getByText('拡張子と一致しません').waitFor();
    await list.getByRole('button', { name: /取り除く.*設定画面.txt/ }).click();
    await list.getByText('設定画面.txt').first().waitFor({ state: 'detached' });
    expect(await question(page, 'AUTH-01').locator('.file-list li').count()).toBe(1);
    expect(complaints).toEqual([]);
    await close();
  });

  it('leaves alone what is being typed while a file goes up', async () => {
    const { page, close } = await vendor();
    await page.goto('/respond/sections/AUTH');
    await page.route('**/api/respond/evidence', async (route) => {
      await question(page, 'AUTH-01').getByText('補足を書く').click();
      await page.locator('[id="AUTH-01-comment"]').fill('添付中に書いた補足');
      await route.continue();
    });
    await page.locator('[data-upload="AUTH-01"]').setInputFiles(file('規程.txt', '第8版'));
    await question(page, 'AUTH-01').locator('.file-list').getByText('規程.txt').first().waitFor();
    expect(await page.locator('[id="AUTH-01-comment"]').inputValue()).toBe('添付中に書いた補足');
    await expect
      .poll(async () => (await stored(page, 'AUTH-01'))?.comment, { timeout: 15_000 })
      .toBe('添付中に書いた補足');
    await close();
  });

  it('records a certificate with its dates and its own evidence', async () => {
    const { page, complaints, close } = await vendor();
    await page.goto('/respond/sections/CRT');
    const isms = question(page, 'CRT-01');
    await isms.getByRole('button', { name: '認証・報告書を追加する' }).click();
    await isms.getByLabel('登録・認証番号').fill('IS 123456');
    await isms.getByLabel('有効期限').fill('令和10年3月31日');
    await isms.getByLabel('有効期限').press('Tab');
    await isSaved(page, 'CRT-01');
    // The first save may have gone before the last field was typed.
    await expect
      .poll(async () => (await stored(page, 'CRT-01'))?.value)
      .toMatchObject([{ kind: 'ISMS', number: 'IS 123456', expires: '2028-03-31' }]);
    await question(page, 'CRT-02').getByRole('button', { name: '認証・報告書を追加する' }).focus();
    await isms.locator('[data-upload="CRT-01#1"]').setInputFiles(file('登録証.pdf', '%PDF-1.7\n%%EOF'));
    await isms.getByText('登録証.pdf').first().waitFor();
    await isms.getByText('2028年3月31日').waitFor();
    await look(page, 'answering-certificates');
    await isms.getByRole('button', { name: /この記録を取り除く/ }).click();
    await page.waitForURL(/done=answers\.saved/);
    expect((await stored(page, 'CRT-01'))?.value).toBeNull();
    expect(complaints).toEqual([]);
    await close();
  });

  it('can be answered with the keyboard alone', async () => {
    const { page, close } = await vendor();
    await page.goto('/respond/sections/ORG');
    await page.locator('[id="ORG-02-yes"]').focus();
    await page.keyboard.press('ArrowDown');
    await isSaved(page, 'ORG-02');
    expect(await stored(page, 'ORG-02')).toMatchObject({ value: 'doc' });
    await close();
  });
});

describe('sections with every type of question', () => {
  it.each([
    ['ja', 1280],
    ['en', 360],
  ] as const)(
    'is accessible and never scrolls sideways (%s, %d px)',
    async (lang, width) => {
      const { page, complaints, close } = await vendor({ viewport: { width, height: 800 } });
      for (const id of sectionsWithEveryType()) {
        await page.goto(`/respond/sections/${id}?lang=${lang}&add=CRT-06`);
        expect(await barriers(page)).toEqual([]);
        await look(page, `section-${id}-${lang}-${width}`);
      }
      expect(complaints).toEqual([]);
      await close();
    },
    120_000,
  );
});

describe('without scripts', () => {
  it('saves the whole section, keeps what is wrong as typed, and goes on', async () => {
    const { page, close } = await vendor({ javaScriptEnabled: false });
    await page.goto('/respond/sections/AUTH');
    await page.locator('[id="AUTH-01-typed"]').fill('約10');
    await choose(page, 'AUTH-03-mix');
    await page.getByRole('button', { name: '保存して次へ' }).click();
    await page
      .getByRole('alert')
      .getByRole('link', { name: /AUTH-01：数値だけ/ })
      .waitFor();
    expect(await page.title()).toMatch(/^エラー：/);
    expect(await page.locator('[id="AUTH-01-typed"]').inputValue()).toBe('約10');
    expect((await stored(page, 'AUTH-03'))?.revision).toBe(1);
    await look(page, 'answering-errors');
    await page.locator('[id="AUTH-01-typed"]').fill('10');
    await page.getByRole('button', { name: '保存して次へ' }).click();
    await page.waitForURL(/\/respond\/sections\/VUL$/);
    expect(await stored(page, 'AUTH-01')).toMatchObject({ value: 10, revision: 1 });
    expect((await stored(page, 'AUTH-03'))?.revision).toBe(1);
    await close();
  });

  it('shows both texts when a colleague was faster, and saving again is the choice', async () => {
    const first = await vendor({ javaScriptEnabled: false });
    const second = await vendor({ javaScriptEnabled: false });
    for (const { page } of [first, second]) await page.goto('/respond/sections/ORG');
    await choose(first.page, 'ORG-02-yes');
    await first.page.getByRole('button', { name: '保存する', exact: true }).click();
    await choose(second.page, 'ORG-02-doc');
    await second.page.getByRole('button', { name: '保存する', exact: true }).click();
    const panel = question(second.page, 'ORG-02').getByRole('alert');
    expect(await panel.textContent()).toMatch(/定めているが点検なし[\s\S]*定めて年1回以上点検/);
    expect(await second.page.locator('[id="ORG-02-doc"]').isChecked()).toBe(true);
    await second.page.getByRole('button', { name: '保存する', exact: true }).click();
    await second.page.getByText('回答を保存しました').waitFor();
    expect(await stored(second.page, 'ORG-02')).toMatchObject({ value: 'doc', revision: 2 });
    await Promise.all([first.close(), second.close()]);
  });

  it('adds a certificate, attaches its evidence and takes it out, saving what was typed each time', async () => {
    const { page, close } = await vendor({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
    await page.goto('/respond/sections/CRT');
    await choose(page, 'CRT-03-empty');
    await question(page, 'CRT-02').getByRole('button', { name: '認証・報告書を追加する' }).click();
    expect((await stored(page, 'CRT-03'))?.value).toEqual([]);
    const record = question(page, 'CRT-02').locator('.record');
    await record.getByLabel('種別').selectOption({ index: 1 });
    await record.getByLabel('有効期限').fill('2027/3/31');
    await page.getByRole('button', { name: '保存する', exact: true }).click();
    await page.locator('input[data-upload="CRT-02#1"]').setInputFiles(file('登録証.pdf', '%PDF-1.7\n%%EOF'));
    await record.getByRole('button', { name: '添付する' }).click();
    await record.getByText('登録証.pdf').first().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await look(page, 'answering-phone');
    await record.getByRole('button', { name: /取り除く.*登録証.pdf/ }).click();
    expect(await question(page, 'CRT-02').locator('.file-list').count()).toBe(0);
    expect((await stored(page, 'CRT-02'))?.value).toMatchObject([{ expires: '2027-03-31' }]);
    await close();
  });
});

/** Enough sections to meet each type of question once. */
function sectionsWithEveryType(): string[] {
  const { sections } = stage.services.questionnaires.get('jp-cloud-ppc', '1.0.0').compiled.questionnaire;
  const met = new Set<string>();
  return sections
    .filter(({ questions }) => {
      const before = met.size;
      for (const { type } of questions) met.add(type);
      return met.size > before;
    })
    .map(({ id }) => id);
}

let folder: string | undefined;

function file(name: string, content: string): string {
  folder ??= mkdtempSync(join(tmpdir(), 'kantoku-evidence-'));
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}
