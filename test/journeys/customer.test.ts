import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailsOf, newDraft, newSent } from '../features/assessments/drafts.ts';
import { type Customer, newCustomer, type Person } from '../features/vendors/customer.ts';
import { barriers } from '../support/barriers.ts';
import { look, openStage, type Stage } from './stage.ts';

let stage: Stage;
let customer: Customer;
beforeAll(async () => {
  stage = await openStage();
  customer = await newCustomer(stage, { isEntrustee: true });
}, 60_000);
afterAll(() => stage.close());

async function signIn(page: Page, person: Person): Promise<void> {
  const url = stage.url.replace('http:', 'https:');
  const [name = '', value = ''] = (person.cookie.split('; ')[0] ?? '').split('=');
  await page.context().addCookies([{ name, value, url, secure: true }]);
}

describe('a customer without JavaScript', () => {
  it('registers a vendor and its service and sends the questionnaire', async () => {
    const { page, complaints, close } = await stage.visit({ javaScriptEnabled: false });
    await signIn(page, customer.owner);
    await page.goto('/assessments');
    await page.getByRole('link', { name: '委託先とサービス' }).click();
    await page.getByRole('link', { name: '委託先を登録する' }).first().click();
    await page.getByLabel('名称', { exact: false }).first().fill('株式会社クラウド');
    await page.getByLabel('法人番号').fill('７０００-０１２０-５０００３');
    await page.getByRole('button', { name: '登録してサービスの入力に進む' }).click();
    expect(await page.title()).toMatch(/^エラー/);
    await page.getByLabel('法人番号').fill('７０００-０１２０-５０００２');
    await page.getByRole('button', { name: '登録してサービスの入力に進む' }).click();
    await page.getByRole('link', { name: 'サービスを追加' }).first().click();
    await page.getByLabel('サービスの名称').fill('給与クラウド');
    await page.getByText('SaaS（アプリケーションの提供）').click();
    await page.getByText('個人番号（マイナンバー）').click();
    await page.getByText('高', { exact: true }).click();
    await page.getByRole('button', { name: '登録する' }).click();
    await page.getByRole('link', { name: '質問票を送る' }).click();
    await page.getByLabel('回答担当者の氏名').fill('田中 一郎');
    await page.getByLabel('回答担当者のメールアドレス').fill('tanaka@vendor.example');
    await page.getByRole('button', { name: '下書きを保存して内容を確認する' }).click();
    await look(page, 'customer-sending');
    await page.getByRole('button', { name: 'この内容で送付する' }).click();
    expect(await page.getByRole('status').textContent()).toContain('質問票を送付しました');
    await look(page, 'customer-sent');
    const id = new URL(page.url()).pathname.split('/')[2] ?? '';
    expect(await mailsOf(stage, id)).toHaveLength(1);
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);
});

describe('pages of a customer', () => {
  it.each([
    ['ja', 1280],
    ['en', 360],
  ])(
    'can be read by everybody (%s, %i px wide)',
    async (lang, width) => {
      const start = { dueOn: '2026-05-10' };
      const draft = await newDraft(stage, customer.owner.principal, start);
      const sent = await newSent(stage, customer.owner.principal, {
        ...start,
        contactName: 'とても長い名前の担当者とても長い名前の担当者',
        contactEmail: 'a-very-long-address-without-any-break@subdomain.vendor.example',
      });
      const { page, complaints, close } = await stage.visit({ viewport: { width, height: 800 } });
      await signIn(page, customer.owner);
      const vendors = (await customer.owner.get('/api/vendors')).json().vendors as {
        id: string;
        services: { id: string }[];
      }[];
      const vendor = vendors.find(({ services }) => services.length > 0);
      const paths = [
        '/vendors',
        '/vendors?q=zzz',
        '/vendors/new',
        `/vendors/${vendor?.id}`,
        `/vendors/${vendor?.id}/edit`,
        `/vendors/${vendor?.id}/services/new`,
        `/vendors/${vendor?.id}/services/${vendor?.services[0]?.id}/edit`,
        '/questionnaires',
        // The long ones take seconds each to inspect; narrow and in English is where they break first.
        ...(lang === 'en' ? ['/questionnaires/jp-cloud-ppc/1.0.0', '/questionnaires/jp-cloud-ppc/1.0.0/scoring'] : []),
        ...(lang === 'en' ? [`/assessments/${draft}/sending`] : []),
        '/assessments',
        '/assessments?state=revoked',
        '/assessments/new',
        `/assessments/${draft}`,
        `/assessments/${draft}/edit`,
        ...['', '/duties', '/due-date', '/revocation', '/contact'].map((path) => `/assessments/${sent}${path}`),
      ];
      const found: string[] = [];
      for (const path of paths) {
        const response = await page.goto(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
        expect([path, response?.status()]).toEqual([path, 200]);
        found.push(...(await barriers(page)));
        await look(page, `customer-${lang}${path.replace(/[\da-f-]{36}/g, 'id').replace(/[^\w]+/g, '-')}`);
      }
      expect(found).toEqual([]);
      expect(complaints).toEqual([]);
      await close();
    },
    120_000,
  );
});
