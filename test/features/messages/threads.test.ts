import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask as askQuestion } from '../../../server/features/messages/ask.usecases.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { mailsOf, rows, trail } from '../assessments/drafts.ts';
import { words } from '../vendors/customer.ts';
import { colleague, type Parties, parties } from './parties.ts';

let test: TestApp;
let all: Parties;

beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());
beforeEach(async () => {
  all = await parties(test);
  await mailsOf(test, all.id);
});

/** Each a second after the other, as people write. */
function later<T>(work: () => T): T {
  test.services.clock.advance(1_000);
  return work();
}
const ask = (questionId: string, body: string, kind = 'message') =>
  later(() => all.vendor.post(`/respond/messages${questionId && `/${questionId}`}`, { body, kind }));
const reply = (thread: string, body: string) =>
  later(() => all.customer.member.post(`/assessments/${all.id}/messages`, { thread, body }));
const settle = (thread: string) =>
  later(() => all.customer.member.post(`/assessments/${all.id}/messages/settlements`, { thread }));
const customerPage = async (path = '/messages') =>
  words((await all.customer.owner.get(`/assessments/${all.id}${path}`)).body);
const listed = async () =>
  /<tbody>[\s\S]*<\/tbody>/.exec((await all.customer.owner.get('/assessments')).body)?.[0] ?? '';
const vendorPage = async (path = '/respond/messages') => (await all.vendor.get(path)).body;
const newMails = async () => (await mailsOf(test, all.id)).slice(1);

describe('a question about a question', () => {
  it('reaches the requester, is answered in the name of the organisation, and reaches whoever asked', async () => {
    const asked = await ask('AUTH-01', '管理者用の端末も\n含みますか。');
    expect(asked.headers.location).toBe('/respond/messages/AUTH-01?done=messages.sent');
    expect(await customerPage()).toMatch(/AUTH-01.*要返信.*田中 一郎.*管理者用の端末も 含みますか。/);
    const answered = await reply('AUTH-01', 'はい、含めてお答えください。');
    expect(answered.headers.location).toBe(`/assessments/${all.id}/messages?done=messages.replied#thread-AUTH-01`);
    const page = words(await vendorPage());
    expect(page).toMatch(/AUTH-01.*返信あり.*管理者用の端末も.*みなと社会保険労務士法人.*はい、含めてお答えください。/);
    expect(page).not.toMatch(/鈴木|次郎/);

    const [question, answer] = await newMails();
    expect(question).toMatchObject({
      kind: 'vendor-message',
      to: { name: '佐藤 花子' },
      subject: expect.stringContaining('設問 AUTH-01について'),
      text: expect.stringContaining('> 管理者用の端末も\n> 含みますか。'),
      from: '株式会社エムケイシステム（Kantoku 経由）',
    });
    expect(answer).toMatchObject({
      kind: 'message',
      to: { name: '田中 一郎', address: 'tanaka@vendor.example' },
      from: 'みなと社会保険労務士法人（Kantoku 経由）',
      replyTo: { name: 'みなと社会保険労務士法人' },
      thread: [`request-${all.id}`, `thread-${all.id}-AUTH-01`],
    });
    expect(answer?.text).toMatch(/> はい、含めてお答えください。[\s\S]*> 管理者用の端末も\n> 含みますか。/);
    expect(answer?.text).not.toMatch(/鈴木|次郎/);
    expect(answer?.text).toMatch(/\n\nhttp:\/\/[^\n]+\/v#ktk1_[^\n]+\n\n/);
    expect(question?.thread).toEqual(answer?.thread);
  });

  it('is recorded with who wrote and which message, never with its words', async () => {
    await ask('AUTH-01', '内緒の言葉');
    await reply('AUTH-01', '返事の言葉');
    await settle('AUTH-01');
    const events = await rows(
      test,
      "select actor_name, action, subject, details from audit_events where assessment_id = $1 and action like 'message.%' order by at, action",
      [all.id],
    );
    expect(events.map(({ actor_name, action, subject }) => [actor_name, action, subject])).toEqual(
      expect.arrayContaining([
        ['田中 一郎', 'message.sent', 'AUTH-01'],
        ['鈴木 次郎', 'message.sent', 'AUTH-01'],
        ['鈴木 次郎', 'message.settled', 'AUTH-01'],
      ]),
    );
    expect(JSON.stringify(events)).not.toMatch(/内緒|返事の/);
    expect(events.every(({ details }) => typeof (details as { messageId?: unknown }).messageId === 'string')).toBe(
      true,
    );
  });

  it('sent twice by a nervous finger is one', async () => {
    await Promise.all(Array.from({ length: 5 }, () => ask('AUTH-01', '同じ質問')));
    expect(await rows(test, 'select 1 from messages where assessment_id = $1', [all.id])).toHaveLength(1);
    expect(await newMails()).toHaveLength(1);
    test.services.clock.advance(61_000);
    await ask('AUTH-01', '同じ質問');
    expect(await newMails()).toHaveLength(2);
  });

  it.each([
    ['', '内容を入力してください'],
    ['　 \n', '内容を入力してください'],
    ['あ'.repeat(2_001), '2,000'],
  ])('needs a text of sensible length (%#)', async (body, words_) => {
    const page = await ask('AUTH-01', body);
    expect([page.statusCode, page.body.includes(words_), page.body.includes('href="#body"')]).toEqual([
      400,
      true,
      true,
    ]);
    expect(await newMails()).toEqual([]);
  });

  it('keeps what was typed and refuses what cannot be stored', async () => {
    const long = await ask('AUTH-01', 'い'.repeat(2_001));
    expect(long.body).toContain('い'.repeat(2_001));
    expect((await ask('AUTH-01', 'a\0b')).statusCode).toBe(400);
    expect((await ask('NO-99', '質問')).statusCode).toBe(404);
    expect((await reply('NO-99', '返事')).statusCode).toBe(404);
    expect((await settle('AUTH-02')).statusCode).toBe(404);
  });

  it('cannot be asked more than thirty times an hour', async () => {
    const respondent = {
      kind: 'respondent',
      organisationId: all.customer.organisationId,
      sessionId: '',
      linkId: all.linkId,
      assessmentId: all.id,
      name: '田中 一郎',
      email: 'tanaka@vendor.example',
      role: 'respondent',
      scope: null,
    } as const;
    for (let n = 0; n < 30; n++) await askQuestion(test.services, respondent, null, `質問${n}`);
    await expect(askQuestion(test.services, respondent, null, '三十一')).rejects.toMatchObject({ status: 429 });
    // Nor do colleagues, invited one after another, together write without bound.
    for (const n of [1, 2]) {
      const colleague = { ...respondent, linkId: randomUUID() };
      for (let more = 0; more < 15; more++) await askQuestion(test.services, colleague, null, `同僚${n}の質問${more}`);
    }
    const another = { ...respondent, linkId: randomUUID() };
    await expect(askQuestion(test.services, another, null, '六十一')).rejects.toMatchObject({ status: 429 });
    test.services.clock.advance(3_600_000);
    await expect(askQuestion(test.services, respondent, null, '三十一')).resolves.toBeUndefined();
  });
});

describe('a question called unclear', () => {
  it('needs no words, and ten of them make one mail', async () => {
    for (const id of ['AUTH-01', 'AUTH-02', 'AUTH-03']) {
      expect((await ask(id, '', 'unclear')).headers.location).toBe(`/respond/messages/${id}?done=messages.flagged`);
    }
    expect((await newMails()).map(({ kind }) => kind)).toEqual(['vendor-message']);
    await ask('AUTH-04', '「特権ID」の範囲が不明です', 'unclear');
    expect((await newMails()).map(({ text }) => text.includes('わかりにくい'))).toEqual([true, true]);
    expect(await customerPage()).toMatch(/AUTH-04.*わかりにくい設問.*「特権ID」の範囲が不明です/);
    expect(await trail(test, all.id)).toContain('question.flagged');
  });
});

describe('a mail about an unclear question that failed', () => {
  it('told nobody, so the next press sends another', async () => {
    const kinds = async () => (await newMails()).map(({ kind }) => kind);
    await ask('AUTH-01', '', 'unclear');
    expect(await kinds()).toHaveLength(1);
    await rows(test, "update mails set state = 'failed' where assessment_id = $1", [all.id]);
    await ask('AUTH-02', '', 'unclear');
    await ask('AUTH-03', '', 'unclear');
    expect(await kinds()).toEqual(['vendor-message', 'vendor-message']);
  });
});

describe('what waits for the customer', () => {
  it('is counted on the list and on the page until it is answered or settled', async () => {
    await ask('AUTH-01', '質問');
    await ask('AUTH-02', '', 'unclear');
    await ask('', '全体について');
    expect(await listed()).toContain('要返信3件');
    expect(await customerPage('')).toContain('質問・連絡が3件、返信を待っています');
    await reply('AUTH-01', '返信');
    await settle('AUTH-02');
    expect(await customerPage('')).toContain('質問・連絡が1件、返信を待っています');
    await settle('');
    expect(await listed()).not.toMatch(/要返信\d件/);
    test.services.clock.advance(1_000);
    await ask('AUTH-02', 'もう一つ');
    expect(await customerPage('')).toContain('質問・連絡が1件、返信を待っています');
  });

  it('is the same on every page: one count in the list, one tag a thread', async () => {
    const waiting = async () => {
      const tags = (await all.customer.owner.get(`/assessments/${all.id}/messages`)).body.match(/>要返信</g) ?? [];
      const [, listedNumber = '0'] = /要返信(\d+)件/.exec(await listed()) ?? [];
      return [tags.length, Number(listedNumber)];
    };
    await ask('AUTH-01', '質問');
    await ask('AUTH-02', '', 'unclear');
    const named = { name: '小林', email: 'Kobayashi@vendor.example', remark: '' };
    await later(() => all.vendor.post('/respond/redirection', named));
    expect(await waiting()).toEqual([3, 3]);
    await reply('AUTH-02', '返信');
    expect(await waiting()).toEqual([2, 2]);
    await rows(test, "update assessments set contact_email = 'kobayashi@vendor.example' where id = $1", [all.id]);
    expect(await waiting()).toEqual([1, 1]);
    await later(() => all.vendor.post('/respond/decline', { reason: '辞退します' }));
    expect(await waiting()).toEqual([1, 1]);
    await settle('AUTH-01');
    expect(await waiting()).toEqual([0, 0]);
  });

  it('can be answered by staff alone; an auditor reads', async () => {
    await ask('AUTH-01', '質問');
    const { auditor } = all.customer;
    expect((await auditor.get(`/assessments/${all.id}/messages`)).body).not.toContain('<textarea');
    expect((await auditor.post(`/assessments/${all.id}/messages`, { thread: '', body: 'x' })).statusCode).toBe(403);
  });

  it('can be written until the end', async () => {
    const set = (state: string) => rows(test, 'update assessments set state = $1 where id = $2', [state, all.id]);
    await set('submitted');
    expect([(await ask('', '訂正があります')).statusCode, (await reply('', '承知しました')).statusCode]).toEqual([
      303, 303,
    ]);
    await set('finalised');
    expect([(await ask('', '遅い')).statusCode, (await reply('', '遅い')).statusCode]).toEqual([409, 409]);
    expect(await vendorPage()).not.toContain('<textarea');
    expect(await vendorPage()).toContain('訂正があります');
  });
});

describe('the people of the vendor', () => {
  it('see the threads of their part only, and are told of answers to their own questions', async () => {
    await ask('', '担当者だけの相談');
    await ask('ORG-02', '組織の質問');
    const { browser } = await colleague(test, all, { scope: { sections: ['AUTH'], questions: [] }, locale: 'en' });
    expect((await browser.post('/respond/messages/AUTH-01', { body: 'Which admins?' })).statusCode).toBe(303);
    const page = (await browser.get('/respond/messages')).body;
    expect(page).toContain('Which admins?');
    expect(page).not.toMatch(/担当者だけの相談|組織の質問/);
    for (const path of ['/ORG-02', '']) {
      expect((await browser.post(`/respond/messages${path}`, { body: 'x' })).statusCode).toBe(404);
    }
    expect((await browser.get('/respond/messages/ORG-02')).statusCode).toBe(404);
    expect((await browser.get('/respond/decline')).statusCode).toBe(403);
    await reply('AUTH-01', 'Everybody with admin rights.');
    await reply('ORG-02', '組織の返事');
    const told = (await newMails())
      .filter(({ kind }) => kind === 'message')
      .map(({ to, subject }) => [to.address, subject]);
    expect(told.filter(([address]) => address === 'kobayashi@vendor.example')).toEqual([
      ['kobayashi@vendor.example', expect.stringContaining('question AUTH-01')],
    ]);
    expect(told.filter(([address]) => address === 'tanaka@vendor.example')).toHaveLength(2);
  });

  it('are not told any more of what is no longer their part', async () => {
    const { browser, linkId } = await colleague(test, all, { scope: { sections: ['AUTH'], questions: [] } });
    await later(() => browser.post('/respond/messages/AUTH-01', { body: '質問' }));
    await rows(test, `update respondent_links set scope = '{"sections":["ORG"],"questions":[]}' where id = $1`, [
      linkId,
    ]);
    await reply('AUTH-01', '返信');
    const told = (await newMails()).filter(({ kind }) => kind === 'message').map(({ to }) => to.address);
    expect(told).toEqual(['tanaka@vendor.example']);
    expect((await browser.get('/respond/messages')).body).not.toContain('返信');
  });

  it('who check and approve read everything', async () => {
    await ask('', '担当者の相談');
    const { browser } = await colleague(test, all, { role: 'approver', scope: null });
    expect((await browser.get('/respond/messages')).body).toContain('担当者の相談');
  });
});

describe('the page of a section', () => {
  const foot = async () =>
    words(
      /data-question="AUTH-01"[\s\S]*?<\/fieldset>/.exec(await vendorPage('/respond/sections/AUTH'))?.[0] ?? '',
    ).slice(-300);
  it('says at each question how its thread stands, at once', async () => {
    await all.vendor.put('/api/respond/answers/AUTH-01', { revision: 0, value: 12 });
    expect(await foot()).toContain('この設問について質問する');
    await ask('AUTH-01', '質問');
    expect(await foot()).toContain('質問1件・返信待ち');
    await reply('AUTH-01', '回答');
    expect(await foot()).toContain('質問1件・返信あり');
  });

  it('flags a question with one press, keeping what was typed, without scripts', async () => {
    const answer = await all.vendor.post('/respond/sections/AUTH', {
      'AUTH-01.revision': '0',
      'AUTH-01.was': '',
      'AUTH-01.typed': '12',
      action: 'unclear:AUTH-01',
    });
    expect(answer.headers.location).toMatch(/done=messages\.flagged#q-AUTH-01$/);
    expect(await foot()).toContain('わかりにくい設問と連絡済み');
    const [saved] = await rows(test, "select value from answers where assessment_id = $1 and question_id = 'AUTH-01'", [
      all.id,
    ]);
    expect(saved).toEqual({ value: 12 });
    expect(await customerPage()).toMatch(/AUTH-01.*わかりにくい設問/);
  });
});
