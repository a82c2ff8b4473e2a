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

/** A browser that is signed in as the vendor's contact or as a member of the customer. */
async function person(who: 'respondent' | 'member', options: BrowserContextOptions = {}): Promise<Visit> {
  const visit = await stage.visit(options);
  const [name = '', value = ''] = sent[who].split('=');
  await visit.page
    .context()
    .addCookies([{ name, value, domain: 'localhost', path: '/', secure: true, httpOnly: true, sameSite: 'Strict' }]);
  visit.page.setDefaultTimeout(20_000);
  return visit;
}

const threadsHref = () => `/assessments/${sent.assessmentId}/messages`;
const question = (page: Page, id: string) => page.locator(`[id="q-${id}"]`);
const mailsOf = async (kind: string) => (await stage.services.mails()).filter((mail) => mail.kind === kind);
/** Two clicks in one moment of the server's clock have no order. */
const later = () => stage.services.clock.advance(1_000);

describe.each([
  ['with scripts', true],
  ['without scripts', false],
] as const)('questions back, %s', (_, javaScriptEnabled) => {
  it('the vendor asks at the question, the customer answers, the vendor reads', async () => {
    const vendor = await person('respondent', { javaScriptEnabled });
    const customer = await person('member', { javaScriptEnabled });
    await vendor.page.goto('/respond/sections/AUTH');
    await vendor.page.locator('[id="AUTH-01-typed"]').fill('12');
    await question(vendor.page, 'AUTH-01')
      .getByRole('button', { name: /この設問について質問する/ })
      .click();
    await vendor.page.waitForURL(/\/respond\/messages\/AUTH-01$/);
    await vendor.page.getByLabel('質問・確認したいこと').fill('管理者用の端末も\n含みますか。');
    await vendor.page.getByRole('button', { name: '質問を送る' }).click();
    await vendor.page.getByText('送信しました').waitFor();
    await look(vendor.page, `messages-asked-${javaScriptEnabled}`);

    later();
    await customer.page.goto('/assessments');
    await customer.page
      .getByRole('row', { name: /あおぞら人事/ })
      .getByText('要返信1件')
      .click();
    const thread = customer.page.locator('[id="thread-AUTH-01"]');
    await thread.getByText('含みますか。').waitFor();
    await thread.getByLabel('返信').fill('はい、含めてお答えください。');
    await thread.getByRole('button', { name: /返信を送る/ }).click();
    await customer.page.getByText('返信を送りました').waitFor();
    await look(customer.page, `messages-replied-${javaScriptEnabled}`);

    await vendor.page.getByRole('link', { name: '設問に戻る' }).click();
    await question(vendor.page, 'AUTH-01').getByText('質問1件・返信あり').click();
    await vendor.page.getByText('はい、含めてお答えください。').waitFor();
    const page = await vendor.page.locator('main').textContent();
    expect([page?.includes('株式会社みなと労務'), page?.includes('山田')]).toEqual([true, false]);
    await vendor.page.goto('/respond/sections/AUTH');
    expect(await vendor.page.locator('[id="AUTH-01-typed"]').inputValue()).toBe('12');

    const [answer] = await mailsOf('message');
    expect(answer).toMatchObject({
      to: { address: 'tanaka@example.jp' },
      text: expect.stringContaining('> はい、含めて'),
    });
    expect(answer?.text).not.toContain('山田');
    expect([...vendor.complaints, ...customer.complaints]).toEqual([]);
    await Promise.all([vendor.close(), customer.close()]);
  });

  it('a question is called unclear with one press, and the customer settles it', async () => {
    const vendor = await person('respondent', { javaScriptEnabled });
    const customer = await person('member', { javaScriptEnabled });
    await vendor.page.goto('/respond/sections/AUTH');
    await question(vendor.page, 'AUTH-03')
      .getByRole('button', { name: /わかりにくい設問と知らせる/ })
      .click();
    await question(vendor.page, 'AUTH-03').getByText('わかりにくい設問と連絡済み').waitFor();
    await vendor.page.getByText('そのまま回答を続けられます').waitFor();
    later();
    await customer.page.goto(threadsHref());
    const thread = customer.page.locator('[id="thread-AUTH-03"]');
    await thread.getByText('わかりにくい設問').waitFor();
    await thread.getByRole('button', { name: /返信せずに対応済みにする/ }).click();
    await thread.getByText('対応済み', { exact: true }).waitFor();
    expect([...vendor.complaints, ...customer.complaints]).toEqual([]);
    await Promise.all([vendor.close(), customer.close()]);
  });

  it('the vendor declines with a reason, and goes on when the customer asks', async () => {
    const vendor = await person('respondent', { javaScriptEnabled });
    const customer = await person('member', { javaScriptEnabled });
    await vendor.page.goto('/respond');
    await vendor.page.getByRole('link', { name: 'この依頼を辞退する' }).click();
    await vendor.page.getByRole('button', { name: '辞退する' }).click();
    await vendor.page
      .getByRole('alert')
      .getByRole('link', { name: /辞退の理由/ })
      .waitFor();
    await vendor.page.getByLabel('辞退の理由').fill('個別の質問票には、公開資料でお答えしています。');
    await look(vendor.page, `messages-decline-${javaScriptEnabled}`);
    later();
    await vendor.page.getByRole('button', { name: '辞退する' }).click();
    await vendor.page.getByText('この依頼を辞退済みです').waitFor();
    await look(vendor.page, `messages-declined-vendor-${javaScriptEnabled}`);

    await customer.page.goto(`/assessments/${sent.assessmentId}`);
    await customer.page.getByText('公開資料でお答えしています').first().waitFor();
    await look(customer.page, `messages-declined-customer-${javaScriptEnabled}`);
    await customer.page.getByRole('link', { name: '回答の再開を依頼する' }).click();
    await customer.page.getByLabel('委託先への連絡').fill('公開資料にない点だけでもお願いします。');
    await look(customer.page, `messages-resume-${javaScriptEnabled}`);
    later();
    await customer.page.getByRole('button', { name: '再開を依頼する' }).click();
    await customer.page.getByText('回答の再開を依頼しました').waitFor();

    await vendor.page.goto('/respond');
    await vendor.page
      .getByRole('link', { name: /回答を(始める|再開する)|続きから/ })
      .first()
      .waitFor();
    await vendor.page.getByRole('link', { name: '質問・連絡を開く' }).click();
    await vendor.page.getByText('公開資料にない点だけでも').waitFor();
    expect(await mailsOf('resumed')).toHaveLength(javaScriptEnabled ? 1 : 2);
    expect([...vendor.complaints, ...customer.complaints]).toEqual([]);
    await Promise.all([vendor.close(), customer.close()]);
  });

  it('the vendor names another contact, and the customer takes it over with one press', async () => {
    const vendor = await person('respondent', { javaScriptEnabled });
    const customer = await person('member', { javaScriptEnabled });
    await vendor.page.goto('/respond/messages');
    await vendor.page.getByRole('link', { name: '別の担当窓口を案内する' }).click();
    await vendor.page.getByLabel('ご担当の方の氏名').fill('情報システム部　小林');
    await vendor.page.getByLabel('メールアドレス').fill('kobayashi@example.jp');
    await vendor.page.getByRole('button', { name: '案内を送る' }).click();
    await vendor.page.getByText('担当窓口の案内を依頼元に送りました').waitFor();
    await look(vendor.page, `messages-redirected-${javaScriptEnabled}`);
    later();
    await customer.page.goto(`/assessments/${sent.assessmentId}`);
    await look(customer.page, `messages-proposal-${javaScriptEnabled}`);
    await customer.page.getByRole('link', { name: 'この方に宛先を変更する' }).click();
    expect(await customer.page.locator('[id="contactEmail"]').inputValue()).toBe('kobayashi@example.jp');
    expect(await customer.page.locator('[id="contactName"]').inputValue()).toBe('情報システム部 小林');
    expect([...vendor.complaints, ...customer.complaints]).toEqual([]);
    await Promise.all([vendor.close(), customer.close()]);
  });
});

describe('every page of it', () => {
  it.each([
    ['ja', 1280],
    ['en', 360],
  ] as const)(
    'is accessible and never scrolls sideways (%s, %d px)',
    async (lang, width) => {
      const vendor = await person('respondent', { viewport: { width, height: 800 } });
      const customer = await person('member', { viewport: { width, height: 800 } });
      const posts: [Page, string, Record<string, string>][] = [
        [vendor.page, '/respond/messages/AUTH-01', { body: `What about admins?\n${'x'.repeat(300)}`, kind: 'message' }],
        [vendor.page, '/respond/messages/AUTH-02', { body: '', kind: 'unclear' }],
        [vendor.page, '/respond/messages', { body: 'May we have a week more?' }],
        [customer.page, threadsHref(), { thread: 'AUTH-01', body: 'Yes, include them.' }],
        [
          vendor.page,
          '/respond/redirection',
          { name: 'IT', email: 'it@example.jp', remark: 'They answer such questions.' },
        ],
      ];
      for (const [page, url, form] of posts) {
        later();
        await page.request.post(url, { form, headers: { origin: stage.url } });
      }
      const vendorPages = [
        '/respond',
        '/respond/messages',
        '/respond/messages/AUTH-01',
        '/respond/messages/AUTH-05',
        '/respond/decline',
        '/respond/redirection',
        '/respond/sections/AUTH',
      ];
      const customerPages = ['/assessments', `/assessments/${sent.assessmentId}`, threadsHref()];
      for (const url of vendorPages) await inspect(vendor.page, url, lang, width);
      for (const url of customerPages) await inspect(customer.page, url, lang, width);
      await vendor.page.request.post('/respond/decline', {
        form: { reason: 'We publish this.' },
        headers: { origin: stage.url },
      });
      for (const url of ['/respond', '/respond/messages']) await inspect(vendor.page, url, lang, width, 'declined');
      for (const url of [
        `/assessments/${sent.assessmentId}`,
        `/assessments/${sent.assessmentId}/resumption`,
        threadsHref(),
      ])
        await inspect(customer.page, url, lang, width, 'declined');
      expect([...vendor.complaints, ...customer.complaints]).toEqual([]);
      await Promise.all([vendor.close(), customer.close()]);
    },
    180_000,
  );
});

async function inspect(page: Page, url: string, lang: string, width: number, mark = ''): Promise<void> {
  await page.goto(`${url}?lang=${lang}`);
  expect(await barriers(page)).toEqual([]);
  const name = url.replace(/[0-9a-f-]{36}/, 'ID').replaceAll('/', '_');
  await look(page, `messages${name}${mark}-${lang}-${width}`);
}
