import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sentAssessment } from '../features/answers/sent-assessment.ts';
import { rows, send } from '../features/reviews/submitted-assessment.ts';
import { buildTestApp, type TestApp } from '../support/app.ts';

let test: TestApp;
beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());

describe('the heading of what cannot be done in the present state', () => {
  it.each([
    ['draft', 'まだ送付されていない依頼です', '先に送付してください'],
    ['sent', 'まだ回答が始まっていません', '提出されてから操作する'],
    ['inProgress', '回答がまだ提出されていません', '委託先が回答中です'],
    ['returned', '差戻し中の依頼です', '再提出を待つか、差戻しを取り下げて'],
    ['declined', '回答を辞退された依頼です', '回答の再開を依頼するか'],
    ['revoked', '取り消された依頼です', '新しい評価依頼を作成してください'],
    ['finalised', '評価は確定済みです', '新しい評価依頼を作成してください'],
  ])('%s says what is the case, and the text what to do', async (state, heading, advice) => {
    const work = await sentAssessment(test.app, test.services);
    await rows(test, `update assessments set state = '${state}' where id = '${work.assessmentId}' returning id`);
    const form = { asOf: '2020-01-01' };
    const reply = await send(test, work.member, 'POST', `/assessments/${work.assessmentId}/finalisation`, { form });
    expect(reply.statusCode).toBe(409);
    expect(/<h1>.*?<\/h1>\s*<p.*?<\/p>/s.exec(reply.body)?.[0]).toContain(`<h1>${heading}</h1>`);
    expect(reply.body).toContain(advice);
  });

  it('is in English too, and the vendor reads it of the same state', async () => {
    const work = await sentAssessment(test.app, test.services);
    await rows(test, `update assessments set due_on = '2020-01-01' where id = '${work.assessmentId}' returning id`);
    const reply = await test.app.inject({
      method: 'POST',
      url: '/respond/sections/AUTH',
      headers: {
        cookie: `${work.respondent}; locale=en`,
        origin: test.services.config.publicUrl,
        'accept-language': 'en',
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: 'action=save',
    });
    expect(reply.statusCode).toBe(409);
    expect(reply.body).toContain('<h1>The due date has passed</h1>');
  });

  it('speaks of another change only where there was one', async () => {
    const work = await sentAssessment(test.app, test.services);
    const reply = await send(test, work.member, 'GET', `/assessments/${work.assessmentId}/answers`);
    expect(reply.statusCode).toBe(409);
    expect(reply.body).toContain('<h1>回答がまだ提出されていません</h1>');
    expect(reply.body).not.toContain('重なりました');
  });
});
