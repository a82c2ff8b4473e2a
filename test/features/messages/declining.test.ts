import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { resume } from '../../../server/features/messages/reply.usecases.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { assessmentRow, mailsOf, rows, trail } from '../assessments/drafts.ts';
import { words } from '../vendors/customer.ts';
import { colleague, enter, type Parties, parties } from './parties.ts';

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

const newMails = async () => (await mailsOf(test, all.id)).slice(1);
const customer = (path: string) => all.customer.owner.get(`/assessments/${all.id}${path}`);
const act = (path: string, form: Record<string, string>) => {
  test.services.clock.advance(1_000);
  return all.customer.owner.post(`/assessments/${all.id}${path}`, form);
};
const vendor = (path: string, form: Record<string, string>) => {
  test.services.clock.advance(1_000);
  return all.vendor.post(path, form);
};

describe('declining', () => {
  it('needs a reason, tells the customer, closes the answers and leaves everything readable', async () => {
    await all.vendor.put('/api/respond/answers/AUTH-01', { revision: 0, value: 12 });
    const empty = await vendor('/respond/decline', { reason: ' ' });
    expect([empty.statusCode, empty.body.includes('辞退の理由を入力してください')]).toEqual([400, true]);
    const long = await vendor('/respond/decline', { reason: 'あ'.repeat(1_001) });
    expect([long.statusCode, long.body.includes('あ'.repeat(1_001))]).toEqual([400, true]);
    expect(await assessmentRow(test, all.id)).toMatchObject({ state: 'inProgress' });

    const done = await vendor('/respond/decline', { reason: '公開資料で\nご案内しています。' });
    expect(done.headers.location).toBe('/respond?done=messages.declined');
    expect(await assessmentRow(test, all.id)).toMatchObject({ state: 'declined' });
    expect(words((await all.vendor.get('/respond')).body)).toContain('この依頼を辞退済みです');
    expect((await all.vendor.get('/respond/answers')).body).toContain('12');
    expect((await all.vendor.put('/api/respond/answers/AUTH-01', { revision: 1, value: 14 })).statusCode).toBe(409);
    expect((await all.vendor.get('/respond/decline')).statusCode).toBe(409);

    for (const path of ['', '/messages']) {
      const page = words((await customer(path)).body);
      expect([page.includes('委託先がこの依頼を辞退しました'), page.includes('公開資料で ご案内しています。')]).toEqual(
        [true, true],
      );
    }
    expect(await newMails()).toMatchObject([
      {
        kind: 'declined',
        to: { name: '佐藤 花子' },
        text: expect.stringContaining('> 公開資料で\n> ご案内しています。'),
      },
    ]);
    const [event] = await rows(
      test,
      "select details from audit_events where assessment_id = $1 and action = 'assessment.declined'",
      [all.id],
    );
    expect(JSON.stringify(event)).not.toContain('公開資料');
    expect(JSON.stringify(event)).toContain('messageId');
  });

  it('is for the one who answers for the request, while nothing is submitted', async () => {
    const { browser } = await colleague(test, all, { role: 'contributor', scope: null });
    expect((await browser.post('/respond/decline', { reason: '理由' })).statusCode).toBe(403);
    expect((await browser.post('/respond/redirection', {})).statusCode).toBe(403);
    await rows(test, "update assessments set state = 'submitted' where id = $1", [all.id]);
    expect((await vendor('/respond/decline', { reason: '理由' })).statusCode).toBe(409);
  });

  it('can be followed by a request to go on, which opens the answers again', async () => {
    await vendor('/respond/decline', { reason: '多忙のため' });
    const form = (await customer('/resumption')).body;
    expect([form.includes('多忙のため'), form.includes('value="2026-12-14"')]).toEqual([true, true]);
    expect((await all.customer.auditor.get(`/assessments/${all.id}/resumption`)).statusCode).toBe(403);
    const done = await act('/resumption', { note: '一部の設問だけでも\nお願いします。', dueOn: '2026/12/28' });
    expect(done.headers.location).toBe(`/assessments/${all.id}?done=messages.resumed`);
    expect(await assessmentRow(test, all.id)).toMatchObject({ state: 'inProgress', due_on: '2026-12-28' });
    const resumed = (await newMails()).at(-1);
    expect(resumed).toMatchObject({
      kind: 'resumed',
      to: { address: 'tanaka@vendor.example' },
      text: expect.stringMatching(/一部の設問だけでも\nお願いします。[\s\S]*2026年12月28日/),
      attachments: [{ name: 'KA-2026-0001.ics', content: expect.stringContaining('DTSTART;VALUE=DATE:20261228') }],
    });
    expect((await all.vendor.put('/api/respond/answers/AUTH-01', { revision: 0, value: 12 })).statusCode).toBe(200);
    const thread = words((await all.vendor.get('/respond/messages')).body);
    expect(thread).toMatch(/多忙のため.*みなと社会保険労務士法人.*回答再開のお願い.*一部の設問だけでも/);
    expect(thread).not.toMatch(/佐藤|花子/);
    expect(await trail(test, all.id)).toEqual(
      expect.arrayContaining(['assessment.declined', 'assessment.resumed', 'dueDate.changed']),
    );
    expect((await act('/resumption', { note: '', dueOn: '2026-12-28' })).statusCode).toBe(409);
  });

  it('long ago asks for a new date before it is resumed', async () => {
    await vendor('/respond/decline', { reason: '理由' });
    test.services.clock.set('2027-01-20T01:00:00Z');
    const { principal } = all.customer.owner;
    await expect(resume(test.services, principal, all.id, { note: '', dueOn: '2026-12-14' })).rejects.toMatchObject({
      status: 400,
    });
    await expect(resume(test.services, principal, all.id, { note: '', dueOn: null })).rejects.toMatchObject({
      status: 400,
    });
    await resume(test.services, principal, all.id, { note: '', dueOn: '2027-02-10' });
    expect(await assessmentRow(test, all.id)).toMatchObject({ state: 'inProgress', due_on: '2027-02-10' });
  });

  it('ends when somebody else is asked', async () => {
    await vendor('/respond/decline', { reason: '異動しました' });
    await act('/contact', { contactName: '小林', contactEmail: 'kobayashi@vendor.example', contactLocale: 'ja' });
    expect(await assessmentRow(test, all.id)).toMatchObject({ state: 'inProgress', contact_name: '小林' });
    expect(await trail(test, all.id)).toEqual(expect.arrayContaining(['assessment.resumed', 'contact.changed']));
  });
});

describe('naming another contact', () => {
  const named = { name: '小林　情報', email: 'ｋobayashi@vendor.example', remark: '情報システム部が担当です' };

  it('is decided by the customer, with the form filled in', async () => {
    const wrong = await vendor('/respond/redirection', { name: '', email: 'x@', remark: 'い'.repeat(1_001) });
    expect(wrong.statusCode).toBe(400);
    for (const field of ['name', 'email', 'remark']) expect(wrong.body).toContain(`<a href="#${field}">`);
    expect(wrong.body).toContain('value="x@"');

    const done = await vendor('/respond/redirection', named);
    expect(done.headers.location).toBe('/respond/messages?done=messages.redirected');
    expect(await newMails()).toMatchObject([
      {
        kind: 'redirected',
        text: expect.stringMatching(/小林 情報[\s\S]*kobayashi@vendor.example[\s\S]*> 情報システム部が担当です/),
      },
    ]);
    const page = (await customer('')).body;
    const href = /href="(\/assessments\/[^"]+\/contact\?proposal=[^"]+)"/.exec(page)?.[1] ?? '';
    const form = (await all.customer.owner.get(href)).body;
    expect([form.includes('value="小林 情報"'), form.includes('value="kobayashi@vendor.example"')]).toEqual([
      true,
      true,
    ]);
    expect((await all.customer.owner.get(href.replace(/.{4}$/, '0000'))).statusCode).toBe(404);

    await act('/contact', { contactName: '小林 情報', contactEmail: 'kobayashi@vendor.example', contactLocale: 'ja' });
    const after = (await customer('')).body;
    expect([after.includes('contact?proposal='), after.includes('返信を待っています')]).toEqual([false, false]);
    expect(words((await customer('/messages')).body)).toContain('対応済み');
    expect((await all.vendor.get('/respond')).statusCode).toBe(401);
  });

  it('is no longer asked about once it was settled', async () => {
    await vendor('/respond/redirection', named);
    expect((await customer('/messages')).body).toContain('contact?proposal=');
    await act('/messages/settlements', { thread: '' });
    for (const path of ['', '/messages']) expect((await customer(path)).body).not.toContain('contact?proposal=');
  });
});

describe('changing the contact', () => {
  it('tells the one whose link has ended, without naming the next', async () => {
    await act('/contact', { contactName: '小林', contactEmail: 'kobayashi@vendor.example', contactLocale: 'ja' });
    const [invitation, closed] = await newMails();
    expect(invitation).toMatchObject({ kind: 'invitation', to: { address: 'kobayashi@vendor.example' } });
    expect(closed).toMatchObject({ kind: 'link-closed', to: { address: 'tanaka@vendor.example' } });
    expect(closed?.text).not.toMatch(/小林|kobayashi|\/v#/);
  });

  it('to the same address mails the new link as a replacement', async () => {
    await act('/contact', { contactName: '田中 一郎', contactEmail: 'Tanaka@vendor.example', contactLocale: 'ja' });
    const mails = await newMails();
    expect(mails).toMatchObject([{ kind: 'link-replaced', text: expect.stringMatching(/\n\nhttp[^\n]+\/v#ktk1_/) }]);
    expect(words((await customer('')).body)).toContain('新しい回答用リンク');
  });
});

describe('a reply to a vendor whose link was revoked', () => {
  it('is refused with the way on, because nobody would get it', async () => {
    await act('/link-revocation', {});
    const answer = await act('/messages', { thread: '', body: '連絡です' });
    expect([answer.statusCode, words(answer.body).includes('新しいリンクを発行してください')]).toEqual([409, true]);
    expect(await rows(test, 'select 1 from messages where assessment_id = $1', [all.id])).toEqual([]);
  });
});

describe('the calendar entry of the start page', () => {
  it('carries the due date in the reader’s language, and a colleague’s own date', async () => {
    const reply = await all.vendor.get('/respond/due-date.ics?lang=en');
    expect(reply.headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(reply.headers['content-disposition']).toBe('attachment; filename="KA-2026-0001.ics"');
    expect(reply.body).toMatch(/DTSTART;VALUE=DATE:20261214\r\n/);
    expect(reply.body).toContain('SUMMARY:Due: questionnaire of Minato');
    const { browser } = await colleague(test, all, {
      scope: { sections: ['AUTH'], questions: [] },
      dueOn: '2026-12-07',
    });
    const own = (await browser.get('/respond/due-date.ics')).body;
    expect(own).toContain('DTSTART;VALUE=DATE:20261207');
    expect(/^UID:(.*)\r$/m.exec(own)?.[1]).not.toBe(/^UID:(.*)\r$/m.exec(reply.body)?.[1]);
    const stranger = await enter(test, all.customer.organisationId, all.id, all.linkId);
    stranger.cookies.clear();
    expect((await stranger.get('/respond/due-date.ics')).statusCode).toBe(401);
  });

  it('keeps its identity and rises in sequence with each change', async () => {
    const entry = async () => {
      const { body } = await all.vendor.get('/respond/due-date.ics');
      return [/^UID:(.*)\r$/m.exec(body)?.[1], /^SEQUENCE:(.*)\r$/m.exec(body)?.[1]];
    };
    const [uid, first] = await entry();
    expect([await entry(), first]).toEqual([[uid, '0'], '0']);
    await act('/due-date', { dueOn: '2026-12-28' });
    expect(await entry()).toEqual([uid, '1']);
    await act('/revocation', { reason: '契約の見直し' });
    const [invitation, changed, revoked] = await mailsOf(test, all.id);
    const content = (mail: typeof changed) => mail?.attachments[0]?.content.replaceAll('\r\n ', '') ?? '';
    for (const mail of [invitation, changed, revoked]) expect(content(mail)).toContain(`UID:${uid}\r\n`);
    expect(content(invitation)).toMatch(/METHOD:PUBLISH[\s\S]*SEQUENCE:0/);
    expect(content(changed)).toMatch(/METHOD:PUBLISH[\s\S]*SEQUENCE:1[\s\S]*20261228/);
    expect(content(revoked)).toMatch(/METHOD:CANCEL[\s\S]*SEQUENCE:2[\s\S]*STATUS:CANCELLED/);
    expect(revoked?.attachments[0]?.mediaType).toBe('text/calendar; charset=utf-8; method=CANCEL');
  });
});
