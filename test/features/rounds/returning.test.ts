import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flagQuestion } from '../../../server/features/rounds/flag-question.usecases.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { colleague } from '../people/team.ts';
import { visitor } from '../respondents/visitor.ts';
import { memberOfRole, rows, type Submitted, send, submitted } from '../reviews/submitted-assessment.ts';
import { answers, due, flag, returned, sendBack } from './returned.ts';

let test: TestApp;
beforeAll(async () => {
  test = await buildTestApp();
  test.services.clock.set('2026-11-21T10:00:00+09:00');
});
afterAll(() => test.close());

const reviewed = () => submitted(test, { answers });
const page = (work: Submitted, path: string) =>
  send(test, work.member, 'GET', `/assessments/${work.assessmentId}${path}`);
const post = (work: Submitted, path: string, form: Record<string, string>, cookie = work.member) =>
  send(test, cookie, 'POST', `/assessments/${work.assessmentId}${path}`, { form });
const rowOf = async ({ assessmentId }: Submitted) =>
  (await rows(test, `select *, due_on::text as due from assessments where id = '${assessmentId}'`))[0];
const trail = async ({ assessmentId }: Submitted, like: string) =>
  rows(
    test,
    `select action, subject, details from audit_events where assessment_id = '${assessmentId}' and action like '${like}' order by at`,
  );

describe('marking questions for a return', () => {
  it('is done beside the question, with a reason that can be changed and taken back', async () => {
    const work = await reviewed();
    const path = '/returned-questions/ORG-02';
    const saved = await post(work, path, { reason: '点検の記録を\r\n添付してください。', seen: '' });
    expect([saved.statusCode, saved.headers.location]).toEqual([
      303,
      `/assessments/${work.assessmentId}/answers/ORG?done=rounds.flagged#q-ORG-02`,
    ]);
    const section = await page(work, '/answers/ORG');
    expect(section.body).toContain('差戻しに登録済み');
    expect(section.body).toContain('点検の記録を\n添付してください。');
    expect((await page(work, '/answers?show=returned')).body).toContain('差戻しへ進む（1問）');

    test.services.clock.advance(1_000);
    const stale = await post(work, path, { reason: '別の人の理由', seen: '' });
    expect(stale.statusCode).toBe(409);
    expect(stale.body).toContain('別の人の理由');
    await post(work, `${path}/removal`, { to: 'section' });
    expect(await rows(test, `select * from returned_questions where assessment_id = '${work.assessmentId}'`)).toEqual(
      [],
    );
    expect((await trail(work, 'return.%')).map(({ action, subject }) => [action, subject])).toEqual([
      ['return.marked', 'ORG-02'],
      ['return.unmarked', 'ORG-02'],
    ]);
  });

  it.each([
    ['', '差し戻す理由を入力してください'],
    ['あ'.repeat(2_001), '1文字超過'],
  ])('needs a reason of a sensible length', async (reason, message) => {
    const refused = await post(await reviewed(), '/returned-questions/ORG-02', { reason, seen: '' });
    expect(refused.statusCode).toBe(400);
    expect(refused.body).toContain(message);
    expect(refused.body).toContain('href="#flag-ORG-02"');
  });

  it('is for questions that apply, for staff, and for submitted answers', async () => {
    const work = await reviewed();
    for (const id of ['SUB-02', 'NONE-1', "x'"]) {
      const url = `/returned-questions/${encodeURIComponent(id)}`;
      expect((await post(work, url, { reason: '理由', seen: '' })).statusCode, id).toBe(404);
    }
    const auditor = await memberOfRole(test, work, 'auditor');
    expect((await post(work, '/returned-questions/ORG-02', { reason: '理由' }, auditor.cookie)).statusCode).toBe(403);
    expect((await post(work, '/return', { dueOn: due }, auditor.cookie)).statusCode).toBe(403);
    const away = await returned(test, ['ORG-02']);
    expect((await post(away, '/returned-questions/ORG-03', { reason: '理由', seen: '' })).statusCode).toBe(409);
  });
});

describe('returning answers', () => {
  it('opens a round with a date, tells the vendor why, and records it', async () => {
    const work = await reviewed();
    await flag(test, work, ['SUB-01', 'ORG-02']);
    const preview = await page(work, '/return');
    expect(preview.body).toContain('ORG-02の理由');
    expect(preview.body.indexOf('ORG-02の理由')).toBeLessThan(preview.body.indexOf('SUB-01の理由'));
    await sendBack(test, work, { dueOn: '令和8年12月25日', note: '全体の連絡です。' });
    expect(await rowOf(work)).toMatchObject({ state: 'returned', round: 2, due });
    expect(
      await rows(
        test,
        `select note, due_on::text, round, withdrawn_at from returns where assessment_id = '${work.assessmentId}'`,
      ),
    ).toEqual([{ note: '全体の連絡です。', due_on: due, round: 2, withdrawn_at: null }]);
    const [event] = await trail(work, 'assessment.returned');
    expect(event?.details).toMatchObject({
      round: 2,
      dueOn: due,
      previousDueOn: '2026-12-18',
      questions: ['ORG-02', 'SUB-01'],
    });
    const [mail] = (await test.services.mails()).filter(({ kind }) => kind === 'returned');
    expect(mail?.to.address).toBe('tanaka@example.jp');
    for (const words of ['ORG-02の理由', 'SUB-01の理由', '全体の連絡です。', '2026年12月25日', '/v#']) {
      expect(mail?.text).toContain(words);
    }
    const overview = await page(work, '');
    expect(overview.body).toContain('差戻し中');
  });

  it('gives colleagues the new date, and tells those of whom nothing came back that they have nothing to do', async () => {
    const work = await reviewed();
    const team = { sent: work, owner: visitor(test.app, test.services.config.publicUrl) };
    const scope = (questions: string[]) => ({ sections: [], questions });
    const asked = await colleague(test, team, 'contributor', { scope: scope(['ORG-02']), dueOn: '2026-12-01' });
    const spared = await colleague(test, team, 'contributor', { scope: scope(['ORG-03']), dueOn: '2026-12-01' });
    expect((await asked.browser.get('/respond')).body).toContain('2026年12月1日');
    await flag(test, work, ['ORG-02']);
    await sendBack(test, work);
    const start = (await asked.browser.get('/respond')).body;
    expect(start).toContain('第2回：1問が差し戻されています');
    expect(start).toContain('2026年12月25日');
    expect(start).not.toContain('2026年12月1日');
    for (const path of ['/respond', '/respond/sections']) {
      const page = (await spared.browser.get(path)).body;
      expect(page).toContain('第2回：担当の設問に差戻しはありません');
      expect(page).not.toMatch(/0問|差戻しの設問に答える/);
    }
  });

  it('shows the mail as it will be sent, for what is typed, before anything is sent', async () => {
    const work = await reviewed();
    await flag(test, work, ['ORG-02']);
    const shown = await post(work, '/return', {
      dueOn: '2026-12-28',
      note: '急ぎません。',
      action: 'preview',
      seen: '',
    });
    expect(shown.statusCode).toBe(200);
    expect(shown.body).toContain('急ぎません。');
    expect(shown.body).toContain('2026年12月28日');
    expect(await rowOf(work)).toMatchObject({ state: 'submitted', round: 1 });
  });

  it.each([
    [{ dueOn: '2026-11-21' }, '明日'],
    [{ dueOn: 'そのうち' }, '提出期限を'],
    [{ dueOn: '2028-01-01' }, '1年後'],
    [{ note: 'あ'.repeat(2_001) }, '2,000'],
  ])('refuses %o on the same page', async (typed, message) => {
    const work = await reviewed();
    await flag(test, work, ['ORG-02']);
    const seen = /name="seen" value="([^"]+)"/.exec((await page(work, '/return')).body)?.[1] ?? '';
    const refused = await post(work, '/return', { dueOn: due, note: '', action: 'return', seen, ...typed });
    expect(refused.statusCode).toBe(400);
    expect(refused.body.replaceAll('2000', '2,000')).toContain(message);
    expect(await rowOf(work)).toMatchObject({ state: 'submitted' });
  });

  it('needs a question, and that what was looked at is what is sent', async () => {
    const work = await reviewed();
    const nothing = await post(work, '/return', { dueOn: due, action: 'return', seen: '' });
    expect(nothing.statusCode).toBe(400);
    expect(nothing.body).toContain('差し戻す設問がありません');
    await flag(test, work, ['ORG-02']);
    const seen = /name="seen" value="([^"]+)"/.exec((await page(work, '/return')).body)?.[1] ?? '';
    await flag(test, work, ['ORG-03']);
    const changed = await post(work, '/return', { dueOn: due, action: 'return', seen });
    expect(changed.statusCode).toBe(409);
    expect(changed.body).toContain('ORG-03の理由');
    expect(await rowOf(work)).toMatchObject({ state: 'submitted' });
  });

  it('happens once however often it is pressed', async () => {
    const work = await reviewed();
    await flag(test, work, ['ORG-02']);
    const before = (await test.services.mails()).filter(({ kind }) => kind === 'returned').length;
    await Promise.all(Array.from({ length: 10 }, () => sendBack(test, work).catch(() => {})));
    expect(await rowOf(work)).toMatchObject({ state: 'returned', round: 2 });
    expect(await trail(work, 'assessment.returned')).toHaveLength(1);
    expect((await test.services.mails()).filter(({ kind }) => kind === 'returned')).toHaveLength(before + 1);
  });

  it('is what a reminder and a later date speak of', async () => {
    const work = await returned(test, ['ORG-02', 'ORG-03']);
    await post(work, '/reminders', {});
    await post(work, '/due-date', { dueOn: '2027-01-08' });
    const mails = (await test.services.mails()).slice(0, 2);
    expect(mails.map(({ kind }) => kind).sort()).toEqual(['due-date-changed', 'reminder']);
    for (const { text } of mails) expect(text).toMatch(/追加の確認をお願いしている(設問が)?2問/);
    const page = await send(test, work.respondent, 'GET', '/respond/sections/ORG');
    expect(page.body).toContain('2027年1月8日');
  });

  it('keeps the remarks of the review to the customer', async () => {
    const work = await reviewed();
    const form = { evidence: 'open', remark: '社内の所見' };
    await post(work, '/reviews/ORG-02', form);
    await flagQuestion(test.services, work.principal, work.assessmentId, 'ORG-02', { reason: '外向けの理由' });
    await sendBack(test, work);
    const [mail] = (await test.services.mails()).filter(({ kind }) => kind === 'returned');
    expect(mail?.text).not.toContain('社内の所見');
    for (const url of ['/respond', '/respond/sections', '/respond/sections/ORG', '/respond/check']) {
      const shown = await send(test, work.respondent, 'GET', url, {}, 200);
      expect(shown.body, url).not.toContain('社内の所見');
    }
  });
});
