import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { saveSettings } from '../../../server/features/assessments/settings.usecases.ts';
import { remindDue } from '../../../server/features/reminders/remind-due.usecases.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { mailsOf, newDraft, newSent, rows, START } from '../assessments/drafts.ts';
import { type Customer, newCustomer, words } from '../vendors/customer.ts';

const form = { advice: 'yes', plans: 'yes', prefillMonths: '24', emailDomains: '' };
const typed = { advice: true, plans: true, prefillMonths: '24', emailDomains: '' };
let test: TestApp;
let customer: Customer;

beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());
beforeEach(async () => {
  test.services.clock.set(START);
  customer = await newCustomer(test);
});

const page = async (path: string) => words((await customer.owner.get(path)).body);
const reminded = (id: string) =>
  rows(test, 'select step from reminders where assessment_id = $1 and mail_id is not null', [id]);
const lookAt = (moment: string) => {
  test.services.clock.set(`${moment}+09:00`);
  return remindDue(test.services);
};

it('the days stand on the page before the sending and in the settings', async () => {
  const id = await newDraft(test, customer.owner.principal);
  const days = ['2026年12月7日(月)', '2026年12月11日(金)', '2026年12月15日(火)', '2026年12月22日(火)'];
  const [sending, settings] = [await page(`/assessments/${id}/sending`), await page(`/assessments/${id}/settings`)];
  for (const day of days) {
    expect(sending).toContain(day);
    expect(settings).toContain(`${day} 期限の`);
  }
  await customer.owner.post(`/assessments/${id}/settings`, form);
  expect(await page(`/assessments/${id}/sending`)).toContain('自動リマインド 送りません。');
  expect(await page(`/assessments/${id}/settings`)).toContain(`${days[0]} 期限の7日前 送らない`);
});

it('switched off, nothing goes, and the page says so', async () => {
  const id = await newSent(test, customer.owner.principal);
  expect(await page(`/assessments/${id}`)).toContain('次回：2026年12月7日(月) 9:00');
  await customer.owner.post(`/assessments/${id}/settings`, form);
  expect(await page(`/assessments/${id}`)).toContain('自動リマインド 送りません。');
  await lookAt('2026-12-07T09:00:00');
  expect(await reminded(id)).toEqual([]);
});

it('switched on late, what should have gone by then stays away and the next step goes', async () => {
  const id = await newSent(test, customer.owner.principal);
  const save = (reminders: boolean) =>
    saveSettings(test.services, customer.owner.principal, id, { ...typed, reminders });
  await save(false);
  test.services.clock.set('2026-12-08T14:00:00+09:00');
  await save(true);
  expect(await lookAt('2026-12-08T14:01:00')).toBe(0);
  await lookAt('2026-12-11T09:00:00');
  expect(await reminded(id)).toEqual([{ step: 'D-1' }]);
});

it('switched on before nine, the step of that morning still goes', async () => {
  const id = await newSent(test, customer.owner.principal);
  const save = (reminders: boolean) =>
    saveSettings(test.services, customer.owner.principal, id, { ...typed, reminders });
  await save(false);
  test.services.clock.set('2026-12-11T08:59:00+09:00');
  await save(true);
  expect(await lookAt('2026-12-11T09:00:00')).toBe(1);
  expect(await reminded(id)).toEqual([{ step: 'D-1' }]);
});

it('the request’s page shows what has gone, by itself or by hand, and what comes next', async () => {
  test.services.clock.set('2026-12-06T10:00:00+09:00');
  const fresh = await newCustomer(test);
  const id = await newSent(test, fresh.owner.principal);
  await rows(test, `update mails set created_at = '2026-11-24T10:00:00+09:00' where assessment_id = $1`, [id]);
  await lookAt('2026-12-07T09:00:00');
  test.services.clock.set('2026-12-07T09:30:00+09:00');
  await rows(test, `update sessions set expires_at = '2027-01-01', last_seen_at = '2026-12-07T09:30:00+09:00'`, []);
  await mailsOf(test, id);
  await fresh.owner.post(`/assessments/${id}/reminders`);
  const shown = words((await fresh.owner.get(`/assessments/${id}`)).body);
  expect(shown).toContain('再案内 自動 tanaka@vendor.example');
  expect(shown).toContain('再案内 tanaka@vendor.example');
  expect(shown).toContain('次回：2026年12月11日(金) 9:00 期限の3日前');
  expect(shown).toContain('自動リマインドを送信（期限の7日前）');
  const settings = words((await fresh.owner.get(`/assessments/${id}/settings`)).body);
  expect(settings).toContain('2026年12月7日(月) 期限の7日前 送信済み');
  expect(settings).toContain('2026年12月11日(金) 期限の3日前 予定');
});
