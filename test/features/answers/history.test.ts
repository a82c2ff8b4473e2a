import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditEvents, respondentLinks } from '../../../db/schema/index.ts';
import { LATEST_ABOUT, recordEvent } from '../../../server/features/audit/audit.store.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { words } from '../vendors/customer.ts';
import { bytes, respondentOf } from './respondent.ts';
import { sentAssessment, signIn } from './sent-assessment.ts';

let test: TestApp;
beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());

describe('the history of an answer', () => {
  it('says who changed what from what to what, newest first, one entry for one sitting', async () => {
    const sent = await sentAssessment(test.app, test.services);
    const tanaka = respondentOf(test, sent);
    await tanaka.put('ORG-02', { revision: 0, value: 'no' });
    test.services.clock.advance(60_000);
    await tanaka.put('ORG-02', { revision: 1, value: 'no', comment: '点検は来月から' });
    test.services.clock.advance(11 * 60_000);
    await tanaka.put('ORG-02', { revision: 2, value: 'yes' });
    test.services.clock.advance(1_000);
    await tanaka.upload('ORG-02', '職務分掌.txt', bytes('職務分掌規程'));

    const page = words((await tanaka.get('/respond/history/ORG-02')).body);
    const [file, yes, no] = [
      '証跡を添付 職務分掌.txt',
      '変更前： 定めていない 変更後： 定めて年1回以上点検',
      '（続けて2回保存）',
    ].map((text) => page.indexOf(text));
    expect(page).toContain('変更前： （記入なし） 変更後： 点検は来月から');
    expect(page).toContain('田中太郎');
    expect([file, yes, no].every((at) => (at ?? -1) > 0)).toBe(true);
    expect([file, yes, no]).toEqual([file, yes, no].toSorted((a, b) => (a ?? 0) - (b ?? 0)));
    expect(words((await tanaka.get('/respond/history/ORG-03')).body)).toContain('まだ記録がありません');
  });

  it('shows the latest of very many changes, and says so', async () => {
    const sent = await sentAssessment(test.app, test.services);
    const { organisationId, assessmentId } = sent;
    const at = test.services.clock.now().getTime();
    await test.services.database.inOrganisation(organisationId, (db) =>
      db.insert(auditEvents).values(
        Array.from({ length: LATEST_ABOUT + 1 }, (_, index) => ({
          ...{ organisationId, id: randomUUID(), assessmentId, at: new Date(at + index * 3_600_000) },
          ...{ actorKind: 'respondent' as const, actorId: sent.linkId, actorName: '田中太郎' },
          ...{ action: 'answer.saved', subject: 'ORG-02', details: { to: { comment: `第${index}版` } } },
        })),
      ),
    );
    const page = words((await respondentOf(test, sent).get('/respond/history/ORG-02')).body);
    expect(page).toContain(`第${LATEST_ABOUT}版`);
    expect(page).toContain('第1版');
    expect(page).not.toContain('第0版');
    expect(page).toContain('この画面には表示していません');
  });

  it('holds nothing of the customer, and nothing outside a person’s part', async () => {
    const sent = await sentAssessment(test.app, test.services);
    const { organisationId, assessmentId } = sent;
    await respondentOf(test, sent).put('ORG-02', { revision: 0, value: 'no' });
    await test.services.database.inOrganisation(organisationId, (db) =>
      recordEvent(db, {
        ...{ organisationId, assessmentId, at: test.services.clock.now(), subject: 'ORG-02' },
        actor: { kind: 'member', id: sent.memberId, name: '山田花子' },
        action: 'evidence.rejected',
        details: { reason: '内部の理由' },
      }),
    );
    const { body } = await respondentOf(test, sent).get('/respond/history/ORG-02');
    expect(body).toContain('定めていない');
    expect(body).not.toMatch(/山田花子|内部の理由|不採用/);

    const linkId = randomUUID();
    await test.services.database.inOrganisation(organisationId, (db) =>
      db.insert(respondentLinks).values({
        ...{ organisationId, id: linkId, assessmentId, name: '鈴木', email: 's@example.jp', tokenHash: randomUUID() },
        ...{ role: 'contributor', scope: { sections: [], questions: ['AUTH-01'] } },
      }),
    );
    const suzuki = respondentOf(test, {
      ...sent,
      respondent: await signIn(test.app, test.services, { ...sent, linkId }, 'respondent'),
    });
    expect((await suzuki.get('/respond/history/ORG-02')).status).toBe(404);
    expect((await suzuki.get('/respond/history/AUTH-01')).status).toBe(200);
    const stranger = respondentOf(test, await sentAssessment(test.app, test.services));
    expect((await stranger.get('/respond/history/ORG-02')).body).not.toContain('田中太郎が');
  });
});
