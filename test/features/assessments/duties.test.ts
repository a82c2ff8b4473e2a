import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { asOwner } from '../../support/database.ts';
import { newCustomer, words } from '../vendors/customer.ts';
import { assessmentRow, newDraft, newSent, START } from './drafts.ts';

let test: TestApp;

beforeAll(async () => {
  test = await buildTestApp();
  test.services.clock.set(START);
});
afterAll(() => test.close());

/** The duties every customer has, and the one only an entrustee has, as the questionnaire names them. */
function duties() {
  const { customerDuties } = test.services.questionnaires.get('jp-cloud-ppc', '1.0.0').compiled.questionnaire;
  const all = customerDuties?.duties ?? [];
  return { common: all.filter(({ showWhen }) => !showWhen), ofEntrustee: all.filter(({ showWhen }) => showWhen) };
}

describe("the customer's own duties", () => {
  it('are kept, shown again and counted on the assessment', async () => {
    const { owner, auditor } = await newCustomer(test);
    const id = await newDraft(test, owner.principal);
    const [first, second] = duties().common;
    const answers = { [first?.id ?? '']: 'no', [second?.id ?? '']: 'notYet' };
    expect((await owner.post(`/assessments/${id}/duties`, answers)).headers.location).toBe(
      `/assessments/${id}?done=assessments.dutiesSaved`,
    );
    expect(await assessmentRow(test, id)).toMatchObject({ customer_duties: answers });
    expect((await owner.get(`/assessments/${id}/duties`)).body).toMatch(/value="no" checked/);
    expect(words((await auditor.get(`/assessments/${id}`)).body)).toContain(
      '2項目を記録済みです。 「いいえ」が1項目あります。',
    );
    const reading = await auditor.get(`/assessments/${id}/duties`);
    expect(words(reading.body)).toContain('まだ');
    expect(reading.body).not.toContain('type="radio"');
  });

  it('ask an entrustee what they ask nobody else', async () => {
    const [extra] = duties().ofEntrustee;
    for (const isEntrustee of [true, false]) {
      const { owner } = await newCustomer(test, { isEntrustee });
      const id = await newSent(test, owner.principal);
      const page = await owner.get(`/assessments/${id}/duties`);
      expect(page.body.includes(extra?.text.ja ?? '!')).toBe(isEntrustee);
      const answer = await owner.post(`/assessments/${id}/duties`, { [extra?.id ?? '']: 'yes' });
      expect(answer.statusCode).toBe(isEntrustee ? 303 : 400);
    }
  });

  it('take no duty and no answer that the questionnaire does not know', async () => {
    const { owner } = await newCustomer(test);
    const id = await newSent(test, owner.principal);
    const known = duties().common[0]?.id ?? '';
    const wrong: Record<string, string>[] = [{ 'NO-SUCH': 'yes' }, { [known]: 'perhaps' }, { __proto__x: 'yes' }];
    for (const form of wrong) {
      expect((await owner.post(`/assessments/${id}/duties`, form)).statusCode).toBe(400);
    }
    expect(await assessmentRow(test, id)).toMatchObject({ customer_duties: {} });
  });

  it('are fixed once the assessment has been finalised', async () => {
    const { owner } = await newCustomer(test);
    const id = await newSent(test, owner.principal);
    await asOwner(test.services.ownerUrl, (client) =>
      client.query("update assessments set state = 'finalised' where id = $1", [id]),
    );
    expect((await owner.post(`/assessments/${id}/duties`, {})).statusCode).toBe(409);
    expect(words((await owner.get(`/assessments/${id}/duties`)).body)).toContain('対応状況を変更できません');
  });
});
