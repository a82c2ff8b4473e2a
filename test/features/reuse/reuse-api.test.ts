import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiClient, apiClient, listening } from '../../support/api-client.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { enter, FAR, requestAgain, submittedRequest } from '../prefills/second-request.ts';
import { invited, type Visitor } from '../respondents/visitor.ts';

let app: TestApp;
let address: string;
beforeAll(async () => {
  app = await buildTestApp();
  address = await listening(app);
});
afterAll(() => app.close());

const given = { 'ORG-02': 'yes', 'AUTH-01': 12 } as const;

function clientOf({ cookies }: Visitor): ApiClient {
  return apiClient(address, app, [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
}

const halfMaster = JSON.stringify({ format: 'kantoku/answer-master/1', answers: [{}] });

type Offer = { questionId: string; value: unknown; decision: string | null };

async function offers(vendor: ApiClient): Promise<Offer[]> {
  return (await vendor.get('/api/respond/prefills').expect(200)).body.prefills;
}

describe('Earlier answers over JSON', () => {
  test('Offered with where they come from, put aside, brought back, taken over', async () => {
    const first = await submittedRequest(app.app, app.services, given);
    const second = await requestAgain(app.services, first);
    const vendor = clientOf(await enter(app.app, app.services, second.token));
    const offered = await vendor.get('/api/respond/prefills').expect(200);
    expect(offered.body.prefills).toMatchObject([
      { questionId: 'AUTH-01', value: 12, decision: null, source: { kind: 'previous', on: first.on } },
      { questionId: 'ORG-02', value: 'yes', decision: null },
    ]);
    await vendor.post('/api/respond/prefills/AUTH-01/dismissal', {}).expect(204);
    expect((await offers(vendor))[0]?.decision).toBe('dismissed');
    await vendor.post('/api/respond/prefills/restoration').expect(204);
    expect((await offers(vendor))[0]?.decision).toBeNull();
    await vendor.post('/api/respond/prefills/AUTH-01/adoption', { revision: 0 }).expect(200);
    expect((await offers(vendor))[0]?.decision).toBe('adopted');
  });

  test('The answer master is read, kept, and offered for another customer', async () => {
    const first = await submittedRequest(app.app, app.services, given);
    // Back in the session in which it was handed in.
    app.services.clock.advance(-180 * 86_400_000);
    const master = await clientOf(first.person).get('/api/respond/master').expect(200);
    const page = await first.person.get('/respond/master.json');
    expect({ ...master.body, exportedAt: '' }).toEqual({ ...page.json(), exportedAt: '' });
    const sent = await invited(app.app, app.services, { dueOn: FAR });
    const vendor = clientOf(await enter(app.app, app.services, sent.token));
    const file = Buffer.from(JSON.stringify(master.body));
    const { body } = await vendor.post('/api/respond/master').attach('master', file, '回答マスタ.json').expect(200);
    expect(body).toMatchObject({ misfits: [], unmatched: [], answered: 0, newer: 0 });
    expect(body.offered.map(({ questionId }: Offer) => questionId).sort()).toEqual(['AUTH-01', 'ORG-02']);
    expect((await offers(vendor)).map(({ value }) => value)).toEqual([12, 'yes']);
  });

  test('A file that is no answer master is refused, naming each place', async () => {
    const sent = await invited(app.app, app.services, { dueOn: FAR });
    const vendor = clientOf(await enter(app.app, app.services, sent.token));
    const answer = await vendor.post('/api/respond/master').attach('master', Buffer.from(halfMaster), 'm.json');
    expect([answer.status, answer.type]).toEqual([400, 'application/problem+json']);
    expect(answer.body.errors.length).toBeGreaterThan(0);
    const none = await vendor.post('/api/respond/master', {});
    expect([none.status, none.type]).toEqual([400, 'application/problem+json']);
  });
});
