import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { respondentOf } from '../answers/respondent.ts';
import type { Visitor } from '../respondents/visitor.ts';
import { answer, type Colleague, colleague, declared, newTeam, rowsOf, seenBy, signedIn, type Team } from './team.ts';

let test: TestApp;
let team: Team;
let checker: Colleague;
let approver: Colleague;
let since: string;

beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.services.mails();
  test.services.clock.advance(60_000);
  since = test.services.clock.now().toISOString();
  team = await newTeam(test);
  checker = await colleague(test, team, 'checker');
  approver = await colleague(test, team, 'approver');
  expect(await answer(team.owner, 'ORG-02', 'doc')).toBe(200);
});

const steps = (n: number) => team.owner.post('/respond/approval-steps', { steps: String(n) });
const ask = async () => {
  test.services.clock.advance(1_000);
  return team.owner.post('/respond/approval-requests', { seen: await seenBy(team.owner) });
};
const decide = async (person: Visitor, decision: string, more: Record<string, string> = {}) => {
  test.services.clock.advance(1_000);
  return person.post('/respond/approvals', { seen: await seenBy(person), decision, comment: '', ...more });
};
/** Asked for, checked and approved. */
async function approveAll(): Promise<void> {
  expect((await ask()).statusCode).toBe(303);
  for (const { browser } of [checker, approver]) expect((await decide(browser, 'approved')).statusCode).toBe(303);
}

const submit = (person: Visitor = team.owner) => {
  test.services.clock.advance(1_000);
  return person.post('/respond/submission', declared);
};
const mails = async () =>
  (await test.services.mails())
    .filter(({ sentAt, kind }) => sentAt >= since && kind.startsWith('approval'))
    .map(({ kind, to }) => `${kind} ${to.address}`);
const state = async () =>
  (await rowsOf(test, `select state from assessments where id = '${team.sent.assessmentId}'`))[0]?.state;
const trail = async () =>
  (
    await rowsOf(
      test,
      `select action, actor_name from audit_events where assessment_id = '${team.sent.assessmentId}' and (action like 'approval.%' or action = 'assessment.submitted') order by at, id`,
    )
  ).map((row) => `${row.actor_name} ${row.action}`);

describe('without steps', () => {
  it('the coordinator submits, and nobody else', async () => {
    expect((await submit(checker.browser)).statusCode).toBe(403);
    const early = await submit(approver.browser);
    expect([early.statusCode, early.body.includes('最後に承認した方')]).toEqual([403, true]);
    expect((await submit()).statusCode).toBe(303);
  });

  it('nothing can be asked for or decided', async () => {
    expect((await ask()).statusCode).toBe(409);
    expect((await decide(checker.browser, 'approved')).statusCode).toBe(409);
    expect((await steps(3)).statusCode).toBe(400);
  });
});

describe('with 確認 and 承認', () => {
  beforeEach(async () => {
    expect((await steps(2)).headers.location).toBe('/respond/people?done=people.steps');
  });

  it('goes from the coordinator over the checker to the approver, with names and times, and is then submitted', async () => {
    const refused = await submit();
    expect([refused.statusCode, refused.body.includes('確認・承認が済んでいないため')]).toEqual([409, true]);
    expect((await team.owner.get('/respond/check')).body).not.toContain('action="/respond/submission"');
    expect((await ask()).headers.location).toBe('/respond/check?done=approval.requested');
    expect(await mails()).toEqual([`approval-requested ${checker.email}`]);
    expect((await ask()).statusCode).toBe(409);

    const early = await decide(approver.browser, 'approved');
    expect([early.statusCode, early.body.includes('待っている回答はありません')]).toEqual([409, true]);
    expect((await decide(team.owner, 'approved')).statusCode).toBe(403);
    expect((await decide(checker.browser, 'approved')).headers.location).toBe('/respond/check?done=approval.approved');
    expect((await mails()).sort()).toEqual(
      [`approval-requested ${approver.email}`, `approval-requested ${checker.email}`].sort(),
    );
    expect((await submit()).statusCode).toBe(409);
    expect((await submit(approver.browser)).statusCode).toBe(409);

    expect((await decide(approver.browser, 'approved', { comment: 'よくまとまっています' })).statusCode).toBe(303);
    expect(await mails()).toContain('approval-done tanaka@example.jp');
    const { body } = await team.owner.get('/respond/check');
    expect(body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')).toMatch(
      /取りまとめ担当 田中太郎 2026年.+ に依頼済み 確認者 佐藤三郎 2026年.+ に確認済み 承認者 高橋四郎 2026年.+ に承認済み/,
    );
    expect((await submit()).statusCode).toBe(303);
    expect(await trail()).toEqual([
      '田中太郎 approval.requested',
      '佐藤三郎 approval.given',
      '高橋四郎 approval.given',
      '田中太郎 assessment.submitted',
    ]);
  });

  it('may be submitted by whoever gave the last approval, and the coordinator gets the receipt too', async () => {
    const another = await colleague(test, team, 'approver', { name: '伊藤七郎' });
    await approveAll();
    expect((await submit(another.browser)).statusCode).toBe(403);
    expect((await submit(approver.browser)).statusCode).toBe(303);
    const receipts = (await test.services.mails()).filter(({ kind, sentAt }) => kind === 'receipt' && sentAt >= since);
    expect(receipts.map(({ to }) => to.address).sort()).toEqual([approver.email, 'tanaka@example.jp'].sort());
  });

  it.each([
    ['an answer', async () => expect(await answer(team.owner, 'ORG-02', 'yes', 1)).toBe(200)],
    [
      'a file',
      async () => {
        const person = respondentOf(test as never, team.sent);
        expect((await person.upload('ORG-02', '規程.txt', new Uint8Array(Buffer.from('第8版')))).status).toBe(201);
      },
    ],
  ])('is void once %s changes, says so, and begins anew', async (_, change) => {
    await approveAll();
    await change();
    for (const person of [team.owner, checker.browser, approver.browser])
      expect((await person.get('/respond/check')).body).toContain('確認・承認は無効になりました');
    expect((await submit()).statusCode).toBe(409);
    expect((await submit(approver.browser)).statusCode).toBe(409);
    expect((await decide(approver.browser, 'approved')).statusCode).toBe(409);
    expect((await ask()).statusCode).toBe(303);
    expect((await decide(checker.browser, 'approved')).statusCode).toBe(303);
    expect((await decide(approver.browser, 'approved')).statusCode).toBe(303);
    expect((await submit()).statusCode).toBe(303);
  });

  it('does not take a decision on answers that were not on the screen', async () => {
    await ask();
    const seen = await seenBy(checker.browser);
    expect(await answer(team.owner, 'ORG-02', 'no', 1)).toBe(200);
    await ask();
    const refused = await decide(checker.browser, 'approved', { seen, comment: '確認しました' });
    expect(refused.statusCode).toBe(409);
    expect(refused.body).toContain('最新の内容を表示しました');
    expect(refused.body).toContain('確認しました');
    expect((await team.owner.post('/respond/approval-requests', { seen })).statusCode).toBe(409);
    expect(await trail()).toEqual(['田中太郎 approval.requested', '田中太郎 approval.requested']);
  });

  it('is sent back with a remark, which the coordinator reads and the customer does not', async () => {
    await ask();
    const mute = await decide(checker.browser, 'sentBack');
    expect([mute.statusCode, mute.body.includes('href="#comment"')]).toEqual([400, true]);
    expect((await decide(checker.browser, 'sentBack', { comment: 'x'.repeat(1001) })).statusCode).toBe(400);
    const remark = 'ORG-02の版数を確かめてください';
    expect((await decide(checker.browser, 'sentBack', { comment: remark })).headers.location).toBe(
      '/respond/check?done=approval.sentBack',
    );
    expect(await mails()).toContain('approval-sent-back tanaka@example.jp');
    const { body } = await team.owner.get('/respond/check');
    expect(body).toContain('確認者の佐藤三郎さんが差し戻しました');
    expect(body).toContain(remark);
    expect((await submit()).statusCode).toBe(409);
    const page = await test.app.inject({
      url: `/assessments/${team.sent.assessmentId}`,
      headers: { cookie: team.sent.member },
    });
    expect(page.body).toContain('確認者が回答を社内で差戻し');
    expect(page.body).not.toContain(remark);
    expect((await ask()).statusCode).toBe(303);
    expect((await team.owner.get('/respond/check')).body).not.toContain(remark);
  });

  it('needs somebody for each step', async () => {
    await team.owner.post(`/respond/people/${approver.linkId}/revocation`);
    const refused = await ask();
    expect([refused.statusCode, refused.body.includes('承認者がまだいません')]).toEqual([409, true]);
    expect((await team.owner.get('/respond/check')).body).toContain('/respond/people/new?role=approver');
  });

  it('ends with the access of whoever gave it', async () => {
    await approveAll();
    await team.owner.post(`/respond/people/${checker.linkId}/revocation`);
    expect((await submit()).statusCode).toBe(409);
    const successor = await colleague(test, team, 'checker', { name: '後任八郎' });
    expect((await decide(successor.browser, 'approved')).statusCode).toBe(303);
    expect((await submit()).statusCode).toBe(303);
  });

  it('does not survive becoming the coordinator oneself', async () => {
    await approveAll();
    await team.owner.post(`/respond/people/${checker.linkId}/ownership`);
    const owner = await signedIn(test, team.sent, checker.linkId);
    expect((await submit(owner)).statusCode).toBe(409);
  });

  it('asks the approver when the second step is added after the first was given', async () => {
    await steps(1);
    await ask();
    await decide(checker.browser, 'approved');
    expect(await mails()).toContain('approval-done tanaka@example.jp');
    await steps(2);
    expect(await mails()).toContain(`approval-requested ${approver.email}`);
    expect((await submit()).statusCode).toBe(409);
  });

  it('raced: of twenty submissions and a change, nothing is handed in that was not approved', async () => {
    await approveAll();
    const [changed, ...done] = await Promise.all([
      answer(team.owner, 'ORG-02', 'no', 1),
      ...Array.from({ length: 20 }, (_, n) => submit(n % 2 ? team.owner : approver.browser)),
    ]);
    const submitted = done.filter(({ statusCode }) => statusCode === 303).length;
    expect([submitted, changed]).toEqual((await state()) === 'submitted' ? [1, 409] : [0, 200]);
    expect(
      await rowsOf(test, `select 1 from evaluations where assessment_id = '${team.sent.assessmentId}'`),
    ).toHaveLength(submitted);
  });

  it('raced decisions count once', async () => {
    await ask();
    const done = await Promise.all(Array.from({ length: 8 }, () => decide(checker.browser, 'approved')));
    expect(done.filter(({ statusCode }) => statusCode === 303)).toHaveLength(1);
    expect(
      await rowsOf(test, `select 1 from approvals where assessment_id = '${team.sent.assessmentId}' and step = 1`),
    ).toHaveLength(1);
  });
});
