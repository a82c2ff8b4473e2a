import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SentAssessment, sentAssessment } from '../features/answers/sent-assessment.ts';
import { submitted } from '../features/reviews/submitted-assessment.ts';
import { barriers } from '../support/barriers.ts';
import { look, openStage, type Stage, type Visit } from './stage.ts';

let stage: Stage;
let sent: SentAssessment;

beforeAll(async () => {
  stage = await openStage();
  stage.services.clock.set('2026-11-21T10:00:00+09:00');
}, 60_000);
afterAll(() => stage?.close());
beforeEach(async () => {
  sent = await sentAssessment(stage.app, stage.services);
});

const PHONE = { viewport: { width: 360, height: 740 } };

async function signedIn(cookie: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const visit = await stage.visit(options);
  const [name = '', value = ''] = cookie.split('=', 2);
  const url = stage.url.replace('http:', 'https:');
  await visit.page.context().addCookies([{ name, value, url, secure: true, httpOnly: true, sameSite: 'Lax' }]);
  visit.page.setDefaultTimeout(20_000);
  return visit;
}

async function stored(page: Page, id: string): Promise<Record<string, unknown> | undefined> {
  const response = await page.request.get('/api/respond/assessment');
  return (await response.json()).answers[id];
}
const choose = (page: Page, id: string) => page.locator(`label[for="${id}"]`).click();
const question = (page: Page, id: string) => page.locator(`[id="q-${id}"]`);
const part = (page: Page, id: string, summary: string) => question(page, id).locator('summary', { hasText: summary });
const errors = (page: Page, id: string) => question(page, id).locator('[data-errors] .error-message').count();

const CONDITION = '契約プランなどの条件付きで満たす場合';
const PLAN = '対応予定がある場合';

describe('a vendor with scripts', () => {
  it('says a condition and a plan, is not told off half-way, and sees what was understood', async () => {
    const { page, complaints, close } = await signedIn(sent.respondent);
    await page.goto('/respond/sections/AUTH');
    expect(await part(page, 'AUTH-05', PLAN).isVisible()).toBe(false);
    await choose(page, 'AUTH-05-opt');
    await part(page, 'AUTH-05', PLAN).waitFor();

    await part(page, 'AUTH-05', CONDITION).click();
    await choose(page, 'AUTH-05-conditional-all');
    await page.locator('[id="AUTH-05-condition"]').pressSequentially('エンタープライズプラン');
    await page.locator('[id="AUTH-05-condition"]').blur();
    const conditional = { value: 'all', condition: 'エンタープライズプラン' };
    await expect.poll(async () => (await stored(page, 'AUTH-05'))?.conditional).toEqual(conditional);
    expect(await errors(page, 'AUTH-05')).toBe(0);

    await part(page, 'AUTH-05', PLAN).click();
    await page.locator('[id="AUTH-05-planBy"]').fill('令和９年３月３１日');
    await page.locator('[id="AUTH-05-planMeasure"]').fill('全利用者に必須化');
    await page.locator('[id="AUTH-05-planMeasure"]').press('Tab');
    await question(page, 'AUTH-05').getByText('2027年3月31日(水) として受け付けました').waitFor();
    expect(await stored(page, 'AUTH-05')).toMatchObject({ value: 'opt', conditional, plan: { by: '2027-03-31' } });
    await look(page, 'conditions-vendor-ja');
    expect(complaints).toEqual([]);
    await close();
  });

  it('is asked for the missing half once the part is left', async () => {
    const { page, close } = await signedIn(sent.respondent);
    await page.goto('/respond/sections/AUTH');
    await choose(page, 'AUTH-05-none');
    await part(page, 'AUTH-05', PLAN).click();
    await page.locator('[id="AUTH-05-planBy"]').fill('2027/3/31');
    await page.locator('[id="AUTH-05-planMeasure"]').focus();
    await page.waitForTimeout(300);
    expect(await errors(page, 'AUTH-05')).toBe(0);
    await page.locator('[id="AUTH-06-cert"]').focus();
    await question(page, 'AUTH-05').getByText('予定している対応の内容を入力してください').waitFor();
    await page.locator('[id="AUTH-05-planMeasure"]').fill('必須化');
    await page.locator('[id="AUTH-05-planMeasure"]').blur();
    await expect
      .poll(async () => (await stored(page, 'AUTH-05'))?.plan)
      .toEqual({ by: '2027-03-31', measure: '必須化' });
    await close();
  });

  it('is offered no plan beside a full answer, and told so where one is written', async () => {
    const { page, close } = await signedIn(sent.respondent);
    await page.goto('/respond/sections/AUTH');
    await choose(page, 'AUTH-04-none');
    await part(page, 'AUTH-04', PLAN).click();
    await page.locator('[id="AUTH-04-planBy"]').fill('2027-03-31');
    await page.locator('[id="AUTH-04-planMeasure"]').fill('ロックを導入');
    await choose(page, 'AUTH-04-le10');
    await question(page, 'AUTH-04').getByText('今の回答では対応予定は不要').waitFor();
    await page.locator('[id="AUTH-04-planBy"]').fill('');
    await page.locator('[id="AUTH-04-planMeasure"]').fill('');
    await page.locator('[id="AUTH-04-planMeasure"]').blur();
    await part(page, 'AUTH-04', PLAN).waitFor({ state: 'hidden' });
    await close();
  });
});

describe('a vendor without scripts', () => {
  it('says both by the form, mends what is wrong, and finds them on the check', async () => {
    const { page, close } = await signedIn(sent.respondent, { javaScriptEnabled: false });
    await page.goto('/respond/sections/LOG');
    await page.locator('[id="LOG-02-typed"]').fill('３');
    await part(page, 'LOG-02', CONDITION).click();
    await page.locator('[id="LOG-02-conditionalTyped"]').fill('１２');
    await part(page, 'LOG-02', PLAN).click();
    await page.locator('[id="LOG-02-planBy"]').fill('2026年11月21日');
    await page.locator('[id="LOG-02-planMeasure"]').fill('保存期間を延長');
    await page.getByRole('button', { name: '保存して次へ' }).click();
    await page.getByText('条件を入力してください').first().waitFor();
    await look(page, 'conditions-vendor-refused');
    expect(await page.locator('[id="LOG-02-conditionalTyped"]').inputValue()).toBe('１２');
    await page.locator('[id="LOG-02-condition"]').fill('長期保存オプション');
    await page.getByRole('button', { name: '保存して次へ' }).click();
    await page.getByText('明日以降の日付を入力してください').first().waitFor();
    await page.locator('[id="LOG-02-planBy"]').fill('令和8年12月1日');
    await page.getByRole('button', { name: '保存する', exact: true }).first().click();
    await page.waitForURL(/done=answers\.saved/);
    expect(await stored(page, 'LOG-02')).toMatchObject({
      ...{ value: 3, conditional: { value: 12, condition: '長期保存オプション' } },
      plan: { by: '2026-12-01', measure: '保存期間を延長' },
    });
    await page.goto('/respond/check');
    await page.getByText('対応予定：2026年12月1日まで　保存期間を延長').waitFor();
    await page.getByText('（条件：長期保存オプション）').waitFor();
    await close();
  });
});

describe('a reviewer', () => {
  const answers = {
    'AUTH-04': { value: 'none', plan: { by: '2027-09-30', measure: '全利用者に多要素認証を提供する。' } },
    'AUTH-05': { value: 'opt', conditional: { value: 'all', condition: 'エンタープライズプランの契約' } },
    'LOG-02': { value: 3, conditional: { value: 12, condition: '長期保存オプション' } },
  };

  it.each([true, false])('settles a condition against the contract (JavaScript: %s)', async (javaScriptEnabled) => {
    const work = await submitted(stage, { answers });
    const { page, complaints, close } = await signedIn(work.member, { javaScriptEnabled });
    await page.goto(`/assessments/${work.assessmentId}/answers`);
    await look(page, 'conditions-overview-ja');
    await page.getByRole('link', { name: '条件が未判定の回答：2問' }).click();
    await page.getByRole('link', { name: /^AUTH-05/ }).click();
    const box = page.locator('#c-AUTH-05');
    await look(page, 'conditions-section-ja');
    await box.getByRole('button', { name: '条件を満たす', exact: true }).click();
    await box.getByText('根拠を入力してください').waitFor();
    await box.getByRole('textbox').fill('契約書 別紙1：エンタープライズプラン');
    await box.getByRole('button', { name: '条件を満たす', exact: true }).click();
    await page.getByText('条件の判定を保存しました。').waitFor();
    await box.getByText('条件を満たす場合の回答で採点しています。').waitFor();
    await look(page, 'conditions-settled-ja');
    await box.getByText('判定を変更する').click();
    await box.getByRole('button', { name: '判定を取り消す' }).click();
    await box.getByText('判定するまでは、条件がない場合の回答で採点します。').waitFor();
    await page.goto(`/assessments/${work.assessmentId}/finalisation`);
    await page.getByText('条件を満たすか未判定の設問：2問').waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it.each(['ja', 'en'])('and vendor meet no barrier and nothing sticks out on a phone (%s)', async (lang) => {
    const work = await submitted(stage, { answers });
    for (const options of [PHONE, { viewport: { width: 1280, height: 900 } }]) {
      const { page, close } = await signedIn(work.member, options);
      for (const path of ['', '/AUTH', '?show=unsettled']) {
        const url = `/assessments/${work.assessmentId}/answers${path}`;
        await page.goto(`${url}${url.includes('?') ? '&' : '?'}lang=${lang}`);
        await look(page, `conditions-review${path.replace(/\W/g, '-')}-${options.viewport.width}-${lang}`);
        expect(await barriers(page)).toEqual([]);
      }
      await close();
      const vendor = await signedIn(sent.respondent, options);
      await vendor.page.goto(`/respond/sections/AUTH?lang=${lang}`);
      await choose(vendor.page, 'AUTH-05-opt');
      const parts = question(vendor.page, 'AUTH-05').locator('[data-add-on] > summary');
      await parts.nth(1).waitFor();
      for (const summary of await parts.all()) await summary.click();
      await look(vendor.page, `conditions-vendor-${options.viewport.width}-${lang}`);
      expect(await barriers(vendor.page)).toEqual([]);
      await vendor.close();
    }
  });
});
