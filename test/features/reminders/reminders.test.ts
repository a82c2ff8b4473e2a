import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { extendDueDate, remind } from '../../../server/features/assessments/follow-up.usecases.ts';
import { remindDue } from '../../../server/features/reminders/remind-due.usecases.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { mailsOf, newSent, rows, START, trail } from '../assessments/drafts.ts';
import { type Customer, newCustomer } from '../vendors/customer.ts';

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
  // Due on Monday, 14 December 2026: steps on 7, 11, 15 and 22 December.
  id = await newSent(test, customer.owner.principal);
});

const lookAt = (moment: string) => {
  test.services.clock.set(`${moment}+09:00`);
  return remindDue(test.services);
};
const kinds = async () => (await mailsOf(test, id)).map(({ kind }) => kind);
const steps = async () =>
  (await rows(test, 'select step, due_on::text as due from reminders where assessment_id = $1 order by at', [id])).map(
    ({ step }) => step,
  );
const set = (change: string) => rows(test, `update assessments set ${change} where id = $1`, [id]);

describe('a reminder that goes by itself', () => {
  it('repeats the same link at 09:00 on its day, once, in the name of whoever asked', async () => {
    await lookAt('2026-12-07T08:59:59');
    expect(await kinds()).toEqual(['invitation']);
    await lookAt('2026-12-07T09:00:00');
    await lookAt('2026-12-07T09:01:00');
    const [invitation, reminder, ...more] = await mailsOf(test, id);
    expect(more).toEqual([]);
    expect(reminder).toMatchObject({ kind: 'reminder', to: { address: 'tanaka@vendor.example' } });
    expect(/\/v#(\S+)/.exec(reminder?.text ?? '')?.[1]).toBe(/\/v#(\S+)/.exec(invitation?.text ?? '')?.[1]);
    expect(reminder?.text).toContain('佐藤 花子');
    expect(await trail(test, id)).toContain('assessment.autoReminded');
    expect(await steps()).toEqual(['D-7']);
  });

  it('speaks the language of the contact', async () => {
    await set(`contact_locale = 'en'`);
    await lookAt('2026-12-11T09:00:00');
    expect((await mailsOf(test, id)).at(-1)?.subject).toContain('[Reminder]');
  });

  it('goes at every step until the request expires, and the requester hears of it once', async () => {
    for (let day = 1; day <= 31; day += 1) {
      const date = `2026-12-${String(day).padStart(2, '0')}`;
      await lookAt(`${date}T09:00:30`);
      await lookAt(`${date}T17:59:00`);
    }
    expect(await kinds()).toEqual(['invitation', 'reminder', 'reminder', 'not-submitted', 'overdue', 'overdue']);
    expect(await steps()).toEqual(['D-7', 'D-1', 'D+1', 'D+8']);
    const told = (await mailsOf(test, id)).find(({ kind }) => kind === 'not-submitted');
    expect(told?.to.address).toBe(`${customer.owner.principal.memberId}@customer.example`);
    for (const text of ['64問中0問', '田中 一郎（tanaka@vendor.example）', `/assessments/${id}`, '2026年12月28日'])
      expect(told?.text).toContain(text);
    expect((await trail(test, id)).filter((action) => action === 'assessment.overdueTold')).toHaveLength(1);
  });

  it('tells the owners when whoever asked has left', async () => {
    const asked = await newSent(test, customer.member.principal);
    await rows(test, 'update members set disabled_at = now() where id = $1', [customer.member.principal.memberId]);
    await lookAt('2026-12-15T09:00:00');
    const told = (await mailsOf(test, asked)).filter(({ kind }) => kind === 'not-submitted');
    expect(told.map(({ to }) => to.address)).toEqual([`${customer.owner.principal.memberId}@customer.example`]);
    const reminder = (await mailsOf(test, asked)).find(({ kind }) => kind === 'overdue');
    expect(reminder?.replyTo?.address).toBe(`${customer.owner.principal.memberId}@customer.example`);
  });

  it('is only the newest one after a standstill', async () => {
    await lookAt('2026-12-16T11:00:00');
    expect((await kinds()).filter((kind) => kind !== 'not-submitted')).toEqual(['invitation', 'overdue']);
    expect(await steps()).toEqual(['D+1']);
  });

  it('stays away on a day without business, and goes on the next one', async () => {
    await lookAt('2026-12-12T12:00:00');
    expect(await steps()).toEqual([]);
    await lookAt('2026-12-14T09:00:00');
    expect(await steps()).toEqual(['D-1']);
  });

  it('stays away after one sent by hand the day before', async () => {
    test.services.clock.set('2026-12-10T15:00:00+09:00');
    await remind(test.services, customer.owner.principal, id);
    await lookAt('2026-12-11T09:00:00');
    await lookAt('2026-12-11T16:00:00');
    expect(await kinds()).toEqual(['invitation', 'reminder']);
    await lookAt('2026-12-15T09:00:00');
    expect((await kinds()).at(-1)).toBe('overdue');
  });

  it('goes when the one sent by hand did not arrive', async () => {
    test.services.clock.set('2026-12-10T15:00:00+09:00');
    await remind(test.services, customer.owner.principal, id);
    await mailsOf(test, id);
    await rows(test, `update mails set state = 'failed' where assessment_id = $1 and kind = 'reminder'`, [id]);
    await lookAt('2026-12-11T09:00:00');
    expect(await steps()).toEqual(['D-1']);
  });

  it.each(['draft', 'submitted', 'declined', 'finalised', 'revoked'])('never goes when %s', async (state) => {
    await set(`state = '${state}'`);
    await lookAt('2026-12-11T09:00:00');
    expect(await steps()).toEqual([]);
  });

  it('needs a link in force', async () => {
    await customer.owner.post(`/assessments/${id}/link-revocation`);
    expect(await lookAt('2026-12-11T09:00:00')).toBe(0);
    expect(await steps()).toEqual([]);
  });

  it('begins anew with a later date, and not for the date that is gone', async () => {
    await lookAt('2026-12-07T09:00:00');
    await lookAt('2026-12-11T09:00:00');
    await extendDueDate(test.services, customer.owner.principal, id, '2026-12-25');
    await lookAt('2026-12-15T09:00:00');
    expect(await steps()).toEqual(['D-7', 'D-1']);
    await lookAt('2026-12-18T09:00:00');
    expect(await steps()).toEqual(['D-7', 'D-1', 'D-7']);
  });

  it('reminds of a return by its own date, counted anew', async () => {
    await set(`state = 'returned', round = 2, due_on = '2026-12-18'`);
    await rows(
      test,
      `insert into returned_questions (organisation_id, assessment_id, round, question_id, reason, marked_by, marked_at)
       select organisation_id, id, 2, 'AUTH-01', '確認', created_by, now() from assessments where id = $1`,
      [id],
    );
    await lookAt('2026-12-17T09:00:00');
    expect((await mailsOf(test, id)).at(-1)?.text).toContain('追加の確認をお願いしている設問が1問');
    expect(await rows(test, 'select round, step from reminders where assessment_id = $1', [id])).toEqual([
      { round: 2, step: 'D-1' },
    ]);
  });

  it('goes to every organisation, and what fails for one request keeps no other from it', async () => {
    const broken = id;
    await rows(
      test,
      `update assessments set contact_email = 'no address', created_at = now() - interval '1 day' where id = $1`,
      [broken],
    );
    const other = await newSent(test, (await newCustomer(test)).owner.principal);
    const silent = { ...test.services, log: { ...test.services.log, error: () => {} } as typeof test.services.log };
    test.services.clock.set('2026-12-11T09:00:00+09:00');
    await remindDue(silent);
    expect(
      await rows(test, 'select assessment_id from reminders where assessment_id in ($1, $2)', [broken, other]),
    ).toEqual([{ assessment_id: other }]);
  });
});
