import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { respondentLinks } from '../../../db/schema/index.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { asOwner } from '../../support/database.ts';
import { invited, visitor } from './visitor.ts';

let test: TestApp;
beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());
beforeEach(async () => {
  await asOwner(test.services.ownerUrl, (client) => client.query('delete from mails'));
});

const ask = (email: string) =>
  visitor(test.app, test.services.config.publicUrl, nextAddress()).post('/v/resend', { email });
let addresses = 0;
const nextAddress = () => `10.1.0.${(addresses++ % 250) + 1}`;
const resent = async () => (await test.services.mails()).filter(({ kind }) => kind === 'link-resent');

describe('sending the link again', () => {
  it('mails the same link of every open request, of all customers, to the registered address only', async () => {
    const [one, other] = [await invited(test.app, test.services), await invited(test.app, test.services)];
    await ask(' Tanaka@Example.jp ');
    const mails = await resent();
    expect(mails.map(({ to }) => to.address)).toEqual(['tanaka@example.jp', 'tanaka@example.jp']);
    for (const { token } of [one, other]) {
      expect(mails.filter(({ text }) => text.includes(`/v#${token}`))).toHaveLength(1);
    }
  });

  it('answers alike whether or not anybody has the address', async () => {
    const [known, unknown] = [await ask('tanaka@example.jp'), await ask('nobody@example.jp')];
    expect([unknown.statusCode, unknown.body]).toEqual([known.statusCode, known.body]);
  });

  it('sends nothing for requests that are withdrawn or settled, or links that were revoked', async () => {
    const sent = await invited(test.app, test.services);
    await asOwner(test.services.ownerUrl, async (client) => {
      await client.query(`update respondent_links set revoked_at = now()`);
      await client.query(
        `update respondent_links set revoked_at = null, email = 'suzuki@example.jp' where id = '${sent.linkId}'`,
      );
      await client.query(`update assessments set state = 'finalised' where id = '${sent.assessmentId}'`);
    });
    const before = (await resent()).length;
    await ask('tanaka@example.jp');
    await ask('suzuki@example.jp');
    expect(await resent()).toHaveLength(before);
  });

  it('is limited to three mails a quarter of an hour for one request, also when raced', async () => {
    const sent = await invited(test.app, test.services);
    await asOwner(test.services.ownerUrl, (client) =>
      client.query(`update respondent_links set email = 'Sato@example.jp' where id = '${sent.linkId}'`),
    );
    await Promise.all(Array.from({ length: 12 }, () => ask('sato@example.jp')));
    expect((await resent()).filter(({ text }) => text.includes(sent.token))).toHaveLength(3);
  });

  it('says how to mend an address that is none', async () => {
    const refused = await ask('tanaka');
    expect(refused.statusCode).toBe(400);
    expect(refused.body).toContain('value="tanaka"');
    expect(refused.body).toContain('name@example.co.jp');
  });

  it('opens no other row of the database than the links of that very address', async () => {
    await invited(test.app, test.services);
    const links = () => test.services.database.byCredential('resend:', (db) => db.select().from(respondentLinks));
    expect(await links()).toEqual([]);
    for (const credential of ['tanaka@example.jp', 'resend:%', 'resend:nobody@example.jp']) {
      expect(await test.services.database.byCredential(credential, (db) => db.select().from(respondentLinks))).toEqual(
        [],
      );
    }
  });
});
