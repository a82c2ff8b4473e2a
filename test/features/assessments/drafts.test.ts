import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { usualPurpose } from '../../../server/domain/assessment/purpose.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { type Customer, type Form, newCustomer, words } from '../vendors/customer.ts';
import { assessmentRow, mailsOf, newDraft, newSent, newService, rows, START, trail } from './drafts.ts';

let test: TestApp;
let customer: Customer;
let form: Form;

beforeAll(async () => {
  test = await buildTestApp();
  test.services.clock.set(START);
});
afterAll(() => test.close());
beforeEach(async () => {
  customer = await newCustomer(test);
  form = {
    serviceId: await newService(test, customer.owner.principal),
    questionnaire: 'jp-cloud-ppc@1.0.0',
    contactName: '田中　一郎',
    contactEmail: 'ｔａｎａｋａ@vendor.example',
    contactLocale: 'ja',
    dueOn: '令和8年12月14日',
    graceDays: '１４日',
    purpose: usualPurpose.ja,
  };
});

describe('a draft', () => {
  it('is offered with the usual questionnaire, purpose and a due date in three weeks', async () => {
    const { body } = await customer.owner.get('/assessments/new');
    expect(body).toContain('value="2026-12-14"');
    expect(words(body)).toContain(
      '通常は3週間後の2026年12月14日(月)です。2026年11月24日(火)から2027年11月23日(火)まで',
    );
    expect(body).toContain(usualPurpose.ja);
    expect(body).toMatch(/value="jp-cloud-ppc@1\.1\.0" checked/);
    expect(words(body)).toContain('株式会社エムケイシステム – 社労夢 5.0');
  });

  it('tells a customer without services what to do first', async () => {
    const fresh = await newCustomer(test);
    const { body } = await fresh.owner.get('/assessments/new');
    expect(words(body)).toContain('先に、委託先とそのサービスを登録してください');
    expect(words((await fresh.owner.get('/assessments')).body)).toContain('まだ評価依頼はありません');
  });

  it('is kept as tidied and leads on to the last look before sending', async () => {
    const answer = await customer.owner.post('/assessments', form);
    const id = /^\/assessments\/([\da-f-]{36})\/sending/.exec(String(answer.headers.location))?.[1] ?? '';
    expect(await assessmentRow(test, id)).toMatchObject({
      state: 'draft',
      contact_name: '田中 一郎',
      contact_email: 'tanaka@vendor.example',
      due_on: '2026-12-14',
      grace_days: 14,
      questionnaire: null,
      sent_at: null,
    });
    expect(await trail(test, id)).toEqual(['assessment.created']);
    expect(words((await customer.owner.get(`/assessments/${id}`)).body)).toContain('送付時に採番');
  });

  it('speaks English to an English contact as long as nobody wrote another purpose', async () => {
    const id = randomUUID();
    await customer.owner.post('/assessments', { ...form, id, contactLocale: 'en' });
    expect(await assessmentRow(test, id)).toMatchObject({ purpose: usualPurpose.en });
    await customer.owner.post(`/assessments/${id}`, { ...form, contactLocale: 'en', purpose: '独自の目的' });
    expect(await assessmentRow(test, id)).toMatchObject({ purpose: '独自の目的' });
  });

  it('names everything wrong at once and keeps what was typed', async () => {
    const typed = {
      ...form,
      serviceId: randomUUID(),
      questionnaire: 'no-such@1.0.0',
      contactName: '',
      contactEmail: 'tanaka',
      contactLocale: 'fr',
      dueOn: '2026-11-23',
      graceDays: '61',
      purpose: 'あ'.repeat(2001),
    };
    const answer = await customer.owner.post('/assessments', typed);
    expect(answer.statusCode).toBe(400);
    for (const field of Object.keys(typed)) expect(answer.body).toContain(`<a href="#${field}">`);
    expect(answer.body).toContain('value="tanaka"');
    expect(answer.body).toContain('value="2026-11-23"');
    expect(answer.body).toContain('あ'.repeat(2001));
  });

  it.each([
    ['today in Tokyo', '2026-11-23', 400],
    ['tomorrow', '2026-11-24', 303],
    ['a year from today', '2027-11-23', 303],
    ['a day later than that', '2027-11-24', 400],
    ['no day', '13/45', 400],
    ['nothing', '', 400],
  ])('takes as due date %s: %s', async (_name, dueOn, status) => {
    expect((await customer.owner.post('/assessments', { ...form, dueOn })).statusCode).toBe(status);
  });

  it('cannot be about a service of another customer', async () => {
    const other = await newCustomer(test);
    const answer = await other.owner.post('/assessments', form);
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('<a href="#serviceId">');
  });

  it('is made once of a form sent ten times', async () => {
    const id = randomUUID();
    await Promise.all(Array.from({ length: 10 }, () => customer.owner.post('/assessments', { ...form, id })));
    expect(await trail(test, id)).toEqual(['assessment.created']);
  });

  it('can be changed and deleted while it is one, and not afterwards', async () => {
    const id = await newDraft(test, customer.owner.principal);
    expect((await customer.owner.get(`/assessments/${id}/edit`)).body).toContain('value="2026-12-14"');
    await customer.owner.post(`/assessments/${id}`, { ...form, dueOn: '2026/12/20' });
    expect(await assessmentRow(test, id)).toMatchObject({ due_on: '2026-12-20' });
    expect((await customer.owner.post(`/assessments/${id}/deletion`)).headers.location).toBe(
      '/assessments?done=assessments.deleted',
    );
    expect(await rows(test, 'select 1 from assessments where id = $1', [id])).toHaveLength(0);
    expect(await trail(test, id)).toEqual(['assessment.created', 'assessment.deleted', 'assessment.edited']);

    const sent = await newSent(test, customer.owner.principal);
    for (const path of ['', '/deletion']) {
      const answer = await customer.owner.post(`/assessments/${sent}${path}`, path === '' ? form : {});
      expect([answer.statusCode, words(answer.body).includes('送付済み')]).toEqual([409, true]);
    }
    expect(await assessmentRow(test, sent)).toMatchObject({ state: 'sent', due_on: '2026-12-14' });
  });

  it('says nothing to the vendor', async () => {
    const id = await newDraft(test, customer.owner.principal);
    expect(await mailsOf(test, id)).toEqual([]);
    expect(await rows(test, 'select 1 from respondent_links where assessment_id = $1', [id])).toHaveLength(0);
  });
});
