import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiClient, apiClient, listening, pointersOf } from '../../support/api-client.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { colleague, newTeam, type Team } from './team.ts';

let app: TestApp;
let address: string;
beforeAll(async () => {
  app = await buildTestApp();
  address = await listening(app);
});
afterAll(() => app.close());

function clientOf({ cookies }: Team['owner']): ApiClient {
  return apiClient(address, app, [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
}

const suzuki = {
  role: 'contributor',
  name: '鈴木 次郎',
  email: 'suzuki@example.jp',
  part: 'chosen',
  sections: ['AUTH'],
};

describe('Colleagues over JSON', () => {
  test('Invited, given another part, reminded, and shut out at once', async () => {
    const team = await newTeam(app);
    const owner = clientOf(team.owner);
    await owner.post('/api/respond/people', suzuki).expect(204);
    const { body } = await owner.get('/api/respond/people').expect(200);
    expect(body.people).toHaveLength(2);
    const invited = body.people.find(({ role }: { role: string }) => role === 'contributor');
    expect(invited.scope).toEqual({ sections: ['AUTH'], questions: [] });
    await owner.put(`/api/respond/people/${invited.id}/part`, { part: 'all' }).expect(204);
    app.services.clock.advance(120_000);
    await owner.post(`/api/respond/people/${invited.id}/invitations`).expect(204);
    const mails = (await app.services.mails()).filter(({ to }) => to.address === 'suzuki@example.jp');
    expect(mails).toHaveLength(3);
    await owner.put(`/api/respond/people/${invited.id}/revocation`).expect(204);
    expect((await owner.get('/api/respond/people')).body.people).toHaveLength(1);
    await owner.put(`/api/respond/people/${invited.id}/revocation`).expect(404);
  });

  test('What is wrong with an invitation is told at each place', async () => {
    const owner = clientOf((await newTeam(app)).owner);
    const odd = {
      ...suzuki,
      name: '<a@b>',
      email: 'suzuki@elsewhere.example',
      sections: ['NOPE'],
      dueOn: '2020-01-01',
    };
    const answer = await owner.post('/api/respond/people', odd).expect(400);
    expect(pointersOf(answer).sort()).toEqual(['/dueOn', '/email', '/name', '/part']);
    const other = await owner.post('/api/respond/people', { ...suzuki, role: 'respondent' }).expect(400);
    expect(pointersOf(other)).toContain('/role');
  });

  test('Checked, approved by the last in the chain, and handed in', async () => {
    const team = await newTeam(app);
    const owner = clientOf(team.owner);
    await owner.put('/api/respond/approval-steps', { steps: 1 }).expect(204);
    const checker = clientOf((await colleague(app, team, 'checker')).browser);
    const open = await owner.get('/api/respond/submission').expect(200);
    expect(open.body.approval).toMatchObject({ phase: 'open', maySubmit: false });
    expect(open.body.missing.length).toBe(open.body.questions);
    const { seen } = open.body;
    const declared = { name: '田中 太郎', title: '部長', attested: true, unanswered: true, seen };
    const early = await owner.post('/api/respond/submission', declared);
    expect([early.status, early.body.code]).toEqual([409, 'approval_needed']);
    await owner.post('/api/respond/approval-requests', { seen }).expect(204);
    const silent = await checker.post('/api/respond/approvals', { decision: 'sentBack', seen });
    expect([silent.status, ...pointersOf(silent)]).toEqual([400, '/comment']);
    const stale = await checker.post('/api/respond/approvals', { decision: 'approved', seen: '0'.repeat(64) });
    expect([stale.status, stale.body.code]).toEqual([409, 'answers_changed']);
    await checker.post('/api/respond/approvals', { decision: 'approved', seen }).expect(204);
    expect((await owner.get('/api/respond/submission')).body.approval).toMatchObject({
      phase: 'complete',
      maySubmit: true,
    });
    const handedIn = await owner.post('/api/respond/submission', declared).expect(201);
    expect(handedIn.body.receiptNumber).toMatch(/\S{6,}/);
    const late = await owner.post('/api/respond/people', suzuki);
    expect([late.status, late.body.code]).toEqual([409, 'wrong_state']);
  });

  test('Everything handed over: the former coordinator goes on with a part', async () => {
    const team = await newTeam(app);
    const owner = clientOf(team.owner);
    const { linkId } = await colleague(app, team, 'contributor');
    await owner.put(`/api/respond/people/${linkId}/ownership`).expect(204);
    const { body } = await owner.get('/api/respond/request').expect(200);
    expect(body.me).toMatchObject({ role: 'contributor' });
    expect((await owner.get('/api/respond/people')).body.code).toBe('not_your_part');
  });

  test('A contributor, a checker and a member of the customer see no list of colleagues', async () => {
    const team = await newTeam(app);
    for (const role of ['contributor', 'checker'] as const) {
      const { browser } = await colleague(app, team, role);
      expect((await clientOf(browser).get('/api/respond/people')).status).toBe(403);
    }
    expect((await apiClient(address, app, team.sent.member).get('/api/respond/people')).status).toBe(401);
  });
});
