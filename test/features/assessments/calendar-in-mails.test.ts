import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changePart } from '../../../server/features/people/change-colleague.usecases.ts';
import { inviteColleague } from '../../../server/features/people/invite.usecases.ts';
import type { RespondentPrincipal } from '../../../server/plugins/sessions.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { asOwner } from '../../support/database.ts';
import { invitation } from '../people/team.ts';
import { type Customer, newCustomer } from '../vendors/customer.ts';
import { mailsOf, newSent, rows, START } from './drafts.ts';

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
});

const post = (path: string, form = {}) => customer.owner.post(`/assessments/${id}${path}`, form);

/** Method, identity, number and day of each entry, mail by mail. */
async function entries() {
  return (await mailsOf(test, id)).map(({ kind, attachments }) => [
    kind,
    ...attachments.map(({ content }) => read(content)),
  ]);
}

function read(content: string): string {
  const text = content.replaceAll('\r\n ', '');
  const given = (name: string) => new RegExp(`^${name}[^:]*:(.*)\\r$`, 'm').exec(text)?.[1] ?? '';
  return [given('METHOD'), given('UID').split('@')[0]?.replace(id, 'ID'), given('SEQUENCE'), given('DTSTART')].join(
    ' ',
  );
}

async function contact(): Promise<RespondentPrincipal> {
  const [link] = await rows(test, "select id from respondent_links where assessment_id = $1 and role = 'respondent'", [
    id,
  ]);
  return {
    ...{ kind: 'respondent', organisationId: customer.organisationId, assessmentId: id, linkId: String(link?.id) },
    ...{ name: '田中 一郎', email: 'tanaka@vendor.example', sessionId: id, role: 'respondent', scope: null },
  };
}

describe('the calendar entry in the mails of a request', () => {
  it('is repeated by a reminder, and becomes the last day once the date has passed', async () => {
    await post('/reminders');
    await asOwner(test.services.ownerUrl, (client) =>
      client.query("update assessments set due_on = '2026-11-01', grace_days = 40 where id = $1", [id]),
    );
    test.services.clock.advance(61_000);
    await post('/reminders');
    await post('/due-date', { dueOn: '2026-12-28' });
    expect(await entries()).toEqual([
      ['invitation', 'PUBLISH due-ID 0 20261214'],
      ['reminder', 'PUBLISH due-ID 1 20261214'],
      ['overdue', 'PUBLISH due-ID 2 20261211'],
      ['due-date-changed', 'PUBLISH due-ID 3 20261228'],
    ]);
    const [, , overdue] = await mailsOf(test, id);
    expect(overdue?.attachments[0]?.content.replaceAll('\r\n ', '')).toContain('【提出の受付最終日】');
  });

  it('is a colleague’s own where there is an own date, and is taken back when another takes its place', async () => {
    const me = await contact();
    const asked = { ...invitation, email: 'suzuki@vendor.example', sections: ['AUTH'], questions: [] };
    await inviteColleague(test.services, me, { ...asked, dueOn: '2026-12-01' });
    const [link] = await rows(test, 'select id from respondent_links where email = $1 and assessment_id = $2', [
      'suzuki@vendor.example',
      id,
    ]);
    const own = `due-ID-${String(link?.id)}`;
    const part = { part: 'chosen', sections: ['AUTH'], questions: [] };
    for (const dueOn of ['2026-12-03', '', '2026-12-04']) {
      test.services.clock.advance(61_000);
      await changePart(test.services, me, String(link?.id), { ...part, dueOn });
    }
    const mails = (await entries()).filter(([kind]) => kind === 'contributor-invitation');
    expect(mails.map(([, ...given]) => given)).toEqual([
      [`PUBLISH ${own} 0 20261201`],
      [`PUBLISH ${own} 1 20261203`],
      ['PUBLISH due-ID 2 20261214', `CANCEL ${own} 2 20261203`],
      [`PUBLISH ${own} 3 20261204`, 'CANCEL due-ID 3 20261214'],
    ]);
  });
});
