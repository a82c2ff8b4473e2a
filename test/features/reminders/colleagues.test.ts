import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { remindDue } from '../../../server/features/reminders/remind-due.usecases.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { respondentOf } from '../answers/respondent.ts';
import { mailsOf, rows } from '../assessments/drafts.ts';
import { answer, colleague, newTeam, type Team } from '../people/team.ts';
import { returned } from '../rounds/returned.ts';

let test: TestApp;
let team: Team;
let id: string;

beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());
beforeEach(async () => {
  test.services.clock.set('2026-11-24T10:00:00+09:00');
  // The whole is due on Friday, 18 December; the part on Thursday, 10 December.
  team = await newTeam(test, { graceDays: 3 });
  id = team.sent.assessmentId;
});

const scope = { sections: [], questions: ['AUTH-01', 'AUTH-02'] };
const lookAt = (moment: string) => {
  test.services.clock.set(`${moment}+09:00`);
  return remindDue(test.services);
};
const remindersTo = async (email: string) =>
  (await mailsOf(test, id)).filter(({ kind, to }) => kind === 'contributor-reminder' && to.address === email);

it('a contributor is reminded of the own date with the own link, on behalf of whoever coordinates', async () => {
  const person = await colleague(test, team, 'contributor', { scope, dueOn: '2026-12-10' });
  await rows(test, `update respondent_links set locale = 'en' where id = $1`, [person.linkId]);
  await lookAt('2026-12-03T09:00:00');
  const [reminder, ...more] = await remindersTo(person.email);
  expect(more).toEqual([]);
  expect(reminder?.subject).toContain('[Reminder]');
  for (const text of ['Thu 10 Dec 2026', '2 of your 2 questions', '田中太郎']) expect(reminder?.text).toContain(text);
  expect(reminder?.text).toContain(`/v#${test.services.keys.linkToken(person.linkId)}`);
  expect(reminder?.text).not.toContain(test.services.keys.linkToken(team.sent.linkId));
  await lookAt('2026-12-03T09:01:00');
  expect(await remindersTo(person.email)).toHaveLength(1);
});

it('once more after that date, and then no more', async () => {
  const person = await colleague(test, team, 'contributor', { scope, dueOn: '2026-12-10' });
  for (let day = 1; day <= 25; day += 1) await lookAt(`2026-12-${String(day).padStart(2, '0')}T09:00:00`);
  const subjects = (await remindersTo(person.email)).map(({ subject }) => subject.slice(0, 6));
  expect(subjects.sort()).toEqual(['【期限のご案', '【期限のご案', '【期限のご案', '【期限超過】']);
});

it('a part that is done, or has no date of its own, is left in peace; so are those who check', async () => {
  const done = await colleague(test, team, 'contributor', { scope, dueOn: '2026-12-10' });
  const free = await colleague(test, team, 'contributor', { scope });
  const checker = await colleague(test, team, 'checker', { dueOn: '2026-12-10' });
  expect(await answer(done.browser, 'AUTH-01', 'unknown')).toBe(200);
  expect(await answer(done.browser, 'AUTH-02', 'unknown')).toBe(200);
  expect(await lookAt('2026-12-09T09:00:00')).toBe(0);
  for (const { email } of [done, free, checker]) expect(await remindersTo(email)).toEqual([]);
  expect(await rows(test, 'select step, mail_id from reminders where assessment_id = $1', [id])).toEqual([
    { step: 'D-1', mail_id: null },
  ]);
});

it('a colleague whose access was revoked gets nothing, nor does anybody once the answers are in', async () => {
  const former = await colleague(test, team, 'contributor', { scope, dueOn: '2026-12-10' });
  const present = await colleague(test, team, 'contributor', { scope, dueOn: '2026-12-10' });
  await rows(test, 'update respondent_links set revoked_at = now() where id = $1', [former.linkId]);
  await rows(test, `update assessments set state = 'submitted' where id = $1`, [id]);
  expect(await lookAt('2026-12-09T09:00:00')).toBe(0);
  await rows(test, `update assessments set state = 'inProgress' where id = $1`, [id]);
  expect(await lookAt('2026-12-09T09:00:00')).toBe(1);
  expect(await remindersTo(former.email)).toEqual([]);
  expect(await remindersTo(present.email)).toHaveLength(1);
});

it('nobody is mailed beyond the day’s limit of mails to one colleague', async () => {
  const person = await colleague(test, team, 'contributor', { scope, dueOn: '2026-12-10' });
  await rows(
    test,
    `insert into mails (organisation_id, id, assessment_id, kind, recipient, subject, sealed, state, created_at)
     select organisation_id, gen_random_uuid(), id, 'approval-requested', $2, 'x', '', 'sent', '2026-12-09T08:00:00+09:00'
       from assessments, generate_series(1, 5) where id = $1`,
    [id, person.email],
  );
  expect(await lookAt('2026-12-09T09:00:00')).toBe(0);
});

it('after a return only what came back to the person counts, until it has been changed', async () => {
  test.services.clock.set('2026-11-24T10:00:00+09:00');
  // The whole is due on Friday, 25 December; the part on Friday, 18 December.
  const work = await returned(test, ['ORG-02', 'ORG-03']);
  const vendor = respondentOf(test, work);
  const [contact] = await rows(test, 'select * from respondent_links where assessment_id = $1', [work.assessmentId]);
  const linkId = randomUUID();
  await rows(
    test,
    `insert into respondent_links (organisation_id, id, assessment_id, name, email, role, scope, due_on, invited_by, token_hash)
     values ($1, $2, $3, '鈴木 次郎', 'suzuki@example.jp', 'contributor', $4, '2026-12-18', $5, $6)`,
    [contact?.organisation_id, linkId, work.assessmentId, { sections: ['ORG'], questions: [] }, contact?.id, linkId],
  );
  id = work.assessmentId;
  await lookAt('2026-12-11T09:00:00');
  const [first] = await remindersTo('suzuki@example.jp');
  expect(first?.text).toContain('差し戻された設問のうち、ご担当の2問中2問がまだ変更されていません。');
  test.services.clock.set('2026-11-24T11:00:00+09:00');
  for (const question of ['ORG-02', 'ORG-03']) await vendor.put(question, { revision: 1, value: 'unknown' });
  await lookAt('2026-12-15T09:00:00');
  expect(await remindersTo('suzuki@example.jp')).toHaveLength(1);
});
