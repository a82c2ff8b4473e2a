import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finaliseAssessment } from '../../../server/features/reviews/finalise.usecases.ts';
import { readUnderReview } from '../../../server/features/reviews/reviews.usecases.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { declared, flag, sendBack } from '../rounds/returned.ts';
import { memberOfRole, rows, type Submitted, send, submitted } from './submitted-assessment.ts';

let test: TestApp;
beforeAll(async () => {
  test = await buildTestApp();
  test.services.clock.set('2026-11-21T10:00:00+09:00');
});
afterAll(() => test.close());

const conditional = { value: 'all', condition: 'エンタープライズプランの契約' };
const plan = { by: '2027-09-30', measure: '全利用者に多要素認証を必須化' };
const answers = {
  'ORG-02': { value: 'no', plan: { by: '2026-12-10', measure: '規程を整備' } },
  'AUTH-01': { value: 15, plan },
  'AUTH-04': { value: 'none', plan },
  'AUTH-05': { value: 'opt', conditional },
  'LOG-02': { value: 3, conditional: { value: 12, condition: '長期保存オプション' } },
};

async function arrived(): Promise<Submitted> {
  return submitted(test, { answers });
}
const read = (work: Submitted) => readUnderReview(test.services, work.principal, work.assessmentId);
const page = async (work: Submitted, path = '', cookie = work.member) =>
  (await send(test, cookie, 'GET', `/assessments/${work.assessmentId}/answers${path}`)).body;

async function settle(work: Submitted, question: string, form: Record<string, string>, cookie = work.member) {
  test.services.clock.advance(1_000);
  const url = `/assessments/${work.assessmentId}/conditions/${question}`;
  const { subjects } = await read(work);
  const seen = subjects.find(({ id }) => id === question)?.review?.reviewedAt.toISOString() ?? '';
  return send(test, cookie, 'POST', url, { form: { seen, ...form } });
}
const events = (work: Submitted) =>
  rows(
    test,
    `select action, subject, actor_name, details from audit_events where assessment_id = '${work.assessmentId}'
      and action like 'condition.%' order by at`,
  );
const scoreOf = async (work: Submitted, id: string) =>
  (await read(work)).evaluation.why.questions.find((result) => result.id === id)?.scoreBeforeEvidence;

describe('a condition', () => {
  it('counts as not met until it is settled, and shows what it could change', async () => {
    const work = await arrived();
    expect(await scoreOf(work, 'AUTH-05')).toBe(0.5);
    const { range, evaluation } = await read(work);
    expect(range?.unsettled).toEqual(['AUTH-05', 'LOG-02']);
    expect(range?.overall.from).toBe(evaluation.score);
    expect(range?.overall.to).toBeGreaterThan(evaluation.score);

    const section = await page(work, '/AUTH');
    expect(section).toContain('エンタープライズプランの契約');
    expect(section).toMatch(/条件がない場合：\d+%（全体の[\d.]+点分）/);
    expect(section).toContain(
      `総合点は${evaluation.score.toFixed(1)}点から${range?.questions['AUTH-05']?.overallUnder.toFixed(1)}点に`,
    );
    expect(section).toContain('判定するまでは、条件がない場合の回答で採点します。');
    const overview = await page(work);
    expect(overview).toMatch(/[\d.]+点（[A-E]）〜[\d.]+点（[A-E]）/);
    expect(overview).toContain('条件が未判定の回答：2問');
    expect(await page(work, '?show=unsettled')).toContain('AUTH-05');
    expect(await page(work, '/AUTH?lang=en')).toContain(
      'Until you settle it, the answer without the condition is scored.',
    );
  });

  it('counts once it is settled to hold, with its reason, who and when', async () => {
    const work = await arrived();
    const done = await settle(work, 'AUTH-05', { holds: 'yes', reason: '契約書第3条：エンタープライズ' });
    expect([done.statusCode, done.headers.location]).toEqual([
      303,
      `/assessments/${work.assessmentId}/answers/AUTH?done=conditions.settled#q-AUTH-05`,
    ]);
    expect(await scoreOf(work, 'AUTH-05')).toBe(1);
    expect((await read(work)).range?.unsettled).toEqual(['LOG-02']);
    expect(await events(work)).toEqual([
      {
        ...{ action: 'condition.held', subject: 'AUTH-05', actor_name: '山田花子' },
        details: { reason: '契約書第3条：エンタープライズ' },
      },
    ]);
    const section = await page(work, '/AUTH');
    expect(section).toContain('条件を満たす場合の回答で採点しています。');
    expect(section).toContain('契約書第3条：エンタープライズ');
    expect(section).toContain('判定者：山田花子');
  });

  it('can be settled the other way, and be taken back, until the end', async () => {
    const work = await arrived();
    await settle(work, 'AUTH-05', { holds: 'yes', reason: '契約書第3条' });
    await settle(work, 'AUTH-05', { holds: 'no', reason: 'スタンダードプラン' });
    expect(await scoreOf(work, 'AUTH-05')).toBe(0.5);
    expect((await read(work)).range?.unsettled).toEqual(['LOG-02']);
    expect((await settle(work, 'AUTH-05', { holds: 'open', reason: '' })).statusCode).toBe(303);
    expect((await read(work)).range?.unsettled).toEqual(['AUTH-05', 'LOG-02']);
    expect((await events(work)).map(({ action }) => action)).toEqual([
      ...['condition.held', 'condition.notHeld', 'condition.reopened'],
    ]);
    await finaliseAssessment(test.services, work.principal, work.assessmentId, '2026-11-21');
    expect((await settle(work, 'AUTH-05', { holds: 'yes', reason: '契約書' })).statusCode).toBe(409);
    expect(await page(work, '/AUTH')).not.toContain('name="holds"');
  });

  it('keeps the mark on the evidence, and is kept by it', async () => {
    const work = await submitted(test, { answers, files: ['LOG-02'] });
    const mark = `/assessments/${work.assessmentId}/reviews/LOG-02`;
    await send(test, work.member, 'POST', mark, { form: { evidence: 'rejected', reason: '別の画面' } }, 303);
    await settle(work, 'LOG-02', { holds: 'yes', reason: '長期保存を契約済み' });
    const { collected, evaluation } = await read(work);
    expect(collected.reviews).toMatchObject([
      { evidenceState: 'rejected', reason: '別の画面', conditionHolds: true, conditionReason: '長期保存を契約済み' },
    ]);
    expect(evaluation.why.questions.find(({ id }) => id === 'LOG-02')).toMatchObject({ flag: 'rejected', score: 0 });
    await send(test, work.member, 'POST', mark, { form: { evidence: 'verified' } }, 303);
    expect(await scoreOf(work, 'LOG-02')).toBe(1);
  });

  it('asks for a reason, and keeps what was typed', async () => {
    const work = await arrived();
    const refused = await settle(work, 'AUTH-05', { holds: 'yes', reason: ' ' });
    expect(refused.statusCode).toBe(400);
    expect(refused.body).toContain('根拠を入力してください');
    const long = await settle(work, 'AUTH-05', { holds: 'no', reason: 'あ'.repeat(2_001) });
    expect(long.statusCode).toBe(400);
    expect(long.body).toContain('あ'.repeat(2_001));
    expect(await events(work)).toEqual([]);
  });

  it('is not settled over somebody else’s word, nor where there is none, nor by those who only read', async () => {
    const work = await arrived();
    await settle(work, 'AUTH-05', { holds: 'yes', reason: '契約書' });
    const stale = await settle(work, 'AUTH-05', { holds: 'no', reason: 'x', seen: '' });
    expect(stale.statusCode).toBe(409);
    expect((await settle(work, 'AUTH-04', { holds: 'yes', reason: 'x' })).statusCode).toBe(404);
    expect((await settle(work, 'NOPE', { holds: 'yes', reason: 'x' })).statusCode).toBe(404);
    const auditor = await memberOfRole(test, work, 'auditor');
    expect((await settle(work, 'AUTH-05', { holds: 'no', reason: 'x' }, auditor.cookie)).statusCode).toBe(403);
    expect(await page(work, '/AUTH', auditor.cookie)).not.toContain('name="holds"');
    const vendor = await settle(work, 'AUTH-05', { holds: 'no', reason: 'x' }, work.respondent);
    expect(vendor.statusCode).not.toBe(303);
  });

  it('waits for a word again when the vendor, asked to mend it, hands in another condition', async () => {
    const work = await arrived();
    await settle(work, 'AUTH-05', { holds: 'yes', reason: '契約書第3条' });
    await settle(work, 'LOG-02', { holds: 'yes', reason: '契約済み' });
    await flag(test, work, ['AUTH-05']);
    await sendBack(test, work);
    const changed = { revision: 1, conditional: { ...conditional, condition: '特注プラン' } };
    await send(test, work.respondent, 'PUT', '/api/respond/answers/AUTH-05', { json: changed }, 200);
    // Until it is handed in again, the customer sees and counts what was handed in.
    expect(await scoreOf(work, 'AUTH-05')).toBe(1);
    await send(test, work.respondent, 'POST', '/respond/submission', { form: declared }, 303);
    const { range, collected } = await read(work);
    expect(range?.unsettled).toEqual(['AUTH-05']);
    expect(await scoreOf(work, 'AUTH-05')).toBe(0.5);
    expect(collected.reviews.map(({ subject, conditionHolds }) => [subject, conditionHolds])).toEqual([
      ['LOG-02', true],
    ]);
    expect(await page(work, '/AUTH')).not.toContain('契約書第3条');
  });

  it('is named before the result is settled, and then counts as not met', async () => {
    const work = await arrived();
    const { body } = await send(test, work.member, 'GET', `/assessments/${work.assessmentId}/finalisation`);
    expect(body).toContain('条件を満たすか未判定の設問：2問（満たさないものとして確定します）');
    const { score } = (await read(work)).evaluation;
    const settled = await finaliseAssessment(test.services, work.principal, work.assessmentId, '2026-11-21');
    expect(settled.score).toBe(score);
    expect((await read(work)).range).toBeNull();
    expect(await page(work)).not.toContain('条件付きの回答による幅');
  });

  it('never tells the vendor how it was settled', async () => {
    const work = await arrived();
    await settle(work, 'AUTH-05', { holds: 'yes', reason: '契約書第3条' });
    for (const url of ['/respond/answers', '/respond', '/respond/receipt', '/api/respond/assessment']) {
      const { body } = await send(test, work.respondent, 'GET', url);
      expect(body).not.toMatch(/契約書第3条|満たす」|"settled"|conditionHolds|条件が未判定/);
    }
    const { body } = await send(test, work.respondent, 'GET', '/api/respond/assessment');
    expect((JSON.parse(body) as { answers: Record<string, object> }).answers['AUTH-05']).toMatchObject({
      value: 'opt',
    });
  });
});

describe('a plan', () => {
  it('stands beside the day that is due, and says when it is late', async () => {
    const work = await arrived();
    const overview = await page(work);
    const table = /id="commitments".*?<\/table>/s.exec(overview)?.[0] ?? '';
    expect(table).toContain('規程を整備');
    expect(table).toContain('全利用者に多要素認証を必須化');
    expect(table.match(/期限より後/g)).toHaveLength(1);
    // A full answer has nothing to mend.
    expect(table).not.toContain('AUTH-01');
    expect(await page(work, '/AUTH')).toContain('2027年9月30日(木)まで');
    expect(await page(work, '?show=planned')).toMatch(/ORG-02[\s\S]*AUTH-04/);
    expect(await page(work, '?lang=en')).toContain('Corrective plan: what the vendor has planned');
  });

  it('does not raise the score', async () => {
    const planned = await read(await arrived());
    const bare = await read(await submitted(test, { answers: withoutPlans() }));
    expect(planned.evaluation.score).toBe(bare.evaluation.score);
    expect(planned.evaluation.issues).toEqual(bare.evaluation.issues);
  });
});

function withoutPlans() {
  return Object.fromEntries(Object.entries(answers).map(([id, { value }]) => [id, { value }]));
}
