import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueReport } from '../../../server/features/reports/issue.usecases.ts';
import { finaliseAssessment } from '../../../server/features/reviews/finalise.usecases.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { bytes, respondentOf } from '../answers/respondent.ts';
import { memberOfRole, rows, type Submitted, send, submitted } from '../reviews/submitted-assessment.ts';
import { answers, declared, returned } from './returned.ts';

let test: TestApp;
let work: Submitted;
beforeAll(async () => {
  test = await buildTestApp();
  test.services.clock.set('2026-11-21T10:00:00+09:00');
  work = await returned(test, ['ORG-02', 'ORG-03', 'SUB-01']);
  const vendor = respondentOf(test, work);
  await vendor.put('ORG-02', { revision: 1, value: 'yes', comment: '2026年10月に点検しました。' });
  await vendor.put('SUB-01', { revision: 1, value: 'yes' });
  await vendor.put('SUB-02', { revision: 0, value: 'unknown' });
  const [file] = await rows(test, `select id from evidence_files where subject = 'ORG-02'`);
  await vendor.remove(String(file?.id));
  await vendor.upload('ORG-02', '点検記録.txt', bytes('点検の記録'));
  await vendor.get('/respond/check');
  const form = { ...declared, remark: 'ORG-03は前回のとおりです。' };
  await send(test, work.respondent, 'POST', '/respond/submission', { form }, 303);
});
afterAll(() => test.close());

const customer = (path: string, cookie = work.member) =>
  send(test, cookie, 'GET', `/assessments/${work.assessmentId}${path}`);
const vendorSees = (path: string) => send(test, work.respondent, 'GET', path);

describe('the difference between two rounds', () => {
  it.each(['customer', 'vendor'])('is shown to the %s with reasons, texts and files', async (side) => {
    const page = await (side === 'customer' ? customer('/rounds/2') : vendorSees('/respond/rounds/2'));
    expect(page.statusCode).toBe(200);
    for (const words of [
      ...['第2回の提出', 'ORG-03は前回のとおりです。', 'ORG-02の理由', '差戻しを受けた設問（3問）'],
      ...['前回からの変更（3問）', '定めているが点検なし', '定めて年1回以上点検', '2026年10月に点検しました。'],
      ...['ORG-02 証跡.txt', '点検記録.txt', 'わからない・確認中'],
    ]) {
      expect(page.body, words).toContain(words);
    }
    expect(page.body.match(/変更なし/g)).toHaveLength(1);
  });

  it('says of the first round that there is nothing to compare, and knows no other', async () => {
    expect((await customer('/rounds/1')).body).toContain('比べる前回の回答はありません');
    expect((await vendorSees('/respond/rounds/1')).body).toContain('比べる前回の回答はありません');
    for (const round of ['3', '0', 'x', '99999']) {
      expect([400, 404], round).toContain((await customer(`/rounds/${round}`)).statusCode);
      expect([400, 404], round).toContain((await vendorSees(`/respond/rounds/${round}`)).statusCode);
    }
    const auditor = await memberOfRole(test, work, 'auditor');
    expect((await customer('/rounds/2', auditor.cookie)).statusCode).toBe(200);
    const stranger = await submitted(test, { answers });
    expect((await customer('/rounds/2', stranger.member)).statusCode).toBe(404);
  });

  it('stands beside each answer in the review, and can be filtered', async () => {
    const changed = await customer('/answers?show=changed');
    expect(changed.body).toContain('前回から変わった設問：3問');
    const table = /<table class="table table--linked">[\s\S]*?<\/table>/.exec(changed.body)?.[0] ?? '';
    expect([...table.matchAll(/class="question-number">([\w-]+)</g)].map(([, id]) => id)).toEqual([
      'ORG-02',
      'SUB-01',
      'SUB-02',
    ]);
    const returnedOnes = /<table class="table table--linked">[\s\S]*?<\/table>/.exec(
      (await customer('/answers?show=returned')).body,
    )?.[0];
    expect([...(returnedOnes ?? '').matchAll(/class="question-number">([\w-]+)</g)].map(([, id]) => id)).toEqual([
      'ORG-02',
      'ORG-03',
      'SUB-01',
    ]);
    const section = await customer('/answers/ORG');
    expect(section.body).toContain('<del class="change__from prewrap">');
  });
});

describe('the report', () => {
  it('says how often answers were handed in and what changed', async () => {
    await finaliseAssessment(test.services, work.principal, work.assessmentId, '2026-11-21');
    const id = await issueReport(test.services, work.principal, work.assessmentId);
    const [report] = await rows(test, `select document from reports where id = '${id}'`);
    const { rounds, history } = (report?.document ?? {}) as {
      rounds: { round: number; returned: number; changed: number }[];
      history: { action: { ja: string } }[];
    };
    expect(rounds).toMatchObject([
      { round: 1, returned: 0, changed: 0 },
      { round: 2, returned: 3, changed: 3 },
    ]);
    const told = history.map(({ action }) => action.ja);
    expect(told).toContain('回答を再提出（第2回）');
    expect(told).toContain('回答を差戻し（第2回、3問、期限 2026年12月25日）');
    const again = await customer('/answers/ORG');
    expect(again.body).not.toContain('この設問を差し戻す');
  });
});
