import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiClient, apiClient, listening, pointersOf } from '../../support/api-client.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { memberOfRole, type Submitted, submitted } from '../reviews/submitted-assessment.ts';
import { answers, due } from './returned.ts';

let app: TestApp;
let address: string;
beforeAll(async () => {
  app = await buildTestApp();
  app.services.clock.set('2026-11-21T10:00:00+09:00');
  address = await listening(app);
});
afterAll(() => app.close());

type Round = { work: Submitted; url: string; reviewer: ApiClient; vendor: ApiClient };

/** Handed in, with both sides as programs. */
async function handedIn(): Promise<Round> {
  const work = await submitted(app, { answers });
  app.services.clock.advance(60_000);
  const reviewer = apiClient(address, app, work.member);
  const vendor = apiClient(address, app, work.respondent);
  return { work, url: `/api/assessments/${work.assessmentId}`, reviewer, vendor };
}

/** Marks ORG-02 and returns it. */
async function giveBack({ url, reviewer }: Round): Promise<void> {
  await reviewer.put(`${url}/returned-questions/ORG-02`, { reason: '版数を記載してください。' }).expect(204);
  const { body } = await reviewer.get(`${url}/return`).expect(200);
  await reviewer.put(`${url}/return`, { dueOn: due, note: 'お願いします。', seen: body.seen }).expect(204);
  app.services.clock.advance(60_000);
}

describe('A return over JSON', () => {
  test('Marked, returned, answered again, handed in again and compared', async () => {
    const round = await handedIn();
    const { url, reviewer, vendor } = round;
    await giveBack(round);
    const { body: request } = await vendor.get('/api/respond/request').expect(200);
    expect(request).toMatchObject({ state: 'returned', round: 2, dueOn: due });
    expect(request.returned).toMatchObject({
      note: 'お願いします。',
      questions: [{ questionId: 'ORG-02', reason: '版数を記載してください。', isChanged: false }],
    });
    const closed = await vendor.put('/api/respond/answers/ORG-03', { revision: 1, value: 'no' });
    expect([closed.status, closed.body.code]).toEqual([409, 'not_returned']);
    const { body: before } = await vendor.get('/api/respond/submission').expect(200);
    expect(before.unchanged).toEqual(['ORG-02']);
    const declared = { name: '佐藤一郎', title: '部長', attested: true, unanswered: true };
    const silent = await vendor.post('/api/respond/submission', { ...declared, seen: before.seen });
    expect([silent.status, ...pointersOf(silent)]).toEqual([400, '/comment']);
    await vendor.put('/api/respond/answers/ORG-02', { revision: 1, value: 'doc', comment: '第3版' }).expect(200);
    const stale = await vendor.post('/api/respond/submission', { ...declared, seen: before.seen });
    expect([stale.status, stale.body.code]).toEqual([409, 'answers_changed']);
    const { seen } = (await vendor.get('/api/respond/submission')).body;
    await vendor.post('/api/respond/submission', { ...declared, seen }).expect(201);
    const { rounds } = (await reviewer.get(`${url}/rounds`).expect(200)).body;
    expect(rounds).toMatchObject([
      { round: 1, returned: 0, changed: 0 },
      { round: 2, returned: 1, changed: 1 },
    ]);
    for (const [reader, at] of [
      [reviewer, `${url}/rounds/2`],
      [vendor, '/api/respond/rounds/2'],
    ] as const) {
      const { body } = await reader.get(at).expect(200);
      expect(body.changes).toMatchObject([{ questionId: 'ORG-02', parts: [{ to: [{ ja: '第3版' }] }] }]);
    }
    await reviewer.get(`${url}/rounds/3`).expect(404);
  });

  test('Called off: the answers are again those handed in', async () => {
    const round = await handedIn();
    const { url, reviewer, vendor } = round;
    await giveBack(round);
    await vendor.put('/api/respond/answers/ORG-02', { revision: 1, value: 'none' });
    await reviewer.put(`${url}/return/withdrawal`).expect(204);
    const { body } = await vendor.get('/api/respond/request');
    expect([body.state, body.round, body.returned]).toEqual(['submitted', 1, null]);
    expect((await reviewer.put(`${url}/return/withdrawal`)).body.code).toBe('wrong_state');
  });

  test('Nothing is returned unseen, without a mark, without a reason, or by an auditor', async () => {
    const { work, url, reviewer, vendor } = await handedIn();
    const input = { dueOn: due, note: '', seen: '' };
    expect((await reviewer.put(`${url}/return`, input)).status).toBe(400);
    const empty = await reviewer.put(`${url}/returned-questions/ORG-02`, { reason: '' });
    expect([empty.status, ...pointersOf(empty)]).toEqual([400, '/reason']);
    await reviewer.put(`${url}/returned-questions/NOPE`, { reason: 'x' }).expect(404);
    await reviewer.put(`${url}/returned-questions/ORG-02`, { reason: 'x' }).expect(204);
    expect((await reviewer.put(`${url}/return`, input)).body.code).toBe('flags_changed');
    const { seen } = (await reviewer.get(`${url}/return`)).body;
    expect(pointersOf(await reviewer.put(`${url}/return`, { ...input, dueOn: '2020-01-01', seen }))).toEqual([
      '/dueOn',
    ]);
    const auditor = apiClient(address, app, (await memberOfRole(app, work, 'auditor')).cookie);
    await auditor.put(`${url}/return`, { ...input, seen }).expect(403);
    await reviewer.delete(`${url}/returned-questions/ORG-02`).expect(204);
    expect((await reviewer.get(`${url}/return`)).body.questions).toEqual([]);
    expect((await vendor.put('/api/respond/answers/ORG-02', { revision: 1, value: 'none' })).status).toBe(409);
  });
});
