/** R9: answering in Excel, in a real browser. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { respondentOf } from '../features/answers/respondent.ts';
import { type SentAssessment, sentAssessment } from '../features/answers/sent-assessment.ts';
import { type OpenWorkbook, openWorkbook } from '../features/workbooks/workbook-file.ts';
import { barriers } from '../support/barriers.ts';
import { look, openStage, type Stage, type Visit } from './stage.ts';

let stage: Stage;
let sent: SentAssessment;
let folder: string;

beforeAll(async () => {
  stage = await openStage();
  folder = mkdtempSync(join(tmpdir(), 'kantoku-workbooks-'));
}, 60_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await stage?.close();
});
beforeEach(async () => {
  sent = await sentAssessment(stage.app, stage.services);
});

async function vendor(options: BrowserContextOptions = {}): Promise<Visit> {
  const visit = await stage.visit({ acceptDownloads: true, ...options });
  const [name = '', value = ''] = sent.respondent.split('=');
  await visit.page
    .context()
    .addCookies([{ name, value, domain: 'localhost', path: '/', secure: true, httpOnly: true, sameSite: 'Strict' }]);
  visit.page.setDefaultTimeout(20_000);
  return visit;
}

/** Downloads by the button, types, and saves as a file to choose. */
async function filledIn(
  page: Page,
  type: (book: OpenWorkbook) => void,
  button = 'Excelをダウンロード',
): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: new RegExp(button) }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^KA-2026-.{4}_(回答用|answers)\.xlsx$/);
  const book = await openWorkbook(readFileSync(await download.path()));
  type(book);
  const path = join(folder, '回答（記入済み）.xlsx');
  writeFileSync(path, await book.save());
  return path;
}

const apiOf = (page: Page) => page.request.get('/api/respond/assessment').then((response) => response.json());

async function accessible(page: Page, name: string): Promise<void> {
  await look(page, name);
  expect(await barriers(page), name).toEqual([]);
}

/** Something new, something changed, something in conflict, two cells that cannot be read. */
function everyKind(book: OpenWorkbook): void {
  book.cell('ORG-01').value = '株式会社あおぞらクラウド\n東京都港区';
  book.cell('AUTH-01').value = '１２';
  book.cell('AUTH-02:common').value = '○';
  book.cell('AUTH-05').value = '確認中';
  book.cell('ORG-02').value = 'no';
  book.cell('ORG-03').value = null;
  book.cell('BCK-02').value = 3;
  book.cell('VUL-02').value = '約30日';
  book.cell('AUTH-03').value = { formula: 'A1' };
}

async function answeredOnTheWeb(): Promise<void> {
  const web = respondentOf(stage, sent);
  await web.put('ORG-02', { revision: 0, value: 'yes' });
  await web.put('ORG-03', { revision: 0, value: 'yes' });
}

describe.each([
  ['with scripts', true],
  ['without scripts', false],
] as const)('%s', (_, javaScriptEnabled) => {
  it('goes from the task list to applied answers, with a conflict on the way', async () => {
    await answeredOnTheWeb();
    const { page, complaints, close } = await vendor({ javaScriptEnabled });
    await page.goto('/respond/sections');
    await page.getByRole('link', { name: 'Excelで回答する' }).click();
    await page.getByText('現在の回答（2問）').waitFor();
    const file = await filledIn(page, everyKind);
    await respondentOf(stage, sent).put('BCK-02', { revision: 0, value: 7 });
    await page.getByLabel('記入したExcelファイル').setInputFiles(file);
    await page.getByRole('button', { name: '読み込んで確認する' }).click();

    await page.getByRole('heading', { name: 'Excelの内容の確認' }).waitFor();
    expect(await page.locator('.figures').textContent()).toMatch(
      /追加\s*4\s*変更\s*2\s*衝突\s*1\s*エラー\s*2\s*変更なし\s*81/,
    );
    await page.getByRole('cell', { name: /数値だけを入力してください/ }).waitFor();
    await page.getByText('エラーの一覧をコピーする').click();
    expect(await page.getByLabel('エラーの一覧（タブ区切り）').inputValue()).toMatch(
      /^4 識別・認証・パスワード!D\d+\tAUTH-03\t数式が.+\n5 .+!D\d+\tVUL-02\t数値だけ/,
    );
    expect(await page.locator('[id="take-BCK-02"]').isChecked()).toBe(false);
    expect(await page.locator('[id="take-ORG-03"]').isChecked()).toBe(false);
    await page.locator('label[for="take-AUTH-05"]').click();
    await page.getByRole('button', { name: 'チェックした回答を反映する' }).click();

    await page.getByText('Excelの回答を反映しました').waitFor();
    expect(await page.locator('.figures').textContent()).toMatch(/追加\s*1\s*変更\s*1\s*衝突\s*1/);
    const { answers } = await apiOf(page);
    expect(answers).toMatchObject({
      'ORG-01': { value: '株式会社あおぞらクラウド\n東京都港区' },
      'ORG-02': { value: 'no', revision: 2 },
      'ORG-03': { value: 'yes' },
      'AUTH-01': { value: 12 },
      'AUTH-02': { value: ['common'] },
      'BCK-02': { value: 7 },
    });
    expect(answers['AUTH-05']).toBeUndefined();

    await page.locator('label[for="take-BCK-02"]').click();
    await page.getByRole('button', { name: 'チェックした回答を反映する' }).click();
    await page.getByText('Excelの回答を反映しました').waitFor();
    expect((await apiOf(page)).answers['BCK-02']).toMatchObject({ value: 3, revision: 2 });
    expect(complaints).toEqual([]);
    await close();
  }, 120_000);
});

describe('the pages', () => {
  it.each([
    ['ja', 1280, 'light'],
    ['en', 360, 'dark'],
  ] as const)(
    'are accessible and never scroll sideways (%s, %d px, %s)',
    async (lang, width, colorScheme) => {
      await answeredOnTheWeb();
      const { page, complaints, close } = await vendor({ viewport: { width, height: 800 }, colorScheme });
      await page.goto(`/respond/workbook?lang=${lang}`);
      await accessible(page, `workbook-${lang}`);
      const button = { ja: '読み込んで確認する', en: 'Upload and check' }[lang];
      await page.getByRole('button', { name: button }).click();
      await page.getByRole('alert').waitFor();
      await accessible(page, `workbook-error-${lang}`);
      const file = await filledIn(page, () => {}, { ja: 'Excelをダウンロード', en: 'Download the workbook' }[lang]);
      const book = await openWorkbook(readFileSync(file));
      const [answer, comment] = { ja: ['回答', '補足'], en: ['Answer', 'Comment'] }[lang];
      book.cell('AUTH-01', answer).value = 12;
      book.cell('AUTH-01', comment).value = '全テナントで強制しています。'.repeat(8);
      book.cell('ORG-02', answer).value = 'no';
      book.cell('ORG-03', answer).value = null;
      book.cell('BCK-02', answer).value = 3;
      book.cell('VUL-02', answer).value = '約30日';
      writeFileSync(file, await book.save());
      await respondentOf(stage, sent).put('BCK-02', { revision: 0, value: 7 });
      await page.locator('#workbook').setInputFiles(file);
      await page.getByRole('button', { name: button }).click();
      await page.locator('.figures').waitFor();
      await accessible(page, `workbook-preview-${lang}`);
      await page.goto(`/respond?lang=${lang}`);
      await accessible(page, `workbook-start-${lang}`);
      expect(complaints).toEqual([]);
      await close();
    },
    120_000,
  );
});
