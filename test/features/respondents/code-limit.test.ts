import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { remind } from '../../../server/features/assessments/follow-up.usecases.ts';
import { changeContact } from '../../../server/features/assessments/links.usecases.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { mailsOf, newSent, START } from '../assessments/drafts.ts';
import { invitation } from '../people/team.ts';
import { type Customer, newCustomer } from '../vendors/customer.ts';
import { insider, mailedCode, visitor } from './visitor.ts';

let test: TestApp;
let customer: Customer;
let id: string;
let token: string;

beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());
beforeEach(async () => {
  test.services.clock.set(START);
  customer = await newCustomer(test);
  id = await newSent(test, customer.owner.principal);
  token = tokenIn((await mailsOf(test, id))[0]?.text);
});

const tokenIn = (text = '') => /\/v#(\S+)/.exec(text)?.[1] ?? '';
const browser = () => visitor(test.app, test.services.config.publicUrl);
const kinds = async () => (await mailsOf(test, id)).map(({ kind }) => kind);
const codes = async () => (await kinds()).filter((kind) => kind === 'code').length;

/** As a mail scanner does that opens the link with every check. */
async function useUp(meanwhile = async () => {}): Promise<void> {
  for (let press = 0; press < 12; press++) {
    test.services.clock.advance(16 * 60_000);
    await browser().post('/v/start', { token });
    await meanwhile();
  }
  expect(await codes()).toBe(10);
}

describe('a link whose codes of the day are used up', () => {
  it('still gets reminders, and its holder can still invite colleagues', async () => {
    const inside = await insider(test.app, test.services, token);
    await useUp(async () => {
      expect((await inside.get('/respond')).statusCode).toBe(200);
    });
    await remind(test.services, customer.owner.principal, id);
    expect((await inside.post('/respond/people', { ...invitation, email: 'suzuki@vendor.example' })).statusCode).toBe(
      303,
    );
    const mailed = await kinds();
    expect(mailed).toContain('reminder');
    const invited = (await mailsOf(test, id)).find(({ kind }) => kind === 'contributor-invitation');
    // The colleague's link is another one, with codes of its own.
    await insider(test.app, test.services, tokenIn(invited?.text));
    expect(await codes()).toBe(11);
  });

  it('takes codes again after the day, and at once with a new link', async () => {
    await useUp();
    const contact = { contactName: '田中 一郎', contactEmail: 'tanaka@vendor.example', contactLocale: 'ja' as const };
    await changeContact(test.services, customer.owner.principal, id, contact);
    const fresh = tokenIn((await mailsOf(test, id)).findLast(({ kind }) => kind === 'link-replaced')?.text);
    expect(fresh).not.toBe(token);
    await insider(test.app, test.services, fresh);
    expect(await codes()).toBe(11);
    test.services.clock.advance(24 * 60 * 60_000);
    const person = browser();
    await person.post('/v/start', { token: fresh });
    expect((await person.post('/v/code', { code: await mailedCode(test.services) })).headers.location).toBe('/respond');
  });

  it.each([
    ['ja', ['15分間に3通、24時間に10通まで', '24時間がたつと', '「お問い合わせ」に記載の担当者', '新しいリンク']],
    [
      'en',
      ['3 codes are sent within 15 minutes, and 10 within 24 hours', '24 hours after', 'call or write', 'new link'],
    ],
  ] as const)(
    'says on the page how long to wait and whom to call, whether it exists or not (%s)',
    async (lang, said) => {
      await useUp();
      const page = async (typed: string) => {
        const person = browser();
        await person.post('/v/start', { token: typed });
        return (await person.get(`/v/code?lang=${lang}`)).body;
      };
      const shown = await page(token);
      for (const words of said) expect(shown).toContain(words);
      expect(await page(`${token.slice(0, -4)}AAAA`)).toBe(shown);
    },
  );
});
