import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiClient, apiClient, listening, pointersOf } from '../../support/api-client.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { memberOfRole, type Submitted, submitted } from './submitted-assessment.ts';

let app: TestApp;
let address: string;
let work: Submitted;
let url: string;
let reviewer: ApiClient;
let auditor: ApiClient;
beforeAll(async () => {
  app = await buildTestApp();
  app.services.clock.set('2026-11-21T10:00:00+09:00');
  address = await listening(app);
  work = await submitted(app, {
    answers: {
      'ORG-02': { value: 'doc' },
      'ORG-03': { value: 'no', conditional: { value: 'yes', condition: 'エンタープライズプラン' } },
      'ORG-05': { value: 'na', naReason: '該当する業務がないため' },
    },
    files: ['ORG-02'],
  });
  url = `/api/assessments/${work.assessmentId}`;
  reviewer = apiClient(address, app, work.member);
  auditor = apiClient(address, app, (await memberOfRole(app, work, 'auditor')).cookie);
});
afterAll(() => app.close());

type Subject = { id: string; seen: string; evidence: string; mark: unknown; answer: { value: unknown } | null };

async function subject(id: string): Promise<Subject | undefined> {
  const { subjects } = (await auditor.get(`${url}/answers`).expect(200)).body as { subjects: Subject[] };
  return subjects.find((one) => one.id === id);
}

describe('A review over JSON', () => {
  test('Answers, files and the evaluation as it stands are read by every member', async () => {
    expect(await subject('ORG-02')).toMatchObject({
      evidence: 'attached',
      seen: '',
      mark: null,
      answer: { value: 'doc' },
    });
    const { body } = await auditor.get(`${url}/evidence`).expect(200);
    expect(body.evidence).toMatchObject([{ subject: 'ORG-02', mediaType: 'text/plain', scan: 'notScanned' }]);
    const { evaluation } = (await auditor.get(`${url}/answers`)).body;
    expect(evaluation).toMatchObject({ mode: 'final', asOf: '2026-11-21', grade: expect.stringMatching(/^[A-E]$/) });
    expect((await apiClient(address, app, work.respondent).get(`${url}/answers`)).status).toBe(401);
  });

  test('A mark is taken with what was seen, and not over a newer one', async () => {
    const mark = `${url}/reviews/ORG-02`;
    const why = await reviewer.put(mark, { evidence: 'rejected', seen: '' });
    expect([why.status, ...pointersOf(why)]).toEqual([400, '/reason']);
    await reviewer.put(mark, { evidence: 'rejected', reason: '発行日の記載がない', seen: '', round: 1 }).expect(204);
    const stale = await reviewer.put(mark, { evidence: 'verified', seen: '' });
    expect([stale.status, stale.body.code]).toEqual([409, 'review_changed']);
    const marked = await subject('ORG-02');
    expect(marked).toMatchObject({ evidence: 'rejected', mark: { reason: '発行日の記載がない', by: '山田花子' } });
    await reviewer.put(mark, { evidence: 'open', seen: marked?.seen }).expect(204);
    expect((await reviewer.put(mark, { evidence: 'verified', round: 2 })).body.code).toBe('review_changed');
    await reviewer.put(`${url}/reviews/NOPE`, { evidence: 'open' }).expect(404);
    await auditor.put(mark, { evidence: 'open' }).expect(403);
    await reviewer.put(mark, { evidence: 'perhaps' }).expect(400);
  });

  test('A condition is settled with a reason, and the word taken back', async () => {
    const condition = `${url}/conditions/ORG-03`;
    const why = await reviewer.put(condition, { holds: true, reason: '', seen: '' });
    expect([why.status, ...pointersOf(why)]).toEqual([400, '/reason']);
    await reviewer.put(condition, { holds: true, reason: '契約書第3条', seen: '' }).expect(204);
    const settled = await subject('ORG-03');
    expect(settled).toMatchObject({ mark: { conditionHolds: true, conditionReason: '契約書第3条' } });
    await reviewer.put(condition, { holds: null, reason: '', seen: settled?.seen ?? '' }).expect(204);
    await reviewer.put(`${url}/conditions/ORG-02`, { holds: true, reason: 'x', seen: '' }).expect(404);
  });

  test('The files of a section are verified at once', async () => {
    expect((await reviewer.post(`${url}/verifications`, { section: 'ORG' }).expect(200)).body).toEqual({ verified: 1 });
    expect((await subject('ORG-02'))?.evidence).toBe('verified');
    await reviewer.post(`${url}/verifications`, { section: 'NOPE' }).expect(404);
  });

  test('The result is looked at for a day, settled as it was looked at, and never again', async () => {
    const future = await reviewer.get(`${url}/finalisation?asOf=2030-01-01`);
    expect([future.status, ...pointersOf(future)]).toEqual([400, '/asOf']);
    const { seen } = (await reviewer.get(`${url}/finalisation?asOf=2026-11-20`).expect(200)).body;
    await reviewer
      .put(`${url}/reviews/ORG-05`, { evidence: 'open', naRejected: true, reason: '業務がある' })
      .expect(204);
    const input = { asOf: '2026-11-20', seen };
    expect((await reviewer.put(`${url}/finalisation`, input)).body.code).toBe('result_changed');
    const now = (await reviewer.get(`${url}/finalisation?asOf=2026-11-20`)).body;
    await auditor.put(`${url}/finalisation`, { ...input, seen: now.seen }).expect(403);
    const done = await reviewer.put(`${url}/finalisation`, { ...input, seen: now.seen }).expect(200);
    expect(done.body).toEqual(now);
    expect((await reviewer.put(`${url}/reviews/ORG-02`, { evidence: 'open' })).body.code).toBe('wrong_state');
    const { body } = await reviewer.get(url);
    expect(body.state).toBe('finalised');
  });
});
