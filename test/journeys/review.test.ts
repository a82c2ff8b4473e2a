import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { organisations, services as serviceRows, vendors } from '../../db/schema/index.ts';
import { issueReport } from '../../server/features/reports/issue.usecases.ts';
import {
  finalisedExample,
  type Submitted,
  submitted,
  submittedExample,
} from '../features/reviews/submitted-assessment.ts';
import { barriers } from '../support/barriers.ts';
import { look, openStage, type Stage, type Visit } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  stage.services.clock.set('2026-11-21T10:00:00+09:00');
});
afterAll(() => stage.close());

async function signedIn(cookie: string, options: Parameters<Stage['visit']>[0] = {}): Promise<Visit> {
  const visit = await stage.visit(options);
  const [name = '', value = ''] = cookie.split('=', 2);
  await visit.page
    .context()
    .addCookies([
      { name, value, url: stage.url.replace('http:', 'https:'), secure: true, httpOnly: true, sameSite: 'Lax' },
    ]);
  return visit;
}
const isms = { kind: 'ISMS', number: 'IS 123456', edition: '2022', expires: '2028-03-31', scopeIncludesService: true };
const DESK = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 360, height: 740 } };

/** Page and width at which something sticks out sideways; nothing for a page that fits. */
async function sticksOut({ page }: Visit): Promise<string | null> {
  const [content, window] = await page.evaluate<[number, number]>(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  );
  return content > window ? `${page.url()}: ${content} > ${window}` : null;
}

/** Names as long as they get, an answer set with everything in it, in one language. */
async function longNames(work: Submitted): Promise<void> {
  const name = '一般社団法人全国中小企業情報セキュリティ推進機構クラウドサービス事業統括本部';
  await stage.services.database.inOrganisation(work.organisationId, async (db) => {
    await db.update(organisations).set({ name });
    await db.update(vendors).set({ name: `${name}ホールディングス株式会社` });
    await db
      .update(serviceRows)
      .set({ name: 'InternationalizedPayrollAndSocialInsuranceManagementSuiteEnterpriseEdition2026' });
  });
}

describe('a reviewer', () => {
  it.each([true, false])(
    'goes from file to file to the settled result (JavaScript: %s)',
    async (javaScriptEnabled) => {
      const work = await submitted(stage, {
        answers: { 'LOG-02': { value: 12 }, 'LOG-04': { value: 'soc' }, 'CRT-01': { value: [isms] } },
        files: ['LOG-02', 'LOG-04', 'CRT-01#1'],
      });
      const visit = await signedIn(work.member, { javaScriptEnabled });
      const { page } = visit;
      await page.goto(`/assessments/${work.assessmentId}/answers`);
      await page.getByRole('link', { name: '未確認の証跡を確認する（3件）' }).click();
      expect(new URL(page.url()).hash).toBe('#s-LOG-02');

      const first = page.locator('#s-LOG-02');
      await first.getByText('不採用（回答と矛盾する）').click();
      await first.getByRole('button', { name: '保存する' }).click();
      await page.getByRole('link', { name: /認めない理由を入力してください/ }).click();
      await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('e-s-LOG-02');
      await page.locator('#e-s-LOG-02').fill('保存期間の設定が確認できない');
      await page.locator('#s-LOG-02').getByRole('button', { name: '保存する' }).click();

      await page.waitForURL(/saved=LOG-02#s-LOG-04$/);
      expect(await page.locator('#s-LOG-04').getByRole('status').textContent()).toContain('LOG-02の判定を保存しました');
      expect(await page.locator('#s-LOG-02').textContent()).toContain('判定者：山田花子');
      await page.locator('#s-LOG-04').getByText('確認済み（回答を裏付けている）').click();
      await page.locator('#s-LOG-04').getByRole('button', { name: '保存する' }).click();
      await page.getByRole('link', { name: '未確認の証跡がある次のセクションへ' }).click();
      expect(new URL(page.url()).pathname).toBe(`/assessments/${work.assessmentId}/answers/CRT`);
      await page.getByRole('button', { name: 'すべて「確認済み」にする' }).click();
      expect(await page.locator('main').textContent()).toContain('すべて「確認済み」にしました');

      await page.getByRole('link', { name: '評価の確定へ進む' }).click();
      await page.getByRole('textbox', { name: '評価基準日' }).fill('令和8年11月20日');
      await page.getByRole('button', { name: 'この日付で結果を見る' }).click();
      expect(await sticksOut(visit)).toBeNull();
      await page.getByRole('button', { name: '評価基準日 2026年11月20日(金) で確定する' }).click();
      await page.waitForURL(/done=reviews\.finalised$/);
      expect(await page.locator('main').textContent()).toContain('評価を確定しました');
      expect(visit.complaints).toEqual([]);
      await visit.close();
    },
    60_000,
  );

  it('sees the report become ready without doing anything', async () => {
    const work = await finalisedExample(stage, 'EX1');
    const visit = await signedIn(work.member);
    const { page } = visit;
    const id = await issueReport(stage.services, work.principal, work.assessmentId);
    await page.goto(`/reports/${id}?done=reports.issued`);
    expect(await page.locator('main').textContent()).toContain('PDFを作成しています');
    await look(page, 'report-making');
    await stage.services.drainJobs();
    await page
      .getByRole('link', { name: /PDFをダウンロード/ })
      .first()
      .waitFor({ timeout: 15_000 });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page
        .getByRole('link', { name: /PDFをダウンロード/ })
        .first()
        .click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^KA-2026-.*-R-v1\.ja\.pdf$/);
    expect(visit.complaints).toEqual([]);
    await visit.close();
  }, 90_000);
});

describe('every page', () => {
  const pages: [name: string, whose: Submitted, url: string][] = [];
  beforeAll(async () => {
    const full = await submittedExample(stage, 'EX3');
    const settled = await finalisedExample(stage, 'EX1');
    const empty = await submitted(stage, { answers: { 'DATA-01': { value: 'no' } } });
    for (const work of [full, settled]) await longNames(work);
    const first = await issueReport(stage.services, settled.principal, settled.assessmentId);
    stage.services.clock.advance(1_000);
    const second = await issueReport(stage.services, settled.principal, settled.assessmentId);
    await stage.services.drainJobs();
    const at = (work: Submitted, path: string) => `/assessments/${work.assessmentId}/${path}`;
    pages.push(
      ['overview', full, at(full, 'answers')],
      ['overview-all', full, at(full, 'answers?show=all')],
      ['overview-settled', settled, at(settled, 'answers?show=failing')],
      ['overview-empty', empty, at(empty, 'answers?show=unreviewed')],
      ['section', full, at(full, 'answers/LOG')],
      ['section-certificates', full, at(full, 'answers/CRT')],
      ['section-settled', settled, at(settled, 'answers/AUTH')],
      ['section-empty', empty, at(empty, 'answers/EXIT')],
      ['finalisation', full, at(full, 'finalisation')],
      ['finalisation-refused', full, at(full, 'finalisation?asOf=2030-01-01')],
      ['reports', settled, '/reports'],
      ['reports-none', empty, '/reports'],
      ['report', settled, `/reports/${second}`],
      ['report-old', settled, `/reports/${first}`],
    );
  }, 120_000);

  it.each([
    ['ja', 'desk'],
    ['ja', 'phone'],
    ['en', 'desk'],
    ['en', 'phone'],
  ] as const)(
    'fits and keeps nobody out, with the longest names (%s, %s)',
    async (lang, size) => {
      const wrong: (string | null)[] = [];
      for (const work of new Set(pages.map(([, whose]) => whose))) {
        const visit = await signedIn(work.member, size === 'desk' ? DESK : PHONE);
        for (const [name, , url] of pages.filter(([, whose]) => whose === work)) {
          await visit.page.goto(`${url}${url.includes('?') ? '&' : '?'}lang=${lang}`);
          wrong.push(await sticksOut(visit));
          // Once a language, once a width: looking at ninety questions takes axe seconds.
          if ((lang === 'ja') === (size === 'desk')) wrong.push(...(await barriers(visit.page)));
          await look(visit.page, `${name}-${size}-${lang}`);
        }
        wrong.push(...visit.complaints);
        await visit.close();
      }
      expect(wrong.filter(Boolean)).toEqual([]);
    },
    120_000,
  );
});
