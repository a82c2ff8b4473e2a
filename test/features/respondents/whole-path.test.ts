import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extendDueDate, remind, revokeAssessment } from '../../../server/features/assessments/follow-up.usecases.ts';
import { changeContact } from '../../../server/features/assessments/links.usecases.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { assessmentRow, mailsOf, newSent, START, trail } from '../assessments/drafts.ts';
import { type Customer, newCustomer } from '../vendors/customer.ts';
import { insider, mailedCode, visitor } from './visitor.ts';

let test: TestApp;
let customer: Customer;
beforeAll(async () => {
  test = await buildTestApp();
  test.services.clock.set(START);
  customer = await newCustomer(test);
});
afterAll(() => test.close());

const declared = { attested: 'yes', unanswered: 'yes', name: '田中 一郎', title: '部長' };

/** The secret behind the # of the newest mail of that kind. */
async function mailedToken(id: string, kind: string): Promise<string> {
  const mail = (await mailsOf(test, id)).filter((one) => one.kind === kind).at(-1);
  const token = /\/v#(\S+)/.exec(mail?.text ?? '')?.[1];
  if (!token) throw new Error(`no link in a mail of kind ${kind}`);
  return token;
}

describe('from the customer to the vendor and back', () => {
  it('the link of the invitation leads to the start page, and the submission to the customer', async () => {
    const id = await newSent(test, customer.member.principal);
    const person = await insider(test.app, test.services, await mailedToken(id, 'invitation'));
    const start = (await person.get('/respond')).body;
    for (const words of [
      'みなと社会保険労務士法人',
      '社労夢',
      '確認の目的です。',
      '2026年12月14日(月)',
      '鈴木 次郎',
      'KA-2026-',
    ]) {
      expect(start).toContain(words);
    }
    expect(start).not.toContain('社内だけのメモ');
    await person.put('/api/respond/answers/ORG-02', { revision: 0, value: 'yes' });
    expect((await person.post('/respond/submission', declared)).statusCode).toBe(303);
    expect(await assessmentRow(test, id)).toMatchObject({ state: 'submitted' });
    expect((await mailsOf(test, id)).map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['invitation', 'code', 'receipt', 'submitted']),
    );
    expect(await trail(test, id)).toEqual(
      expect.arrayContaining(['link.opened', 'assessment.opened', 'assessment.submitted']),
    );
  });

  it('a reminder repeats the link of the invitation, and both work', async () => {
    const id = await newSent(test, customer.member.principal);
    await remind(test.services, customer.member.principal, id);
    const token = await mailedToken(id, 'invitation');
    expect(await mailedToken(id, 'reminder')).toBe(token);
    expect((await (await insider(test.app, test.services, token)).get('/respond')).statusCode).toBe(200);
  });

  it('a withdrawn request says so to who has the mailbox', async () => {
    const id = await newSent(test, customer.member.principal);
    const token = await mailedToken(id, 'invitation');
    await revokeAssessment(test.services, customer.member.principal, id, '契約しないことになったため。');
    const person = visitor(test.app, test.services.config.publicUrl);
    test.services.clock.advance(1_000);
    await person.post('/v/start', { token });
    const told = await person.post('/v/code', { code: await mailedCode(test.services) });
    expect([told.statusCode, told.body.includes('取り消された')]).toEqual([410, true]);
  });

  it('a new contact gets a new link, and the old one is closed', async () => {
    const id = await newSent(test, customer.member.principal);
    const old = await insider(test.app, test.services, await mailedToken(id, 'invitation'));
    test.services.clock.advance(1_000);
    await changeContact(test.services, customer.member.principal, id, {
      contactName: '高橋 三郎',
      contactEmail: 'takahashi@vendor.example',
      contactLocale: 'ja',
    });
    expect((await old.get('/respond')).statusCode).toBe(401);
    const fresh = await insider(test.app, test.services, await mailedToken(id, 'invitation'));
    expect((await fresh.get('/respond')).body).toContain('高橋 三郎');
  });

  it('an extension opens an expired request again through the same link', async () => {
    const id = await newSent(test, customer.member.principal);
    const token = await mailedToken(id, 'invitation');
    test.services.clock.set('2026-12-29T09:00:00+09:00');
    const late = await insider(test.app, test.services, token);
    expect((await late.post('/respond/submission', declared)).statusCode).toBe(409);
    await extendDueDate(test.services, customer.member.principal, id, '2027-01-15');
    expect((await late.post('/respond/submission', declared)).statusCode).toBe(303);
  });
});
