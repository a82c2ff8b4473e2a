import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { respondentLinks } from '../../../db/schema/index.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { type SentAssessment, sentAssessment, signIn } from './sent-assessment.ts';

let test: TestApp;
beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());

type Scope = typeof respondentLinks.$inferSelect.scope;

async function colleague(sent: SentAssessment, name: string, scope: Scope = null): Promise<string> {
  const linkId = randomUUID();
  await test.services.database.inOrganisation(sent.organisationId, (db) =>
    db.insert(respondentLinks).values({
      ...{ organisationId: sent.organisationId, id: linkId, assessmentId: sent.assessmentId },
      ...{ name, email: `${linkId}@example.jp`, tokenHash: randomUUID(), role: 'contributor', scope },
    }),
  );
  return signIn(test.app, test.services, { ...sent, linkId }, 'respondent');
}

async function tell(cookie: string, questionId: unknown) {
  const headers = { cookie, origin: test.services.config.publicUrl };
  const answer = await test.app.inject({
    method: 'PUT',
    url: '/api/respond/presence',
    headers,
    payload: { questionId },
  });
  return { status: answer.statusCode, others: answer.json().others as unknown };
}

describe('who has which question open', () => {
  it('is told to colleagues of the same request until it is closed or half a minute and more is quiet', async () => {
    const sent = await sentAssessment(test.app, test.services);
    const suzuki = await colleague(sent, '鈴木');
    expect(await tell(sent.respondent, 'AUTH-01')).toEqual({ status: 200, others: [] });
    expect((await tell(suzuki, 'AUTH-02')).others).toEqual([{ name: '田中太郎', questionId: 'AUTH-01' }]);
    expect((await tell(sent.respondent, null)).others).toEqual([{ name: '鈴木', questionId: 'AUTH-02' }]);
    expect((await tell(suzuki, 'AUTH-02')).others).toEqual([]);
    test.services.clock.advance(46_000);
    expect((await tell(sent.respondent, 'AUTH-01')).others).toEqual([]);
  });

  it('stays within one request, and within a person’s part', async () => {
    const [one, other] = [await sentAssessment(test.app, test.services), await sentAssessment(test.app, test.services)];
    const suzuki = await colleague(one, '鈴木', { sections: [], questions: ['AUTH-01'] });
    await tell(one.respondent, 'ORG-01');
    await tell(other.respondent, 'AUTH-01');
    expect((await tell(suzuki, 'AUTH-01')).others).toEqual([]);
    expect((await tell(suzuki, 'ORG-01')).status).toBe(404);
    expect((await tell(one.respondent, 'AUTH-01')).others).toEqual([{ name: '鈴木', questionId: 'AUTH-01' }]);
  });

  it('refuses what is no question, strangers and members', async () => {
    const sent = await sentAssessment(test.app, test.services);
    expect((await tell(sent.respondent, 'XX-99')).status).toBe(404);
    expect((await tell(sent.respondent, 7)).status).toBe(400);
    expect((await tell('', 'AUTH-01')).status).toBe(401);
    expect((await tell(sent.member, 'AUTH-01')).status).toBe(401);
  });
});
