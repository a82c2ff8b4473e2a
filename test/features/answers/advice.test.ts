import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { assessments, respondentLinks, services as serviceRows } from '../../../db/schema/index.ts';
import type { SectionAdvice } from '../../../server/features/answers/advice/section-advice.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { send, submitted } from '../reviews/submitted-assessment.ts';
import { flag, sendBack } from '../rounds/returned.ts';
import { advisedAssessment, asksNewest, submittedBefore } from './advised.ts';
import { respondentOf } from './respondent.ts';
import type { SentAssessment } from './sent-assessment.ts';

let test: TestApp;
let sent: SentAssessment;
let vendor: ReturnType<typeof respondentOf>;

beforeAll(async () => {
  test = await buildTestApp();
  test.services.clock.set('2026-11-21T10:00:00+09:00');
});
afterAll(() => test.close());
beforeEach(async () => {
  await use(await advisedAssessment(test));
});

async function use(assessment: SentAssessment): Promise<void> {
  sent = assessment;
  vendor = respondentOf(test, sent);
}

/** Saves a first answer as a program does; gives the kinds of advice by question, or undefined where there is no word of it. */
async function saved(id: string, value: unknown, comment?: string): Promise<Record<string, string[]> | undefined> {
  const { status, json } = await vendor.put(id, { revision: 0, value, ...(comment ? { comment } : {}) });
  expect(status).toBe(200);
  const { advice } = json as { advice?: SectionAdvice };
  return (
    advice && Object.fromEntries(advice.map(({ questionId, items }) => [questionId, items.map(({ kind }) => kind)]))
  );
}

const words = {
  finding: '個人情報保護委員会の指摘に関わる回答',
  contradiction: 'ほかの回答と合わない可能性',
  shortcoming: '改善が望まれる回答',
};

describe('the reply to a save', () => {
  it('advises on the section, and takes it back once the answer is mended', async () => {
    expect(await saved('ORG-02', 'no')).toEqual({ 'ORG-02': ['shortcoming'] });
    expect(await saved('AUTH-01', 6)).toEqual({ 'AUTH-01': ['finding'] });
    expect(await saved('AUTH-03', 'long')).toEqual({ 'AUTH-01': ['finding'], 'AUTH-03': ['contradiction'] });
    const mended = await vendor.put('AUTH-01', { revision: 1, value: 15 });
    expect(mended.json).toMatchObject({ advice: [] });
  });

  it('says what, why, which finding, what would mend it, and where the other answers are', async () => {
    await vendor.put('VUL-02', { revision: 0, value: 'none' });
    const { json } = await vendor.type('VUL-03', {
      'VUL-03.typed': '０',
      'VUL-03.revision': '0',
      'VUL-03.comment': '',
    });
    const { advice } = json as { advice: SectionAdvice };
    const found = advice.find(({ questionId }) => questionId === 'VUL-03')?.items[0];
    expect(found).toMatchObject({
      kind: 'contradiction',
      what: { ja: expect.stringContaining('0件という回答ですが') },
      findings: [{ code: 'PATCHING', title: { en: 'Security updates and vulnerabilities' } }],
      mend: { en: expect.stringContaining('Set a deadline') },
      related: [{ id: 'VUL-02', sectionId: 'VUL' }],
    });
  });

  it('counts a comment as the explanation it asks for', async () => {
    await vendor.put('DATA-01', { revision: 0, value: 'yes' });
    expect(await saved('SUB-05', ['fsrv'])).toEqual({ 'SUB-05': ['contradiction'] });
    const explained = await vendor.put('SUB-05', { revision: 1, comment: 'サーバは米国（オレゴン州）にあります。' });
    expect(explained.json).toMatchObject({ advice: [] });
  });

  it('lets the vendor go on in every case', async () => {
    for (const [id, value] of [
      ['LOG-01', 'none'],
      ['LOG-02', 24],
      ['LOG-04', 'none'],
    ] as const)
      await saved(id, value);
    const form = { attested: 'yes', name: '佐藤一郎', title: '部長', unanswered: 'yes' };
    await send(test, sent.respondent, 'POST', '/respond/submission', { form }, 303);
  });
});

describe('compared with the submission before', () => {
  const before = { 'AUTH-05': 'all', 'BCK-05': '2025-10-01' };

  it('a weaker answer without a comment is told, and one with a comment is not', async () => {
    await submittedBefore(test, sent, before);
    expect(await saved('AUTH-05', 'none')).toEqual({ 'AUTH-05': ['finding', 'contradiction'] });
    const explained = await vendor.put('AUTH-05', {
      revision: 1,
      comment: '基盤の移行のため2026年12月まで停止しています。',
    });
    expect(explained.json).toMatchObject({ advice: [{ questionId: 'AUTH-05', items: [{ kind: 'finding' }] }] });
    expect(await saved('BCK-05', '2025-09-30')).toEqual({ 'BCK-05': ['contradiction'] });
  });

  it('only what was handed in before this request was sent counts, about the same service', async () => {
    await submittedBefore(test, sent, before, { submittedAt: '2026-11-22T10:00:00+09:00' });
    const serviceId = randomUUID();
    await test.services.database.inOrganisation(sent.organisationId, async (db) => {
      const [service] = await db.select().from(serviceRows);
      if (service) await db.insert(serviceRows).values({ ...service, id: serviceId, name: '別のサービス' });
    });
    await submittedBefore(test, sent, before, { serviceId });
    expect(await saved('AUTH-05', 'none')).toEqual({ 'AUTH-05': ['finding'] });
  });
});

describe('after a return', () => {
  it('compares with what was handed in, and tells it at a question that may be changed', async () => {
    const answers = { 'BCK-08': { value: 'part' }, 'BCK-04': { value: 'same' }, 'BCP-01': { value: 'az' } };
    const work = await submitted(test, { answers }, asksNewest(test.services));
    await flag(test, work, ['BCK-08', 'BCP-01']);
    await sendBack(test, work);
    await use(work);
    const weaker = await vendor.put('BCP-01', { revision: 1, value: 'single' });
    expect(weaker.json).toMatchObject({
      advice: [{ questionId: 'BCP-01', items: [{ kind: 'contradiction' }, { kind: 'shortcoming' }] }],
    });
    const differs = await vendor.put('BCK-08', { revision: 1, value: 'full' });
    expect(differs.json).toMatchObject({
      advice: [{ questionId: 'BCK-08', items: [{ related: [{ id: 'BCK-04' }] }] }],
    });
    const page = (await vendor.get('/respond/sections/BCK')).body;
    expect(page).toContain('href="/respond/sections/BCK?show&#x3D;all#q-BCK-04"');
  });
});

describe('the pages', () => {
  it('show the same beside the answer, in the language of the reader', async () => {
    await saved('AUTH-01', 6);
    const ja = (await vendor.get('/respond/sections/AUTH')).body;
    expect(ja.split(`<p class="advice__kind">${words.finding}</p>`).length - 1).toBe(1);
    expect(ja).toContain('利用者のパスワードに関する規則が弱く');
    expect(ja).toContain('最小10文字（単要素なら15文字推奨）をシステムで強制する。');
    const en = (await vendor.get('/respond/sections/AUTH?lang=en')).body;
    expect(en).toContain('Have the system enforce at least 10 characters');
    await vendor.put('AUTH-01', { revision: 1, value: 15 });
    expect((await vendor.get('/respond/sections/AUTH')).body).not.toContain('規則が弱く');
  });

  it('list everything once more before the submission, linked to the questions', async () => {
    await saved('AUTH-01', 6);
    await saved('ORG-02', 'no');
    await saved('BCK-08', 'full');
    await saved('BCK-04', 'same');
    const page = (await vendor.get('/respond/check')).body;
    expect(page).toContain('提出前にご確認ください（4件）');
    for (const text of Object.values(words)) expect(page).toContain(text);
    expect(page).toContain('href="/respond/sections/BCK?return&#x3D;check#q-BCK-08"');
    expect((await vendor.get('/respond/check?lang=en')).body).toContain('Please look at these before you submit (4)');
  });

  it('hold no list when there is nothing to say', async () => {
    await saved('AUTH-01', 15);
    expect((await vendor.get('/respond/check')).body).not.toContain('提出前にご確認ください');
  });
});

describe('switched off by the customer', () => {
  it('no word of advice is sent, in JSON or on a page', async () => {
    const settings = { advice: false, emailDomains: [], prefillMonths: 24, plans: true, reminders: true };
    await use(await advisedAssessment(test, { settings }));
    expect(await saved('AUTH-01', 6)).toBeUndefined();
    expect(await saved('LOG-01', 'none')).toBeUndefined();
    const reply = await vendor.put('LOG-02', { revision: 0, value: 24 });
    const pages = await Promise.all(
      ['/respond/sections/AUTH', '/respond/sections/LOG', '/respond/check', '/api/respond/assessment'].map(
        async (url) => (await vendor.get(url)).body,
      ),
    );
    for (const text of [reply.body, ...pages]) {
      expect(text).not.toMatch(
        /USER_PASSWORD|規則が弱く|取得していないという回答ですが|最小10文字（|data-advice|回答どうしの食い違い/,
      );
    }
    expect(pages.join()).not.toContain('提出前にご確認ください');
  });

  it('can be switched on again while the vendor answers', async () => {
    const settings = { advice: false, emailDomains: [], prefillMonths: 24, plans: true, reminders: true };
    await use(await advisedAssessment(test, { settings }));
    await test.services.database.inOrganisation(sent.organisationId, (db) =>
      db
        .update(assessments)
        .set({ settings: { ...settings, advice: true } })
        .where(eq(assessments.id, sent.assessmentId)),
    );
    expect(await saved('AUTH-01', 6)).toEqual({ 'AUTH-01': ['finding'] });
  });
});

describe('a colleague who answers a part', () => {
  it('reads nothing that rests on answers outside it', async () => {
    await vendor.put('LOG-01', { revision: 0, value: ['auth'] });
    await vendor.put('DATA-01', { revision: 0, value: 'yes' });
    await test.services.database.inOrganisation(sent.organisationId, (db) =>
      db
        .update(respondentLinks)
        .set({ role: 'contributor', scope: { sections: [], questions: ['MNT-06', 'LOG-05'] } })
        .where(eq(respondentLinks.id, sent.linkId)),
    );
    expect(await saved('LOG-05', ['bulk'])).toEqual({});
    expect(await (await vendor.get('/respond/sections/LOG')).body).not.toContain('取得していないと回答されたもの');
  });
});

describe('the customer', () => {
  it('sees the contradictions in the review, counted and at their question, also with advice switched off', async () => {
    const settings = { advice: false, emailDomains: [], prefillMonths: 24, plans: true, reminders: true };
    const answers = {
      'BCK-08': { value: 'full' },
      'BCK-04': { value: 'same' },
      'EXIT-02': { value: 'no' },
      'EXIT-03': { value: 'yes' },
    };
    const work = await submitted(test, { answers }, { ...asksNewest(test.services), settings });
    const open = async (path: string) =>
      (await send(test, work.member, 'GET', `/assessments/${work.assessmentId}/${path}`, {}, 200)).body;
    const overview = await open('answers');
    expect(overview).toContain('回答の食い違い（2件）');
    expect(overview).toMatch(/show&#x3D;contradicted#questions"[^>]*>回答の食い違い <span class="filters__count">2</);
    expect(await open('answers?show=contradicted&lang=en')).toContain('Contradictions between answers (2)');
    const section = await open('answers/BCK');
    expect(section.split('同一ネットワーク・同一権限のみと回答されています').length - 1).toBe(1);
    expect(section).toContain(`/assessments/${work.assessmentId}/answers/BCK#q-BCK-04`);
  });
});
