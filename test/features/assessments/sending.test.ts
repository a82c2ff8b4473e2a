import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../../server/adapters/keys.ts';
import { sendAssessment } from '../../../server/features/assessments/assessments.usecases.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { asOwner } from '../../support/database.ts';
import { type Customer, newCustomer, words } from '../vendors/customer.ts';
import { assessmentRow, mailsOf, newDraft, newSent, newService, rows, START, trail } from './drafts.ts';

let test: TestApp;
let customer: Customer;

beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());
beforeEach(async () => {
  test.services.clock.set(START);
  customer = await newCustomer(test, { isEntrustee: true });
});

describe('the last look before sending', () => {
  it('shows the mail as it will be, and the whole questionnaire, without sending anything', async () => {
    const id = await newDraft(test, customer.owner.principal);
    const page = words((await customer.owner.get(`/assessments/${id}/sending`)).body);
    await customer.owner.post(`/assessments/${id}/sending`);
    const [mail] = await mailsOf(test, id);
    const sentText = (mail?.text ?? '')
      .replace(/http\S+#\S+/, 'LINK')
      .replaceAll('KA-2026-0001', 'KA-2026-XXXX')
      .replace(/\s+/g, ' ')
      .trim();
    expect(page.replace(/http\S+#…/, 'LINK').replaceAll('&quot;', '"')).toContain(sentText);
    expect(page).toContain(mail?.subject.replaceAll('KA-2026-0001', 'KA-2026-XXXX'));
    const { questions } = test.services.questionnaires.get('jp-cloud-ppc', '1.0.0').compiled;
    for (const { question } of questions) expect(page).toContain(question.id);
  });

  it('leaves a look without a trace', async () => {
    const id = await newDraft(test, customer.owner.principal);
    await customer.owner.get(`/assessments/${id}/sending`);
    expect([await mailsOf(test, id), await trail(test, id)]).toEqual([[], ['assessment.created']]);
  });
});

describe('sending', () => {
  it('freezes the questionnaire, numbers it, makes the link and mails it', async () => {
    const id = await newDraft(test, customer.owner.principal);
    const answer = await customer.owner.post(`/assessments/${id}/sending`);
    expect(answer.headers.location).toBe(`/assessments/${id}?done=assessments.sent`);
    const { compiled, hash } = test.services.questionnaires.get('jp-cloud-ppc', '1.0.0');
    expect(await assessmentRow(test, id)).toMatchObject({
      state: 'sent',
      reference: 'KA-2026-0001',
      questionnaire_hash: hash,
      questionnaire: JSON.parse(JSON.stringify(compiled.questionnaire)),
      customer_is_entrustee: true,
      sent_at: test.services.clock.now(),
    });
    const [mail, ...more] = await mailsOf(test, id);
    expect(more).toEqual([]);
    expect(mail?.to).toEqual({ name: '田中 一郎', address: 'tanaka@vendor.example' });
    for (const text of [
      'みなと社会保険労務士法人',
      '佐藤 花子',
      '90問',
      '2026年12月14日(月)',
      'KA-2026-0001',
      '確認の目的です。',
    ]) {
      expect(mail?.text).toContain(text);
    }
    expect(mail?.text).not.toContain('社内だけのメモ');
    const token = /\/v#(\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
    const links = await rows(test, 'select * from respondent_links where assessment_id = $1', [id]);
    expect(links).toMatchObject([{ token_hash: sha256(token), email: 'tanaka@vendor.example', revoked_at: null }]);
    expect(await trail(test, id)).toEqual(['assessment.created', 'assessment.sent']);
  });

  it('sends one mail, one link and one number when pressed ten times at once', async () => {
    const id = await newDraft(test, customer.owner.principal);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => customer.owner.post(`/assessments/${id}/sending`)),
    );
    expect(new Set(answers.map(({ headers }) => headers.location))).toEqual(
      new Set([`/assessments/${id}?done=assessments.sent`]),
    );
    expect(await mailsOf(test, id)).toHaveLength(1);
    expect(await rows(test, 'select 1 from respondent_links where assessment_id = $1', [id])).toHaveLength(1);
    expect(await trail(test, id)).toEqual(['assessment.created', 'assessment.sent']);
  });

  it('numbers ten assessments sent at once from 1 to 10, without a gap for deleted drafts', async () => {
    const serviceId = await newService(test, customer.owner.principal);
    const drafts = await Promise.all(
      Array.from({ length: 12 }, () => newDraft(test, customer.owner.principal, { serviceId })),
    );
    for (const id of drafts.splice(0, 2)) await customer.owner.post(`/assessments/${id}/deletion`);
    const sent = await Promise.all(drafts.map((id) => sendAssessment(test.services, customer.owner.principal, id)));
    const expected = Array.from({ length: 10 }, (_, index) => `KA-2026-${String(index + 1).padStart(4, '0')}`);
    expect(sent.map(({ reference }) => reference).sort()).toEqual(expected);
  });

  it('counts from 1 again in the new year of Tokyo, and apart for every customer', async () => {
    await newSent(test, customer.owner.principal);
    const other = await newCustomer(test);
    const second = await newSent(test, other.owner.principal);
    expect(await assessmentRow(test, second)).toMatchObject({ reference: 'KA-2026-0001' });
    test.services.clock.set('2026-12-31T15:00:00Z');
    const id = await newSent(test, other.owner.principal, { dueOn: '2027-01-20' });
    expect(await assessmentRow(test, id)).toMatchObject({ reference: 'KA-2027-0001' });
  });

  it('refuses a draft whose due date has gone by, and says so', async () => {
    test.services.clock.set('2026-11-23T14:50:00Z');
    const { owner } = await newCustomer(test);
    const id = await newDraft(test, owner.principal, { dueOn: '2026-11-24' });
    test.services.clock.advance(20 * 60_000);
    const look = await owner.get(`/assessments/${id}/sending`);
    expect(words(look.body)).toContain('提出期限は、2026-11-25（明日）から');
    expect(look.body).not.toContain('この内容で送付する');
    const answer = await owner.post(`/assessments/${id}/sending`);
    expect([answer.statusCode, words(answer.body).includes('提出期限は、2026-11-25（明日）から')]).toEqual([400, true]);
    expect([await mailsOf(test, id), (await assessmentRow(test, id)).state]).toEqual([[], 'draft']);
  });

  it('changes nothing at all when the mail cannot be queued', async () => {
    const id = await newDraft(test, customer.owner.principal);
    await asOwner(test.services.ownerUrl, (client) => client.query('alter table mails rename to mails_away'));
    const answer = await customer.owner.post(`/assessments/${id}/sending`);
    await asOwner(test.services.ownerUrl, (client) => client.query('alter table mails_away rename to mails'));
    expect(answer.statusCode).toBe(500);
    expect(await assessmentRow(test, id)).toMatchObject({ state: 'draft', questionnaire: null });
    expect(await rows(test, 'select 1 from respondent_links where assessment_id = $1', [id])).toHaveLength(0);
    expect(await trail(test, id)).toEqual(['assessment.created']);
  });

  it('writes to an English contact in English, with the English names', async () => {
    const id = await newSent(test, customer.owner.principal, { contactLocale: 'en' });
    const [mail] = await mailsOf(test, id);
    for (const text of ['Minato Labour Law Office', 'MKSystem Corporation', '14 Dec 2026']) {
      expect(mail?.text).toContain(text);
    }
    expect(mail?.subject).toContain('KA-2026-0001');
  });
});
