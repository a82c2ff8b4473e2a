import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { colleague, type Role, type Team } from '../features/people/team.ts';
import { type Invited, invited, type Visitor } from '../features/respondents/visitor.ts';
import { barriers } from '../support/barriers.ts';
import { look, openStage, type Stage, type Visit } from './stage.ts';

let stage: Stage;
let sent: Invited;
beforeAll(async () => {
  stage = await openStage();
}, 60_000);
afterAll(() => stage?.close());
beforeEach(async () => {
  await stage.services.mails();
  stage.services.clock.advance(25 * 60 * 60_000);
  sent = await invited(stage.app, stage.services);
});

const desktop = { viewport: { width: 1280, height: 900 } };

/** Comes in by the link of a mail and the code mailed next. */
async function arriveBy(token: string, email: string, options: BrowserContextOptions): Promise<Visit> {
  const visit = await stage.visit({ ...desktop, ...options });
  const { page } = visit;
  page.setDefaultTimeout(20_000);
  await page.goto('/v');
  await page.getByLabel('依頼メールに記載のリンク').fill(`${stage.url}/v#${token}`);
  stage.services.clock.advance(61_000);
  await page.getByRole('button', { name: '確認コードを受け取る' }).click();
  await page.waitForURL('**/v/code');
  const mail = (await mailsTo(email)).find(({ kind }) => kind === 'code');
  await page.getByLabel('確認コード').fill(/\b\d{8}\b/.exec(mail?.text ?? '')?.[0] ?? '');
  await page.getByRole('button', { name: '回答画面へ進む' }).click();
  await page.waitForURL('**/respond');
  return visit;
}

const mailsTo = async (email: string) => (await stage.services.mails()).filter(({ to }) => to.address === email);

/** The link in the newest invitation to that address. */
async function linkIn(email: string): Promise<string> {
  const mail = (await mailsTo(email)).find(({ kind }) => kind === 'contributor-invitation');
  return /\/v#(ktk1_[\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? '';
}

async function invite(page: Page, role: string, name: string, email: string, section?: string): Promise<void> {
  await page.goto('/respond/people');
  await page.getByRole('link', { name: `${role}を招待する` }).click();
  await page.locator('#name').fill(name);
  await page.locator('#email').fill(email);
  await page.locator('label[for="locale-0"]').click();
  if (section) await page.locator(`label[for="section-${section}"]`).click();
  await page.getByRole('button', { name: '招待メールを送る' }).click();
  await page.getByText('招待メールを送りました。').waitFor();
}

const decideAs = async (page: Page, button: string, remark = '') => {
  await page.goto('/respond/check');
  if (remark) await page.locator('#comment').fill(remark);
  stage.services.clock.advance(1_000);
  await page.getByRole('button', { name: button, exact: true }).click();
};

describe('sharing the work, checking and approving', () => {
  it.each([
    ['with', true],
    ['without', false],
  ])(
    'from the invitation to the submission by the approver (%s JavaScript)',
    async (name, javaScriptEnabled) => {
      const options = { javaScriptEnabled };
      const owner = await arriveBy(sent.token, 'tanaka@example.jp', options);
      await owner.page.getByRole('link', { name: '社内で分担する・確認を設定する' }).click();
      await owner.page.getByText('確認者の確認と承認者の承認を受けてから提出する').click();
      await owner.page.getByRole('button', { name: '設定する' }).click();
      await owner.page.getByText('提出前の確認・承認を設定しました。').waitFor();
      const [answers, checks, approves] = ['suzuki', 'sato', 'takahashi'].map((one) => `${one}-${name}@example.jp`) as [
        string,
        string,
        string,
      ];
      await invite(owner.page, '回答者', '鈴木 次郎', answers, 'AUTH');
      await invite(owner.page, '確認者', '佐藤 三郎', checks);
      await invite(owner.page, '承認者', '高橋 四郎', approves);
      await look(owner.page, `people-${name}-list`);

      const contributor = await arriveBy(await linkIn(answers), answers, options);
      await look(contributor.page, `people-${name}-contributor-start`);
      await contributor.page.getByRole('link', { name: '回答を始める' }).click();
      expect(await contributor.page.locator('.tasks__item').count()).toBe(1);
      await contributor.page.goto('/respond/sections/AUTH');
      await contributor.page.locator('[id="AUTH-01-typed"]').fill('１２');
      await contributor.page.getByRole('button', { name: '保存する' }).click();
      await contributor.page.waitForURL(/done=answers\.saved/);
      await look(contributor.page, `people-${name}-contributor-section`);
      expect((await contributor.page.goto('/respond/sections/ORG'))?.status()).toBe(404);

      await owner.page.goto('/respond/sections');
      await owner.page.getByText('担当：鈴木 次郎').waitFor();
      await look(owner.page, `people-${name}-tasks`);
      await owner.page.goto('/respond/check');
      await look(owner.page, `people-${name}-check-owner`);
      await owner.page.getByRole('button', { name: '確認を依頼する' }).click();
      await owner.page.getByText('確認を依頼しました。').waitFor();

      const checker = await arriveBy(await linkIn(checks), checks, options);
      await checker.page.getByRole('link', { name: '回答を確認する' }).click();
      await look(checker.page, `people-${name}-check-checker`);
      await decideAs(checker.page, '差し戻す');
      await checker.page.getByRole('alert').getByText('何を直してほしいか').waitFor();
      await decideAs(checker.page, '差し戻す', 'AUTH-01の根拠を補足してください。');
      await checker.page.getByText('差し戻しました。').waitFor();

      await owner.page.goto('/respond/check');
      await owner.page.getByText('AUTH-01の根拠を補足してください。').waitFor();
      await look(owner.page, `people-${name}-sent-back`);
      stage.services.clock.advance(1_000);
      await owner.page.getByRole('button', { name: '確認を依頼する' }).click();
      await decideAs(checker.page, '確認した');
      await checker.page.getByText('記録しました。').waitFor();

      const approver = await arriveBy(await linkIn(approves), approves, options);
      await decideAs(approver.page, '承認する');
      await approver.page.getByText('記録しました。').waitFor();
      await look(approver.page, `people-${name}-approved`);
      await approver.page.locator('#name').fill('高橋 四郎');
      await approver.page.getByLabel(/役職・部署/).fill('取締役');
      await approver.page.locator('label[for=unanswered]').click();
      await approver.page.locator('label[for=attested]').click();
      await approver.page.getByRole('button', { name: 'この内容で提出する' }).click();
      await approver.page.waitForURL('**/respond/receipt');
      expect(await approver.page.locator('.code-box').textContent()).toMatch(/^KR-/);
      for (const { complaints, close } of [owner, contributor, checker, approver]) {
        expect(complaints).toEqual([]);
        await close();
      }
    },
    120_000,
  );

  it('hides and shows a question that rests on an answer outside the part, and keeps it hidden while typing', async () => {
    const team = { sent, owner: undefined as unknown as Visitor } satisfies Team;
    const mine = await colleague(stage, team, 'contributor', {
      scope: { sections: [], questions: ['DATA-02', 'DATA-03'] },
    });
    const { page, complaints, close } = await signedIn(mine.browser, { viewport: { width: 360, height: 740 } });
    await page.goto('/respond/sections/CEX');
    expect(await page.locator('[id="q-DATA-02"]').isVisible()).toBe(false);
    const owner = await signedIn(cookiesOf(sent.respondent), desktop);
    await owner.page.request.put('/api/respond/answers/DATA-01', {
      data: { revision: 0, value: 'yes' },
      headers: { origin: stage.url },
    });
    await page.reload();
    expect(await page.locator('[id="q-DATA-02"]').isVisible()).toBe(true);
    expect(complaints).toEqual([]);
    await owner.close();
    await close();
  });
});

const cookiesOf = (cookie: string) => ({ cookies: new Map([cookie.split('=') as [string, string]]) });

async function signedIn({ cookies }: Pick<Visitor, 'cookies'>, options: BrowserContextOptions): Promise<Visit> {
  const visit = await stage.visit(options);
  const url = stage.url.replace('http:', 'https:');
  await visit.page.context().addCookies([...cookies].map(([name, value]) => ({ name, value, url, secure: true })));
  visit.page.setDefaultTimeout(20_000);
  return visit;
}

describe('the pages of colleagues', () => {
  it.each([
    ['ja', 1280],
    ['en', 360],
  ] as const)(
    'can be read by everybody (%s, %i px wide)',
    async (lang, width) => {
      const team = { sent, owner: undefined as unknown as Visitor } satisfies Team;
      const people: Record<Exclude<Role, 'respondent'>, Visitor> = {
        contributor: (
          await colleague(stage, team, 'contributor', {
            scope: { sections: ['AUTH', 'LOG'], questions: ['ORG-02'] },
            dueOn: '2026-04-01',
          })
        ).browser,
        checker: (await colleague(stage, team, 'checker')).browser,
        approver: (await colleague(stage, team, 'approver')).browser,
      };
      const owner = await signedIn(cookiesOf(sent.respondent), { viewport: { width, height: 800 } });
      await owner.page.goto(`/respond/people?lang=${lang}`);
      await owner.page.locator('label[for="steps-2"]').click();
      await owner.page.getByRole('button', { name: /設定する|^Set$/ }).click();
      const found: string[] = [];
      await inspect(owner.page, '/respond/people', 'list');
      await owner.page.locator('table a').first().click();
      await inspect(owner.page, new URL(owner.page.url()).pathname, 'colleague');
      for (const role of ['contributor', 'checker'])
        await inspect(owner.page, `/respond/people/new?role=${role}`, `invite-${role}`);
      await owner.page.getByRole('button', { name: /招待メールを送る|Send the invitation/ }).click();
      await examine(owner.page, 'invite-errors');
      for (const path of ['/respond', '/respond/sections', '/respond/check'])
        await inspect(owner.page, path, `owner${path}`);
      await owner.page.getByRole('button', { name: /確認を依頼する|Ask for approval/ }).click();
      for (const [role, browser] of Object.entries(people)) {
        const { page, complaints, close } = await signedIn(browser, { viewport: { width, height: 800 } });
        const paths =
          role === 'contributor' ? ['/respond', '/respond/check', '/respond/questions'] : ['/respond/check'];
        for (const path of paths) await inspect(page, path, `${role}${path}`);
        expect(complaints).toEqual([]);
        await close();
      }
      const member = await signedIn(cookiesOf(sent.member), { viewport: { width, height: 800 } });
      await inspect(member.page, `/assessments/${sent.assessmentId}`, 'customer');
      expect(found).toEqual([]);
      expect([...owner.complaints, ...member.complaints]).toEqual([]);
      await Promise.all([owner.close(), member.close()]);

      async function inspect(page: Page, path: string, name: string): Promise<void> {
        const response = await page.goto(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
        expect([path, response?.status()]).toEqual([path, 200]);
        await examine(page, name);
      }
      async function examine(page: Page, name: string): Promise<void> {
        found.push(...(await barriers(page)).map((barrier) => `${name}: ${barrier}`));
        await look(page, `people-${lang}-${name.replaceAll('/', '-')}`);
      }
    },
    240_000,
  );
});
