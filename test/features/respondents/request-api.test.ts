import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiClient, apiClient, listening, pointersOf } from '../../support/api-client.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { sentAssessment } from '../answers/sent-assessment.ts';

let app: TestApp;
let address: string;
beforeAll(async () => {
  app = await buildTestApp();
  address = await listening(app);
});
afterAll(() => app.close());

async function newRequest() {
  const sent = await sentAssessment(app.app, app.services);
  const [vendor, member] = [sent.respondent, sent.member].map((cookie) => apiClient(address, app, cookie));
  return { vendor: vendor as ApiClient, member: member as ApiClient, url: `/api/assessments/${sent.assessmentId}` };
}

describe('A request as the vendor has it over JSON', () => {
  test('Says who asks whom, until when, and nothing of what the customer thinks', async () => {
    const { vendor } = await newRequest();
    const { body } = await vendor.get('/api/respond/request').expect(200);
    expect(body).toMatchObject({
      state: 'sent',
      round: 1,
      customer: { ja: '株式会社みなと労務' },
      service: { name: 'あおぞら人事' },
      me: { name: '田中太郎', role: 'respondent' },
      returned: null,
      receiptNumber: null,
    });
  });

  test('Keeps the history of an answer and the files behind it', async () => {
    const { vendor, member } = await newRequest();
    await vendor.put('/api/respond/answers/ORG-02', { revision: 0, value: 'doc' }).expect(200);
    const file = vendor.post('/api/respond/evidence').field('subject', 'ORG-02');
    const attached = await file.attach('file', Buffer.from('規程\n'), '規程.txt').expect(201);
    const [one] = attached.body.attached;
    expect((await vendor.get('/api/respond/evidence').expect(200)).body.evidence).toEqual([one]);
    await vendor.put(`/api/respond/evidence/${one.id}`, { effectiveOn: '2026-04-01', expiresOn: '' }).expect(200);
    const dated = (await vendor.get('/api/respond/evidence')).body.evidence;
    expect(dated).toMatchObject([{ id: one.id, effectiveOn: '2026-04-01', expiresOn: null }]);
    const { steps } = (await vendor.get('/api/respond/answers/ORG-02/history').expect(200)).body;
    expect(steps.map(({ who }: { who: string }) => who)).toContain('田中太郎');
    expect(JSON.stringify(steps)).toContain('規程.txt');
    await vendor.get('/api/respond/answers/NOPE/history').expect(404);
    await vendor.delete(`/api/respond/evidence/${one.id}`).expect(204);
    expect((await vendor.get('/api/respond/evidence')).body.evidence).toEqual([]);
    expect((await member.get('/api/respond/evidence')).body.code).toBe('link_needed');
  });

  test('Is handed in as it was looked at, once, by somebody with a name who declares it true', async () => {
    const { vendor, member, url } = await newRequest();
    const early = await member.get(`${url}/answers`);
    expect([early.status, early.body.code]).toEqual([409, 'not_submitted']);
    const { seen } = (await vendor.get('/api/respond/submission').expect(200)).body;
    const declared = { name: '佐藤一郎', title: '部長', attested: true, unanswered: true, seen };
    const nameless = await vendor.post('/api/respond/submission', { ...declared, name: '', unanswered: false });
    expect([nameless.status, ...pointersOf(nameless)]).toEqual([400, '/name', '/unanswered']);
    expect(pointersOf(await vendor.post('/api/respond/submission', { ...declared, attested: false }))).toContain(
      '/attested',
    );
    expect(pointersOf(await vendor.post('/api/respond/submission', { ...declared, seen: undefined }))).toContain(
      '/seen',
    );
    await vendor.put('/api/respond/answers/ORG-02', { revision: 0, value: 'doc' }).expect(200);
    expect((await vendor.post('/api/respond/submission', declared)).body.code).toBe('answers_changed');
    const now = (await vendor.get('/api/respond/submission')).body.seen;
    const done = await vendor.post('/api/respond/submission', { ...declared, seen: now }).expect(201);
    expect((await vendor.get('/api/respond/request')).body).toMatchObject({ state: 'submitted', ...done.body });
    const twice = await vendor.post('/api/respond/submission', { ...declared, seen: now });
    expect([twice.status, twice.body.code]).toEqual([409, 'wrong_state']);
    expect((await vendor.get('/api/respond/rounds/1').expect(200)).body.receiptNumber).toBe(done.body.receiptNumber);
    await member.get(`${url}/answers`).expect(200);
  });

  test('Is closed to the vendor once it was called off', async () => {
    const { vendor, member, url } = await newRequest();
    await member.put(`${url}/revocation`, { reason: '契約を終了したため' }).expect(204);
    for (const part of ['request', 'assessment', 'messages', 'people', 'evidence']) {
      const { status } = await vendor.get(`/api/respond/${part}`);
      expect([part, [401, 409, 410].includes(status)]).toEqual([part, true]);
    }
  });
});
