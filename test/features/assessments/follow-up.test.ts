import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../../server/adapters/keys.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { asOwner } from '../../support/database.ts';
import { type Customer, newCustomer, words } from '../vendors/customer.ts';
import { assessmentRow, mailsOf, newDraft, newSent, rows, START, trail } from './drafts.ts';

let test: TestApp;
let customer: Customer;
let id: string;

beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());
beforeEach(async () => {
  test.services.clock.set(START);
  customer = await newCustomer(test);
  id = await newSent(test, customer.owner.principal);
  await mailsOf(test, id);
  test.services.clock.advance(1_000);
});

const post = (path: string, form = {}) => customer.owner.post(`/assessments/${id}${path}`, form);
const kinds = async () => (await mailsOf(test, id)).map(({ kind }) => kind);
const linkIn = (text = '') => /\/v#(\S+)/.exec(text)?.[1] ?? '';
const setState = (state: string) =>
  asOwner(test.services.ownerUrl, (client) =>
    client.query('update assessments set state = $1 where id = $2', [state, id]),
  );

describe('a reminder', () => {
  it('repeats the same link, so an old bookmark keeps working', async () => {
    expect((await post('/reminders')).headers.location).toBe(`/assessments/${id}?done=assessments.reminded`);
    const [invitation, reminder] = await mailsOf(test, id);
    expect(reminder?.kind).toBe('reminder');
    expect(linkIn(reminder?.text)).toBe(linkIn(invitation?.text));
    expect(reminder?.subject).toContain('再送');
    expect(await trail(test, id)).toContain('assessment.reminded');
  });

  it('goes out once when pressed ten times, and again a minute later', async () => {
    await Promise.all(Array.from({ length: 10 }, () => post('/reminders')));
    expect(await kinds()).toEqual(['invitation', 'reminder']);
    test.services.clock.advance(61_000);
    await post('/reminders');
    expect(await kinds()).toEqual(['invitation', 'reminder', 'reminder']);
  });

  it('is refused once the time for answering has passed, naming the way on', async () => {
    await asOwner(test.services.ownerUrl, (client) =>
      client.query("update assessments set due_on = '2026-11-01', grace_days = 20 where id = $1", [id]),
    );
    const answer = await post('/reminders');
    expect([answer.statusCode, words(answer.body).includes('先に提出期限を延長してください')]).toEqual([409, true]);
    expect(await kinds()).toEqual(['invitation']);
  });
});

describe('a delivery that failed', () => {
  it('is shown with its reason, and the same link can be sent again at once', async () => {
    await mailsOf(test, id);
    await asOwner(test.services.ownerUrl, (client) =>
      client.query(
        "update mails set state = 'failed', failure = '550 no such user', sent_at = null where assessment_id = $1",
        [id],
      ),
    );
    const page = words((await customer.auditor.get(`/assessments/${id}`)).body);
    for (const text of ['直近のメールを送信できませんでした', '送信失敗', '550 no such user'])
      expect(page).toContain(text);
    expect(words((await customer.owner.get('/assessments')).body)).toContain('送信失敗');
    await post('/invitations');
    const [first, second] = await mailsOf(test, id);
    expect(second?.kind).toBe('invitation');
    expect(linkIn(second?.text)).toBe(linkIn(first?.text));
    expect(words((await customer.owner.get(`/assessments/${id}`)).body)).not.toContain(
      '直近のメールを送信できませんでした',
    );
  });
});

describe('more time', () => {
  it('moves the due date, tells the contact and keeps the link', async () => {
    const answer = await post('/due-date', { dueOn: '令和8年12月28日' });
    expect(answer.headers.location).toBe(`/assessments/${id}?done=assessments.extended`);
    expect(await assessmentRow(test, id)).toMatchObject({ due_on: '2026-12-28', state: 'sent' });
    const [invitation, changed] = await mailsOf(test, id);
    expect(changed?.kind).toBe('due-date-changed');
    expect(changed?.text).toContain('2026年12月28日(月)');
    expect(linkIn(changed?.text)).toBe(linkIn(invitation?.text));
    const [event] = await rows(
      test,
      "select details from audit_events where action = 'dueDate.changed' and assessment_id = $1",
      [id],
    );
    expect(event).toEqual({ details: { from: '2026-12-14', to: '2026-12-28' } });
  });

  it('opens an expired assessment again', async () => {
    await asOwner(test.services.ownerUrl, (client) =>
      client.query("update assessments set due_on = '2026-11-01', grace_days = 3 where id = $1", [id]),
    );
    expect(words((await customer.owner.get(`/assessments/${id}`)).body)).toContain('期限切れ');
    await post('/due-date', { dueOn: '2026-12-01' });
    expect(words((await customer.owner.get(`/assessments/${id}`)).body)).toContain('送付済み');
  });

  it.each(['', '2026-12-14', '2026-12-01', '2026-11-23', '2028-01-01', 'soon'])(
    'is not given with %j',
    async (dueOn) => {
      const answer = await post('/due-date', { dueOn });
      expect(answer.statusCode).toBe(400);
      expect(answer.body).toContain(`value="${dueOn}"`);
      expect([await assessmentRow(test, id), await kinds()]).toEqual([
        expect.objectContaining({ due_on: '2026-12-14' }),
        ['invitation'],
      ]);
    },
  );
});

describe('revoking an assessment', () => {
  it('needs a reason, tells the contact and cannot be undone', async () => {
    expect((await post('/revocation', { reason: ' ' })).statusCode).toBe(400);
    expect((await post('/revocation', { reason: 'あ'.repeat(501) })).statusCode).toBe(400);
    expect((await post('/revocation', { reason: '契約を見直すため' })).statusCode).toBe(303);
    expect(await assessmentRow(test, id)).toMatchObject({ state: 'revoked' });
    const mails = await mailsOf(test, id);
    expect(mails.at(-1)).toMatchObject({ kind: 'revoked', text: expect.stringContaining('契約を見直すため') });
    const page = words((await customer.owner.get(`/assessments/${id}`)).body);
    expect(page).toContain('評価依頼を取消し（契約を見直すため）');
    expect((await post('/revocation', { reason: 'もう一度' })).statusCode).toBe(409);
    expect(await kinds()).toEqual(['invitation', 'revoked']);
  });

  it('and submission cannot both win: whichever comes second is refused', async () => {
    await setState('submitted');
    const answer = await post('/revocation', { reason: '遅かった' });
    expect([answer.statusCode, words(answer.body).includes('回答が提出済み')]).toEqual([409, true]);
  });
});

describe('the answer link', () => {
  it('is shown on demand, and every look is recorded', async () => {
    expect((await customer.owner.get(`/assessments/${id}`)).body).not.toContain('/v#');
    const answer = await post('/link-display');
    const [mail] = await mailsOf(test, id);
    expect(answer.body).toContain(`/v#${linkIn(mail?.text)}`);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(await trail(test, id)).toContain('link.shown');
    expect((await customer.auditor.post(`/assessments/${id}/link-display`)).statusCode).toBe(403);
  });

  it('goes to a new contact as a new link, and the old one ends', async () => {
    const answer = await post('/contact', {
      contactName: 'Ms Suzuki',
      contactEmail: 'suzuki@vendor.example',
      contactLocale: 'en',
    });
    expect(answer.statusCode).toBe(303);
    const [first, second] = await mailsOf(test, id);
    expect(second).toMatchObject({ kind: 'invitation', to: { address: 'suzuki@vendor.example' } });
    expect(linkIn(second?.text)).not.toBe(linkIn(first?.text));
    const links = await rows(
      test,
      'select token_hash, revoked_at from respondent_links where assessment_id = $1 order by created_at, revoked_at',
      [id],
    );
    expect(links).toHaveLength(2);
    expect(links.find(({ revoked_at }) => revoked_at === null)?.token_hash).toBe(sha256(linkIn(second?.text)));
    expect(await assessmentRow(test, id)).toMatchObject({
      contact_email: 'suzuki@vendor.example',
      contact_locale: 'en',
    });
  });

  it('keeps one link in force however often the contact is changed at once', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    await Promise.all(
      names.map((name) =>
        post('/contact', { contactName: name, contactEmail: `${name}@vendor.example`, contactLocale: 'ja' }),
      ),
    );
    const open = await rows(
      test,
      'select email from respondent_links where assessment_id = $1 and revoked_at is null',
      [id],
    );
    expect(open).toEqual([{ email: (await assessmentRow(test, id)).contact_email }]);
  });

  it('can be revoked alone: nothing is mailed to it any more, and the page says how to go on', async () => {
    await post('/link-revocation');
    expect(
      await rows(test, 'select 1 from respondent_links where assessment_id = $1 and revoked_at is null', [id]),
    ).toEqual([]);
    for (const path of ['/reminders', '/invitations', '/link-display']) {
      const answer = await post(path);
      expect([answer.statusCode, words(answer.body).includes('新しいリンクを発行してください')]).toEqual([409, true]);
    }
    const page = words((await customer.owner.get(`/assessments/${id}`)).body);
    expect(page).toContain('有効な回答用リンクがありません');
    expect(await assessmentRow(test, id)).toMatchObject({ state: 'sent' });
  });

  it('keeps what was typed when the new contact is not one', async () => {
    const answer = await post('/contact', { contactName: '', contactEmail: 'x@', contactLocale: 'xx' });
    expect([answer.statusCode, answer.body.includes('value="x@"')]).toEqual([400, true]);
    for (const field of ['contactName', 'contactEmail', 'contactLocale'])
      expect(answer.body).toContain(`<a href="#${field}">`);
  });
});

describe('what may be done in which state', () => {
  const attempts: [string, Record<string, string>, readonly string[]][] = [
    ['/sending', {}, ['draft', 'sent']],
    ['/deletion', {}, ['draft']],
    ['/reminders', {}, ['sent', 'inProgress']],
    ['/invitations', {}, ['sent', 'inProgress']],
    ['/due-date', { dueOn: '2026-12-28' }, ['sent', 'inProgress']],
    ['/revocation', { reason: '理由' }, ['sent', 'inProgress']],
    ['/contact', { contactName: 'a', contactEmail: 'a@b.example', contactLocale: 'ja' }, ['sent', 'inProgress']],
    ['/link-revocation', {}, ['sent', 'inProgress']],
    ['/link-display', {}, ['sent', 'inProgress', 'submitted', 'finalised']],
    ['/duties', {}, ['draft', 'sent', 'inProgress', 'submitted']],
  ];
  it.each(attempts)('POST %s follows the permission table', async (path, form, allowed) => {
    for (const state of ['draft', 'sent', 'inProgress', 'submitted', 'finalised', 'revoked']) {
      id =
        state === 'draft'
          ? await newDraft(test, customer.owner.principal)
          : await newSent(test, customer.owner.principal);
      if (state !== 'draft') await setState(state);
      const answer = await post(path, form);
      // /sending of what has just been sent is the second press of its button and goes on to the page.
      const expected = allowed.includes(state) ? (path === '/link-display' ? 200 : 303) : 409;
      expect([state, answer.statusCode]).toEqual([state, expected]);
    }
  });
});
