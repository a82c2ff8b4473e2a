import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prefills } from '../../../db/schema/index.ts';
import { dropRecord } from '../../../server/features/answers/drop-record.usecases.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { bytes, respondentOf } from '../answers/respondent.ts';
import { rows, type Submitted, send, submitted } from '../reviews/submitted-assessment.ts';
import { answers, declared, flag, returned, sendBack } from './returned.ts';

let test: TestApp;
beforeAll(async () => {
  test = await buildTestApp();
  test.services.clock.set('2026-11-21T10:00:00+09:00');
});
afterAll(() => test.close());

const vendorOf = (work: Submitted) => respondentOf(test, work);
const answersOf = async ({ assessmentId }: Submitted) =>
  Object.fromEntries(
    (await rows(test, `select * from answers where assessment_id = '${assessmentId}'`)).map((row) => [
      row.question_id,
      row,
    ]),
  );
const filesOf = ({ assessmentId }: Submitted) =>
  rows(test, `select * from evidence_files where assessment_id = '${assessmentId}' order by uploaded_at, subject`);
const codeOf = ({ json }: { json: unknown }) => (json as { code: string }).code;

describe('after a return only what was returned can be changed', () => {
  it('by the API', async () => {
    const work = await returned(test, ['ORG-02']);
    const vendor = vendorOf(work);
    expect((await vendor.put('ORG-02', { revision: 1, value: 'yes' })).status).toBe(200);
    const refused = await vendor.put('ORG-03', { revision: 1, value: 'no' });
    expect([refused.status, codeOf(refused)]).toEqual([409, 'not_returned']);
    expect(codeOf(await vendor.put('ORG-04', { revision: 0, value: 'yes' }))).toBe('not_returned');
    expect(codeOf(await vendor.put('ORG-05', { revision: 1, comment: '補足だけ' }))).toBe('not_returned');
    expect((await answersOf(work))['ORG-03']).toMatchObject({ value: 'yes', revision: 1 });
  });

  it('by the script of the page and by its form', async () => {
    const work = await returned(test, ['ORG-02']);
    const vendor = vendorOf(work);
    const fields = { revision: '1', was: 'x', choice: 'no', comment: '' };
    const named = (id: string) => Object.fromEntries(Object.entries(fields).map(([key, one]) => [`${id}.${key}`, one]));
    expect((await vendor.type('ORG-03', named('ORG-03'))).status).toBe(409);
    expect((await vendor.post('ORG', named('ORG-03'))).status).toBe(409);
    expect((await vendor.post('ORG', { ...named('ORG-02'), action: 'save' })).status).toBe(303);
    const stored = await answersOf(work);
    expect(stored['ORG-03']).toMatchObject({ value: 'yes' });
    expect(stored['ORG-02']).toMatchObject({ value: 'no' });
  });

  it('by files', async () => {
    const work = await returned(test, ['ORG-02']);
    const vendor = vendorOf(work);
    const [first, second] = await filesOf(work);
    expect([first?.subject, second?.subject]).toEqual(['ORG-02', 'ORG-03']);
    const refused = await vendor.upload('ORG-03', 'more.txt', bytes('more'));
    expect([refused.status, codeOf(refused)]).toEqual([409, 'not_returned']);
    expect(codeOf(await vendor.remove(String(second?.id)))).toBe('not_returned');
    expect((await vendor.upload('ORG-02', 'more.txt', bytes('more'))).status).toBe(201);
    expect((await vendor.remove(String(first?.id))).status).toBe(204);
    const left = (await filesOf(work)).filter(({ removed_at }) => removed_at === null);
    expect(left.map(({ subject }) => subject).sort()).toEqual(['ORG-02', 'ORG-03']);
  });

  it('by the dates of a document that stands at other questions too', async () => {
    const work = await returned(test, ['ORG-02']);
    const [first, second] = await filesOf(work);
    await rows(
      test,
      `update evidence_files set storage_key = '${first?.storage_key}' where id = '${second?.id}' returning 1`,
    );
    expect((await vendorOf(work).date(String(first?.id), '2026-10-01', '2027-09-30')).status).toBe(200);
    expect((await filesOf(work)).map(({ expires_on }) => expires_on !== null)).toEqual([true, false]);
  });

  it('by taking a certificate record out', async () => {
    const records = [
      { kind: 'ISMS', number: 'IS 1' },
      { kind: 'ISMS', number: 'IS 2' },
    ];
    const given = { answers: { ...answers, 'CRT-01': { value: records } } };
    const closed = await returned(test, ['ORG-02'], given);
    const principal = {
      ...{ kind: 'respondent' as const, sessionId: '', organisationId: closed.organisationId, linkId: closed.linkId },
      ...{ assessmentId: closed.assessmentId, name: '田中太郎', email: 'tanaka@example.jp' },
      ...{ role: 'respondent' as const, scope: null },
    };
    const dropped = dropRecord(test.services, principal, 'CRT-01', { index: 0, revision: 1 });
    await expect(dropped).rejects.toMatchObject({ code: 'not_returned' });
    expect((await answersOf(closed))['CRT-01']).toMatchObject({ revision: 1 });
  });

  it('by an answer offered for reuse', async () => {
    const work = await returned(test, ['ORG-02']);
    const { organisationId, assessmentId } = work;
    const offer = { organisationId, assessmentId, value: 'no', decision: 'adopted' as const, offeredAt: new Date() };
    const source = { kind: 'previous' as const, label: 'KA-2025-0001', on: '2025-11-01' };
    await test.services.database.inOrganisation(organisationId, (db) =>
      db.insert(prefills).values(['ORG-02', 'ORG-03'].map((questionId) => ({ ...offer, source, questionId }))),
    );
    const adopt = (id: string) =>
      send(test, work.respondent, 'POST', `/api/respond/prefills/${id}/adoption`, { json: { revision: 1 } });
    const refused = await adopt('ORG-03');
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'not_returned']);
    expect((await adopt('ORG-02')).statusCode).toBe(200);
    expect((await answersOf(work))['ORG-03']).toMatchObject({ value: 'yes' });
  });

  it('and what comes to apply through such a change', async () => {
    const work = await returned(test, ['SUB-01']);
    const vendor = vendorOf(work);
    expect((await vendor.put('SUB-02', { revision: 0, value: 'unknown' })).status).toBe(422);
    expect((await vendor.put('SUB-01', { revision: 1, value: 'yes' })).status).toBe(200);
    expect((await vendor.put('SUB-02', { revision: 0, value: 'unknown' })).status).toBe(200);
    const page = await vendor.get('/respond/sections/SUB');
    expect(page.body).toContain('新たに対象');
  });
});

describe('the pages of a returned request', () => {
  it('say why and until when beside each question, and show the others only to read', async () => {
    const work = await returned(test, ['ORG-02']);
    const vendor = vendorOf(work);
    const page = (await vendor.get('/respond/sections/ORG')).body;
    expect(page).toContain('ORG-02の理由');
    expect(page).toContain('2026年12月25日');
    expect(page).not.toContain('id="q-ORG-03"');
    const all = (await vendor.get('/respond/sections/ORG?show=all')).body;
    expect(all).toContain('data-locked="ORG-03"');
    expect(all).not.toContain('name="ORG-03.');
    expect(all).toContain('name="ORG-02.choice"');
  });
});

describe('a return that is withdrawn', () => {
  it('leaves the answers and files that were handed in, and the marked questions', async () => {
    const work = await returned(test, ['ORG-02', 'SUB-01']);
    const vendor = vendorOf(work);
    const [first] = await filesOf(work);
    await vendor.put('ORG-02', { revision: 1, value: 'yes', comment: '直しかけ' });
    expect((await vendor.date(String(first?.id), '2026-10-01', '2027-09-30')).status).toBe(200);
    await vendor.put('SUB-01', { revision: 1, value: 'yes' });
    await vendor.put('SUB-02', { revision: 0, value: 'unknown' });
    await vendor.remove(String(first?.id));
    await vendor.upload('ORG-02', 'new.txt', bytes('new'));
    test.services.clock.advance(60_000);

    const url = `/assessments/${work.assessmentId}/return/withdrawal`;
    expect((await send(test, work.member, 'GET', url)).body).toContain('差戻しを取り下げる');
    for (const _ of [1, 2]) await send(test, work.member, 'POST', url, {}, 303);
    const [assessment] = await rows(test, `select * from assessments where id = '${work.assessmentId}'`);
    expect(assessment).toMatchObject({ state: 'submitted', round: 1 });
    const stored = await answersOf(work);
    expect(stored['ORG-02']).toMatchObject({ value: 'doc', comment: '年1回見直し', revision: 3 });
    expect(stored['SUB-01']).toMatchObject({ value: 'no' });
    const kept = (await filesOf(work)).filter(({ removed_at }) => removed_at === null);
    expect(kept.map(({ id }) => id)).toContain(first?.id);
    expect(kept).toHaveLength(2);
    expect(kept.map(({ effective_on, expires_on }) => [effective_on, expires_on])).toEqual(Array(2).fill([null, null]));
    expect(
      await rows(test, `select question_id from returned_questions where assessment_id = '${work.assessmentId}'`),
    ).toHaveLength(2);
    expect((await test.services.mails())[0]?.kind).toBe('return-withdrawn');

    await sendBack(test, work);
    const [again] = await rows(test, `select * from returns where assessment_id = '${work.assessmentId}'`);
    expect(again).toMatchObject({ round: 2, withdrawn_at: null });
  });

  it('is possible after its time has passed, so that nothing is stuck', async () => {
    const work = await returned(test, ['ORG-02']);
    const now = test.services.clock.now().toISOString();
    await vendorOf(work).put('ORG-02', { revision: 1, value: 'yes' });
    test.services.clock.set('2027-01-20T10:00:00+09:00');
    const member = { ...work, ...(await freshSessions(work)) };
    expect((await send(test, member.respondent, 'GET', '/respond')).body).toContain('前回提出された回答');
    const assessment = await send(test, member.member, 'GET', `/assessments/${work.assessmentId}`);
    expect(assessment.body).toContain('差戻しを取り下げて前回提出された回答で評価を進めてください');
    expect(assessment.body).toContain('/return/withdrawal');
    expect(assessment.body).not.toContain('/revocation');
    const late = await respondentOf(test, member).put('ORG-02', { revision: 2, value: 'no' });
    expect([late.status, codeOf(late)]).toEqual([409, 'wrong_state']);
    await send(test, member.member, 'POST', `/assessments/${work.assessmentId}/return/withdrawal`, {}, 303);
    expect((await answersOf(work))['ORG-02']).toMatchObject({ value: 'doc' });
    test.services.clock.set(now);
  });
});

async function freshSessions(work: Submitted) {
  const { signIn } = await import('../answers/sent-assessment.ts');
  return {
    respondent: await signIn(test.app, test.services, work, 'respondent'),
    member: await signIn(test.app, test.services, work, 'member'),
  };
}

describe('handing in again', () => {
  it('asks why returned answers stay as they are', async () => {
    const work = await returned(test, ['ORG-02', 'ORG-03']);
    await vendorOf(work).put('ORG-02', { revision: 1, value: 'yes' });
    const refused = await send(test, work.respondent, 'POST', '/respond/submission', { form: declared });
    expect(refused.statusCode).toBe(400);
    expect(refused.body).toContain('1問が変更されていません');
    const form = { ...declared, remark: '前回の回答のとおりです。' };
    await send(test, work.respondent, 'POST', '/respond/submission', { form }, 303);
    const kept = await rows(test, `select * from rounds where assessment_id = '${work.assessmentId}' order by round`);
    expect(kept.map(({ round }) => round)).toEqual([1, 2]);
    expect(kept[1]).toMatchObject({ attestation: { remark: '前回の回答のとおりです。' } });
    expect(kept[0]?.receipt_number).not.toBe(kept[1]?.receipt_number);
    expect(await rows(test, `select mode from evaluations where assessment_id = '${work.assessmentId}'`)).toHaveLength(
      2,
    );
  });

  it('happens once however often it is pressed', async () => {
    const work = await returned(test, ['ORG-02']);
    await vendorOf(work).put('ORG-02', { revision: 1, value: 'yes' });
    const sent = await Promise.all(
      Array.from({ length: 10 }, () => send(test, work.respondent, 'POST', '/respond/submission', { form: declared })),
    );
    expect(sent.filter(({ statusCode }) => statusCode === 303)).toHaveLength(1);
    expect(await rows(test, `select round from rounds where assessment_id = '${work.assessmentId}'`)).toHaveLength(2);
  });

  it('takes back the marks of what changed and keeps all others', async () => {
    const work = await submitted(test, { answers, files: ['ORG-02', 'ORG-03'] });
    const mark = (id: string, form: Record<string, string>) =>
      send(test, work.member, 'POST', `/assessments/${work.assessmentId}/reviews/${id}`, { form }, 303);
    await mark('ORG-02', { evidence: 'rejected', reason: '古い版', remark: '要注意' });
    await mark('ORG-03', { evidence: 'verified' });
    await mark('ORG-05', { evidence: 'open', naRejected: 'yes', reason: '対象のはず' });
    await flag(test, work, ['ORG-02', 'ORG-05']);
    await sendBack(test, work);
    test.services.clock.advance(60_000);
    const vendor = vendorOf(work);
    await vendor.put('ORG-02', { revision: 1, value: 'yes' });
    expect((await vendor.put('ORG-05', { revision: 1, value: 'doc' })).status).toBe(200);
    await send(test, work.respondent, 'POST', '/respond/submission', { form: declared }, 303);
    const marks = await rows(
      test,
      `select * from reviews where assessment_id = '${work.assessmentId}' order by subject`,
    );
    expect(marks).toMatchObject([
      { subject: 'ORG-02', evidence_state: null, na_rejected: false, reason: '', remark: '要注意' },
      { subject: 'ORG-03', evidence_state: 'verified' },
    ]);
    const events = await rows(
      test,
      `select subject, details from audit_events where assessment_id = '${work.assessmentId}' and action = 'review.reopened' order by subject`,
    );
    expect(events).toMatchObject([
      { subject: 'ORG-02', details: { evidenceState: 'rejected', reason: '古い版', round: 2 } },
      { subject: 'ORG-05', details: { naRejected: true } },
    ]);
    // That there were marks at all stays with the customer.
    for (const id of ['ORG-02', 'ORG-05']) {
      const { body } = await vendor.get(`/respond/history/${id}`);
      expect(body).toContain('timeline__what');
      expect(body).not.toMatch(/判定を取消し|古い版|対象のはず|要注意/);
    }
  });
});

describe('a review page that was opened before the answers came back', () => {
  it('marks nothing that its reader has not seen', async () => {
    const work = await returned(test, ['ORG-02']);
    await vendorOf(work).put('ORG-02', { revision: 1, value: 'yes' });
    await send(test, work.respondent, 'POST', '/respond/submission', { form: declared }, 303);
    const url = `/assessments/${work.assessmentId}/reviews/ORG-02`;
    const stale = await send(test, work.member, 'POST', url, { form: { evidence: 'verified', seen: '', round: '1' } });
    expect(stale.statusCode).toBe(409);
    expect(stale.body).toContain('回答が再提出されました');
    await send(test, work.member, 'POST', url, { form: { evidence: 'verified', seen: '', round: '2' } }, 303);
  });
});

describe('while the answers are with the vendor', () => {
  it('the customer reads what was handed in, not what is being written', async () => {
    const work = await returned(test, ['ORG-02']);
    const [first] = await filesOf(work);
    await vendorOf(work).put('ORG-02', { revision: 1, value: 'yes', comment: '書きかけの回答' });
    await vendorOf(work).remove(String(first?.id));
    const section = await send(test, work.member, 'GET', `/assessments/${work.assessmentId}/answers/ORG`, {}, 200);
    expect(section.body).not.toContain('書きかけの回答');
    expect(section.body).toContain('年1回見直し');
    expect(section.body).toContain(String(first?.name));
    expect(section.body).toContain('差戻し中');
  });
});
