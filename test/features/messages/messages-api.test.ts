import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiClient, apiClient, listening, pointersOf } from '../../support/api-client.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { colleague, type Parties, parties } from './parties.ts';

let app: TestApp;
let address: string;
beforeAll(async () => {
  app = await buildTestApp();
  address = await listening(app);
});
afterAll(() => app.close());

/** A sent request, with both sides as programs. */
async function both(): Promise<Parties & { asker: ApiClient; auditor: ApiClient; answerer: ApiClient }> {
  const made = await parties(app);
  const { owner, auditor } = made.customer;
  return {
    ...made,
    asker: apiClient(address, app, owner.cookie),
    auditor: apiClient(address, app, auditor.cookie),
    answerer: apiClient(address, app, cookieOf(made.vendor)),
  };
}

function cookieOf({ cookies }: Parties['vendor']): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
}

describe('Messages over JSON', () => {
  test('The vendor asks, the customer answers, and each reads what the other may know', async () => {
    const { id, asker, answerer } = await both();
    const url = `/api/assessments/${id}/messages`;
    await answerer
      .post('/api/respond/messages', { questionId: 'AUTH-01', body: '対象の範囲を教えてください。' })
      .expect(204);
    app.services.clock.advance(1_000);
    const waiting = await asker.get(url).expect(200);
    expect(waiting.body.threads).toMatchObject([
      { questionId: 'AUTH-01', standing: 'waiting', total: 1, messages: [{ kind: 'message', from: 'vendor' }] },
    ]);
    await asker.post(url, { questionId: 'AUTH-01', body: '管理画面だけで結構です。' }).expect(204);
    app.services.clock.advance(1_000);
    await asker.post(`/api/assessments/${id}/settlements`, { questionId: 'AUTH-01' }).expect(204);
    const named = (await asker.get(url)).body.threads[0];
    expect(named.messages.map(({ author }: { author: string }) => author)).toContain('佐藤 花子');
    const heard = await answerer.get('/api/respond/messages').expect(200);
    expect(heard.body.threads[0].messages).toMatchObject([
      { from: 'vendor' },
      { from: 'customer', author: null, body: '管理画面だけで結構です。' },
    ]);
    expect(heard.text).not.toContain('佐藤 花子');
    expect(heard.body.customer.ja).toBe('みなと社会保険労務士法人');
  });

  test('A question called unclear reaches the customer, also without words', async () => {
    const { id, asker, answerer } = await both();
    await answerer.post('/api/respond/unclear-questions/AUTH-02', {}).expect(204);
    const { body } = await asker.get(`/api/assessments/${id}/messages`);
    expect(body.threads).toMatchObject([{ questionId: 'AUTH-02', messages: [{ kind: 'unclear', body: '' }] }]);
    expect((await answerer.post('/api/respond/unclear-questions/NOPE-1', {})).status).toBe(404);
  });

  test('Declined, asked to go on, and handed to somebody else', async () => {
    const { id, asker, answerer } = await both();
    await answerer
      .put('/api/respond/decline', { reason: '' })
      .expect(400)
      .expect((answer) => {
        expect(pointersOf(answer)).toEqual(['/reason']);
      });
    await answerer.put('/api/respond/decline', { reason: '体制が整わないため' }).expect(204);
    expect((await asker.get(`/api/assessments/${id}`)).body.state).toBe('declined');
    const again = await answerer.put('/api/respond/decline', { reason: 'もう一度' });
    expect([again.status, again.body.code]).toEqual([409, 'wrong_state']);
    app.services.clock.advance(1_000);
    const late = await asker.put(`/api/assessments/${id}/resumption`, { note: '', dueOn: '2020-01-01' });
    expect([late.status, ...pointersOf(late)]).toEqual([400, '/dueOn']);
    await asker.put(`/api/assessments/${id}/resumption`, { note: 'お願いします。', dueOn: '2026-12-25' }).expect(204);
    app.services.clock.advance(1_000);
    const wrong = await answerer.put('/api/respond/redirection', { name: '', email: 'x', comment: 'あ'.repeat(1_001) });
    expect(pointersOf(wrong)).toEqual(['/name', '/email', '/comment']);
    await answerer.put('/api/respond/redirection', { name: '小林', email: 'kobayashi@vendor.example' }).expect(204);
    const { body } = await asker.get(`/api/assessments/${id}/messages`);
    expect(body.threads[0].messages.at(-1)).toMatchObject({
      kind: 'redirected',
      proposed: { name: '小林', email: 'kobayashi@vendor.example' },
    });
  });

  test('An auditor reads and does not write; a colleague hears of the own part only', async () => {
    const made = await both();
    const { id, auditor, answerer } = made;
    await answerer.post('/api/respond/messages', { questionId: null, body: '全体についての質問です。' }).expect(204);
    await answerer
      .post('/api/respond/messages', { questionId: 'ORG-01', body: '組織についての質問です。' })
      .expect(204);
    await auditor.get(`/api/assessments/${id}/messages`).expect(200);
    const refused = await auditor.post(`/api/assessments/${id}/messages`, { questionId: null, body: 'x' });
    expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
    const { browser } = await colleague(app, made, { scope: { sections: ['AUTH'], questions: [] } });
    const helper = apiClient(address, app, cookieOf(browser));
    expect((await helper.get('/api/respond/messages')).body.threads).toEqual([]);
    await helper.post('/api/respond/messages', { questionId: 'ORG-01', body: 'x' }).expect(404);
    const notTheirs = await helper.put('/api/respond/decline', { reason: 'x' });
    expect([notTheirs.status, notTheirs.body.code]).toEqual([403, 'not_your_part']);
  });

  test('A session that was signed out is worth nothing', async () => {
    const { answerer, vendor } = await both();
    await answerer.get('/api/respond/messages').expect(200);
    await vendor.post('/sign-out');
    const { status, body } = await answerer.get('/api/respond/messages');
    expect([status, body.code]).toEqual([401, 'link_needed']);
  });
});
