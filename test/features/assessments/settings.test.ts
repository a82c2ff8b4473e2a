import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { newCustomer, words } from '../vendors/customer.ts';
import { assessmentRow, newDraft, newSent, rows, START } from './drafts.ts';

let test: TestApp;

beforeAll(async () => {
  test = await buildTestApp();
  test.services.clock.set(START);
});
afterAll(() => test.close());

const usual = { advice: true, plans: true, reminders: true, prefillMonths: 24, emailDomains: [] };
const form = { advice: 'yes', plans: 'yes', reminders: 'yes', prefillMonths: '24', emailDomains: '' };

describe('what the vendor may do with a request', () => {
  it('is the usual until somebody changes it, and the trail says from what to what', async () => {
    const { owner } = await newCustomer(test);
    const id = await newSent(test, owner.principal);
    expect(await assessmentRow(test, id)).toMatchObject({ settings: usual, page_version: 0 });

    const typed = { prefillMonths: '１２か月', emailDomains: '@Group.example\nｓｕｂ．example.jp' };
    const saved = await owner.post(`/assessments/${id}/settings`, typed);
    expect(saved.headers.location).toBe(`/assessments/${id}?done=assessments.settings`);
    const changed = {
      advice: false,
      plans: false,
      reminders: false,
      prefillMonths: 12,
      emailDomains: ['group.example', 'sub.example.jp'],
    };
    expect(await assessmentRow(test, id)).toMatchObject({ settings: changed, page_version: 1 });
    const [event] = await rows(test, `select details from audit_events where assessment_id = $1 and action = $2`, [
      id,
      'settings.changed',
    ]);
    expect(event?.details).toMatchObject({ advice: { from: true, to: false }, prefillMonths: { from: 24, to: 12 } });

    const page = await owner.get(`/assessments/${id}/settings`);
    expect(page.body).toContain('group.example\nsub.example.jp');
    expect(page.body).not.toContain(' checked');
    expect(words(page.body)).toContain('vendor.example の同僚を招待できます');
  });

  it('pressed again without a change leaves no event', async () => {
    const { owner } = await newCustomer(test);
    const id = await newDraft(test, owner.principal);
    expect((await owner.post(`/assessments/${id}/settings`, form)).statusCode).toBe(303);
    const events = await rows(test, `select 1 from audit_events where assessment_id = $1 and action = $2`, [
      id,
      'settings.changed',
    ]);
    expect(events).toEqual([]);
  });

  it('says what to mend and keeps what was typed', async () => {
    const { owner } = await newCustomer(test);
    const id = await newDraft(test, owner.principal);
    const answer = await owner.post(`/assessments/${id}/settings`, {
      ...{ advice: '', prefillMonths: '61', emailDomains: 'tanaka@example.jp\nexample.jp' },
    });
    expect(answer.statusCode).toBe(400);
    expect(words(answer.body)).toContain('月数は0〜60の整数で入力してください');
    expect(words(answer.body)).toContain('「tanaka@example.jp」はドメイン名として読み取れません');
    expect(answer.body).toContain('tanaka@example.jp\nexample.jp</textarea>');
    expect(await assessmentRow(test, id)).toMatchObject({ settings: usual });
    const many = Array.from({ length: 21 }, (_, at) => `a${at}.example`).join('\n');
    const over = await owner.post(`/assessments/${id}/settings`, { ...form, emailDomains: many });
    expect(words(over.body)).toContain('20件以内にしてください（現在21件）');
  });

  it('is closed to auditors and after the submission', async () => {
    const { owner, auditor } = await newCustomer(test);
    const id = await newSent(test, owner.principal);
    expect((await auditor.post(`/assessments/${id}/settings`, form)).statusCode).toBe(403);
    await rows(test, `update assessments set state = 'submitted' where id = $1`, [id]);
    expect((await owner.post(`/assessments/${id}/settings`, { ...form, plans: '' })).statusCode).toBe(409);
    expect(words((await owner.get(`/assessments/${id}/settings`)).body)).toContain('設定は変更できません');
    expect((await owner.get(`/assessments/${id}`)).body).not.toContain(`${id}/settings`);
  });
});
