import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SentAssessment, sentAssessment } from '../features/answers/sent-assessment.ts';
import { barriers } from '../support/barriers.ts';
import { createScannerStandIn, type ScannerStandIn } from '../support/scanner-stand-in.ts';
import { look, openStage, type Stage, type Visit } from './stage.ts';

let scanner: ScannerStandIn;
let stage: Stage;
let sent: SentAssessment;
const folder = mkdtempSync(join(tmpdir(), 'kantoku-journey-'));

beforeAll(async () => {
  scanner = await createScannerStandIn();
  stage = await openStage({ CLAMD_SOCKET: scanner.socket });
}, 60_000);
afterAll(async () => {
  await stage?.close();
  await scanner.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  scanner.answer(() => 'stream: OK\0');
  sent = await sentAssessment(stage.app, stage.services);
});

async function vendor(options: BrowserContextOptions = {}): Promise<Visit> {
  const visit = await stage.visit(options);
  const [name = '', value = ''] = sent.respondent.split('=');
  await visit.page
    .context()
    .addCookies([{ name, value, domain: 'localhost', path: '/', secure: true, httpOnly: true, sameSite: 'Strict' }]);
  visit.page.setDefaultTimeout(20_000);
  return visit;
}

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const block = (page: Page, subject: string) => page.locator(`[data-evidence="${subject}"]`);
const listed = (page: Page, subject: string) => block(page, subject).locator('[data-file]');
const choose = (page: Page, subject: string, ...paths: string[]) =>
  block(page, subject).locator('[data-upload]').setInputFiles(paths);

describe('with scripts', () => {
  it('takes files by choosing and by dropping, shows how far they are, and their way through the scan', async () => {
    const { page, complaints, close } = await vendor();
    await page.goto('/respond/sections/AUTH');
    expect(await block(page, 'AUTH-01').getByText('この枠にファイルをドラッグ＆ドロップ').isVisible()).toBe(true);

    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/api/respond/evidence', async (route) => {
      await held;
      await route.continue();
    });
    await choose(page, 'AUTH-01', file('アカウント管理規程.txt', 'あ'.repeat(5_000)), file('一覧.csv', 'a,b\n1,2\n'));
    await block(page, 'AUTH-01').locator('progress').waitFor();
    await look(page, 'evidence-progress');
    expect(await page.evaluate(leavingIsHeld)).toBe(true);
    release();
    await listed(page, 'AUTH-01').nth(1).waitFor();
    await page.unroute('**/api/respond/evidence');
    expect(await block(page, 'AUTH-01').getByText('ウイルス検査中').count()).toBe(2);
    await look(page, 'evidence-waiting');
    await stage.services.drainJobs();
    await block(page, 'AUTH-01').getByText('ウイルス検査済み').nth(1).waitFor();

    await drop(page, 'AUTH-02', 'dropped.txt', '落としたファイル');
    await listed(page, 'AUTH-02').getByText('dropped.txt').first().waitFor();
    expect(await page.evaluate(leavingIsHeld)).toBe(false);
    expect(complaints).toEqual([]);
    await close();
  });

  it('says the percentage while a large file goes up', async () => {
    const { page, close } = await vendor();
    await page.goto('/respond/sections/AUTH');
    const session = await page.context().newCDPSession(page);
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: 2_000_000,
    });
    await choose(page, 'AUTH-01', file('大きい.txt', 'x'.repeat(3_000_000)));
    await block(page, 'AUTH-01')
      .locator('.uploads__percent')
      .getByText(/^[1-9]\d?%$/)
      .waitFor();
    await listed(page, 'AUTH-01').waitFor();
    await close();
  });

  it('says what is wrong with a file and keeps the others', async () => {
    const { page, close } = await vendor();
    await page.goto('/respond/sections/AUTH');
    await choose(
      page,
      'AUTH-01',
      file('x.html', '<p>'),
      file('good.txt', 'よい'),
      file('y.txt', Buffer.alloc(26 * 1024 ** 2, 97)),
    );
    await listed(page, 'AUTH-01').getByText('good.txt').first().waitFor();
    const question = page.locator('#q-AUTH-01');
    await question.getByText('x.html：この形式のファイルは受け付けていません').waitFor();
    await question.getByText('「y.txt」は25 MBを超えているため').waitFor();
    expect(await barriers(page)).toEqual([]);
    await look(page, 'evidence-refused');
    await close();
  });

  it('replaces and removes without leaving the page', async () => {
    const { page, close } = await vendor();
    await page.goto('/respond/sections/AUTH');
    await choose(page, 'AUTH-01', file('旧版.txt', '旧'));
    await listed(page, 'AUTH-01').getByText('旧版.txt').first().waitFor();
    const chooser = page.waitForEvent('filechooser');
    await listed(page, 'AUTH-01').getByRole('button', { name: '差し替える' }).click();
    await (await chooser).setFiles(file('新版.txt', '新'));
    await listed(page, 'AUTH-01').getByText('新版.txt').first().waitFor();
    expect(await listed(page, 'AUTH-01').count()).toBe(1);
    await listed(page, 'AUTH-01').getByRole('button', { name: '取り除く' }).click();
    await expect.poll(() => listed(page, 'AUTH-01').count()).toBe(0);
    await page.getByRole('status').getByText('取り除きました：新版.txt').waitFor();
    await close();
  });

  it('reads dates as they are typed, and points out what has expired', async () => {
    const { page, complaints, close } = await vendor();
    await page.goto('/respond/sections/AUTH');
    await choose(page, 'AUTH-01', file('認証書.txt', '認証'));
    await listed(page, 'AUTH-01').first().waitFor();
    await listed(page, 'AUTH-01').getByText('文書の日付・有効期限を記入する').click();
    const dates = listed(page, 'AUTH-01').locator('[data-date]');
    await dates.nth(0).locator('input').fill('平成30年4月1日');
    await dates.nth(1).locator('input').fill('あした');
    await dates.nth(1).locator('input').press('Tab');
    await dates.nth(1).getByText('日付を読み取れませんでした').waitFor();
    expect(await barriers(page)).toEqual([]);
    await dates.nth(1).locator('input').fill('Ｒ８．３．３１');
    await dates.nth(1).locator('input').press('Tab');
    await dates.nth(1).getByText('2026年3月31日 として受け付けました').waitFor();
    await look(page, 'evidence-dates');
    await page
      .locator('#AUTH-02-comment, [id="AUTH-02-typed"]')
      .first()
      .focus()
      .catch(() => {});
    await page.locator('h1').click();
    await block(page, 'AUTH-01').getByText('有効期限切れ').first().waitFor();
    await look(page, 'evidence-expired');
    expect(complaints).toEqual([]);
    await close();
  });

  it('uses a file for another question, and tells that a picture lost its place', async () => {
    const { page, close } = await vendor();
    await page.goto('/respond/sections/AUTH');
    const exif = { IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '35/1 40/1 0/1' } };
    const photo = sharp({ create: { width: 60, height: 40, channels: 3, background: '#336699' } }).withExif(exif);
    await choose(page, 'AUTH-01', file('サーバー室.jpg', await photo.jpeg().toBuffer()));
    await page.getByRole('status').getByText('撮影場所の情報は取り除きました').waitFor();
    await listed(page, 'AUTH-01').first().waitFor();
    await page.goto('/respond/sections/ORG');
    await block(page, 'ORG-05').getByRole('button', { name: '添付済みのファイルから選ぶ' }).click();
    await page.getByRole('heading', { name: '添付済みのファイルを使う' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await look(page, 'evidence-reuse');
    await page.locator('label', { hasText: 'サーバー室.jpg' }).click();
    await page.getByRole('button', { name: 'この設問に使う' }).click();
    await listed(page, 'ORG-05').getByText('サーバー室.jpg').first().waitFor();
    await close();
  });

  it('saves by itself why proof cannot be handed over', async () => {
    const { page, close } = await vendor();
    await page.goto('/respond/sections/AUTH');
    const question = page.locator('#q-AUTH-01');
    await question.getByText('証跡はあるが、提出できない場合').click();
    await question.getByLabel('提出できない理由と、代わりに確認できる方法').fill('社外秘。来社時に閲覧可。');
    await question.getByText(/^保存済み/).waitFor();
    await page.reload();
    expect(await question.getByLabel('提出できない理由と、代わりに確認できる方法').inputValue()).toBe(
      '社外秘。来社時に閲覧可。',
    );
    await look(page, 'evidence-withheld');
    await close();
  });
});

describe('the customer', () => {
  it('sees what each file went through, in both languages', async () => {
    scanner.answer((bytes) => (bytes.includes('virus') ? 'stream: Win.Test.X FOUND\0' : 'stream: OK\0'));
    const { page, close } = await vendor();
    await page.goto('/respond/sections/AUTH');
    await page.locator('[id="AUTH-01-typed"]').fill('12');
    await choose(page, 'AUTH-01', file('規程.txt', '規程'), file('virus.txt', 'virus'));
    await listed(page, 'AUTH-01').nth(1).waitFor();
    await stage.services.drainJobs();
    await listed(page, 'AUTH-01').getByText('ウイルス検出・削除済み').waitFor();
    const dates = listed(page, 'AUTH-01').filter({ hasText: '規程.txt' }).locator('[data-file-dates]');
    await dates.locator('summary').click();
    await dates.locator('input').nth(1).fill('2026-03-31');
    await dates.locator('input').nth(1).press('Tab');
    await page.getByText('2026年3月31日 として受け付けました').waitFor();
    await page.goto('/respond/check');
    await page.getByText('ウイルス検出・削除済み').first().waitFor();
    expect(await barriers(page)).toEqual([]);
    await look(page, 'evidence-check');
    const form = { attested: 'yes', name: '佐藤一郎', title: '部長', unanswered: 'yes' };
    const headers = { origin: stage.url, 'content-type': 'application/x-www-form-urlencoded' };
    await page.request.post('/respond/submission', { data: new URLSearchParams(form).toString(), headers });
    await close();

    const [name = '', value = ''] = sent.member.split('=');
    const customer = await stage.visit();
    const cookie = {
      name,
      value,
      domain: 'localhost',
      path: '/',
      secure: true,
      httpOnly: true,
      sameSite: 'Strict',
    } as const;
    await customer.page.context().addCookies([cookie]);
    for (const lang of ['ja', 'en']) {
      await customer.page.goto(`/assessments/${sent.assessmentId}/answers/AUTH?lang=${lang}`);
      const evidence = customer.page.locator('#q-AUTH-01 .file-list');
      await evidence.getByText('Win.Test.X').waitFor();
      await evidence.getByText(lang === 'ja' ? '有効期限切れ' : 'Expired').waitFor();
      expect(await evidence.getByRole('link').count()).toBe(1);
      expect(await barriers(customer.page)).toEqual([]);
      await look(customer.page, `evidence-review-${lang}`);
    }
    await customer.close();
  });
});

describe('without scripts', () => {
  it('attaches, dates, replaces, reuses and removes', async () => {
    const { page, close } = await vendor({ javaScriptEnabled: false });
    await page.goto('/respond/sections/AUTH');
    expect(await page.getByText('ドラッグ＆ドロップ').first().isVisible()).toBe(false);
    await choose(page, 'AUTH-01', file('規程.txt', '規程'));
    await block(page, 'AUTH-01').getByRole('button', { name: '添付する' }).click();
    await listed(page, 'AUTH-01').getByText('規程.txt').first().waitFor();
    await listed(page, 'AUTH-01').locator('summary').click();
    await listed(page, 'AUTH-01').locator('[data-date] input').first().fill('令和7年4月1日');
    await choose(page, 'AUTH-01', file('規程 第2版.txt', '規程2'));
    await listed(page, 'AUTH-01').getByRole('button', { name: '差し替える' }).click();
    await listed(page, 'AUTH-01').getByText('規程 第2版.txt').first().waitFor();
    expect(await listed(page, 'AUTH-01').count()).toBe(1);
    await block(page, 'AUTH-02').getByRole('button', { name: '添付済みのファイルから選ぶ' }).click();
    await page.locator('label', { hasText: '規程 第2版.txt' }).click();
    await page.getByRole('button', { name: 'この設問に使う' }).click();
    await listed(page, 'AUTH-02').getByRole('button', { name: '取り除く' }).click();
    await expect.poll(() => listed(page, 'AUTH-02').count()).toBe(0);
    expect(await listed(page, 'AUTH-01').count()).toBe(1);
    await close();
  });
});

describe.each([
  ['ja', 'light', 1280],
  ['en', 'dark', 1280],
  ['ja', 'dark', 360],
  ['en', 'light', 360],
] as const)('in %s, %s, %i px wide', (lang, colorScheme, width) => {
  it('has no barrier and no sideways scrolling', async () => {
    scanner.answer((bytes) => (bytes.includes('virus') ? 'stream: X FOUND\0' : 'stream: OK\0'));
    const { page, complaints, close } = await vendor({ colorScheme, viewport: { width, height: 900 } });
    await page.goto(`/respond/sections/AUTH?lang=${lang}`);
    const long = 'とても長い名前のファイルは折り返されてはみ出さないことを確かめるためのもの.txt';
    await choose(page, 'AUTH-01', file(long, 'x'), file('virus.txt', 'virus'));
    await listed(page, 'AUTH-01').nth(1).waitFor();
    await stage.services.drainJobs();
    await choose(page, 'AUTH-01', file('waits.txt', 'w'));
    await listed(page, 'AUTH-01').nth(2).waitFor();
    for (const summary of await page.locator('#q-AUTH-01 summary:visible').all()) await summary.click();
    expect(await barriers(page)).toEqual([]);
    const [content, view] = (await page.evaluate('[document.documentElement.scrollWidth, innerWidth]')) as number[];
    expect(content).toBeLessThanOrEqual(view ?? 0);
    await look(page, `evidence-${lang}-${colorScheme}-${width}`);
    await page.goto(`/respond/files?subject=AUTH-02&lang=${lang}`);
    expect(await barriers(page)).toEqual([]);
    await look(page, `evidence-files-${lang}-${colorScheme}-${width}`);
    expect(complaints).toEqual([]);
    await close();
  });
});

/** Whether the page would ask before it is left. */
const leavingIsHeld = `(() => { const event = new Event('beforeunload', { cancelable: true }); dispatchEvent(event); return event.defaultPrevented; })()`;

/** As a person drags a file from a folder onto the box. */
async function drop(page: Page, subject: string, name: string, content: string): Promise<void> {
  const data = await page.evaluateHandle(
    `(() => { const data = new DataTransfer(); data.items.add(new File([${JSON.stringify(content)}], ${JSON.stringify(name)}, { type: 'text/plain' })); return data; })()`,
  );
  const box = block(page, subject).locator('[data-drop]');
  await box.dispatchEvent('dragenter', { dataTransfer: data });
  await box.dispatchEvent('dragover', { dataTransfer: data });
  expect(await box.getAttribute('class')).toContain('evidence-drop--over');
  await box.dispatchEvent('drop', { dataTransfer: data });
  expect(await box.getAttribute('class')).not.toContain('evidence-drop--over');
}
