import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { randomToken } from '../../../server/adapters/keys.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { asOwner } from '../../support/database.ts';
import { type Invited, invited, mailedCode, visitor } from './visitor.ts';

let test: TestApp;
let sent: Invited;

beforeAll(async () => {
  test = await buildTestApp({ TRUST_PROXY: '1' });
});
afterAll(() => test.close());
beforeEach(async () => {
  test.services.clock.advance(25 * 60 * 60_000);
  sent = await invited(test.app, test.services);
});

const browser = (address?: string) => visitor(test.app, test.services.config.publicUrl, address ?? nextAddress());
let addresses = 0;
const nextAddress = () => `10.0.${Math.floor(addresses / 200)}.${(addresses++ % 200) + 1}`;

async function rows(query: string): Promise<Record<string, unknown>[]> {
  let found: Record<string, unknown>[] = [];
  await asOwner(test.services.ownerUrl, async (client) => {
    found = (await client.query(query, [])).rows;
  });
  return found;
}
const codesOf = () => rows(`select * from respondent_codes where link_id = '${sent.linkId}' order by created_at`);
const sessionsByLink = () =>
  rows(`select s.* from sessions s join respondent_codes c on c.link_id = s.link_id and c.used_at is not null
        where s.link_id = '${sent.linkId}' and s.created_at is not null`);

describe('a vendor opens its link', () => {
  it('gets in with link and mailed code, and the opening is recorded', async () => {
    const person = browser();
    const started = await person.post('/v/start', { token: sent.token });
    expect([started.statusCode, started.headers.location]).toEqual([303, '/v/code']);
    const entered = await person.post('/v/code', { code: await mailedCode(test.services) });
    expect([entered.statusCode, entered.headers.location]).toEqual([303, '/respond']);
    const cookie = entered.cookies.find(({ name }) => name === '__Host-kantoku-respondent');
    expect(cookie).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Strict', path: '/' });
    const [assessment] = await rows(`select * from assessments where id = '${sent.assessmentId}'`);
    expect(assessment).toMatchObject({ state: 'sent' });
    expect(assessment?.first_opened_at).toBeInstanceOf(Date);
    expect(
      await rows(`select 1 from audit_events where action = 'link.opened' and assessment_id = '${sent.assessmentId}'`),
    ).toHaveLength(1);
  });

  it('may paste the whole link, full-width or broken over lines', async () => {
    for (const pasted of [
      `  ${test.services.config.publicUrl}/v#${sent.token} `,
      `${sent.token.slice(0, 20)}\r\n${sent.token.slice(20)}`,
    ]) {
      test.services.clock.advance(20 * 60_000);
      const person = browser();
      await person.post('/v/start', { token: pasted });
      const code = await mailedCode(test.services);
      const wide = code.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
      expect((await person.post('/v/code', { code: ` ${wide.slice(0, 4)}-${wide.slice(4)} ` })).statusCode).toBe(303);
    }
  });

  it('opens it again on another device', async () => {
    for (const device of [browser(), browser()]) {
      test.services.clock.advance(1_000);
      await device.post('/v/start', { token: sent.token });
      expect((await device.post('/v/code', { code: await mailedCode(test.services) })).headers.location).toBe(
        '/respond',
      );
    }
  });

  it('needs no second code in a browser that is already in', async () => {
    const person = browser();
    await person.post('/v/start', { token: sent.token });
    await person.post('/v/code', { code: await mailedCode(test.services) });
    expect((await person.post('/v/start', { token: sent.token })).headers.location).toBe('/respond');
    expect(await codesOf()).toHaveLength(1);
  });
});

describe('a code', () => {
  it('works once', async () => {
    const person = browser();
    await person.post('/v/start', { token: sent.token });
    const ticket = new Map(person.cookies);
    const code = await mailedCode(test.services);
    expect((await person.post('/v/code', { code })).statusCode).toBe(303);
    const again = browser();
    for (const [name, value] of ticket) again.cookies.set(name, value);
    expect((await again.post('/v/code', { code })).statusCode).toBe(400);
  });

  it('is worth nothing after ten minutes', async () => {
    const person = browser();
    await person.post('/v/start', { token: sent.token });
    const code = await mailedCode(test.services);
    test.services.clock.advance(10 * 60_000);
    expect((await person.post('/v/code', { code })).statusCode).toBe(400);
  });

  it('belongs to the browser that asked for it', async () => {
    const [person, other] = [browser(), browser()];
    await person.post('/v/start', { token: sent.token });
    const code = await mailedCode(test.services);
    await other.post('/v/start', { token: sent.token });
    expect((await other.post('/v/code', { code })).statusCode).toBe(400);
    expect((await browser().post('/v/code', { code })).statusCode).toBe(400);
    expect((await person.post('/v/code', { code })).statusCode).toBe(303);
  });

  it('is dead after five wrong tries, also for the right digits, and a new one can be had', async () => {
    const person = browser();
    await person.post('/v/start', { token: sent.token });
    const code = await mailedCode(test.services);
    for (let i = 0; i < 5; i++) expect((await person.post('/v/code', { code: wrong(code) })).statusCode).toBe(400);
    expect((await person.post('/v/code', { code })).statusCode).toBe(400);
    test.services.clock.advance(1_000);
    await person.post('/v/code/again');
    expect((await person.post('/v/code', { code: await mailedCode(test.services) })).statusCode).toBe(303);
  });

  it('is evaluated at most five times however many guesses arrive at once', async () => {
    const person = browser();
    await person.post('/v/start', { token: sent.token });
    const code = await mailedCode(test.services);
    const { keys } = test.services;
    const digest = keys.codeHash;
    let evaluated = 0;
    keys.codeHash = (...given) => {
      evaluated++;
      return digest(...given);
    };
    const guesses = Array.from({ length: 1000 }, async () => {
      const guess = browser();
      for (const [name, value] of person.cookies) guess.cookies.set(name, value);
      return (await guess.post('/v/code', { code: wrong(code) })).statusCode;
    });
    const answers = await Promise.all(guesses);
    keys.codeHash = digest;
    expect(evaluated).toBe(5);
    expect(new Set(answers).has(303)).toBe(false);
    expect((await codesOf())[0]).toMatchObject({ tries: 5, used_at: null });
  }, 60_000);
});

describe('before the code nobody learns anything', () => {
  it('answers unknown, malformed, foreign and revoked links like good ones', async () => {
    const revoked = await invited(test.app, test.services);
    await asOwner(test.services.ownerUrl, (client) =>
      client.query(`update respondent_links set revoked_at = now() where id = '${revoked.linkId}'`),
    );
    const seen: unknown[] = [];
    for (const token of [sent.token, randomToken('ktk1_'), 'nonsense', '#', 'x'.repeat(19_000), revoked.token]) {
      const person = browser();
      const started = await person.post('/v/start', { token });
      const page = await person.get('/v/code');
      const refused = await person.post('/v/code', { code: '00000000' });
      const [ticket] = started.cookies;
      seen.push([
        started.statusCode,
        started.headers.location,
        started.body,
        ticket?.name,
        ticket?.value.length,
        page.body,
        refused.statusCode,
        refused.body,
      ]);
    }
    expect(seen.every((one) => JSON.stringify(one) === JSON.stringify(seen[0]))).toBe(true);
  });

  it('mails nothing for a link nobody has', async () => {
    const before = (await test.services.mails()).length;
    await browser().post('/v/start', { token: randomToken('ktk1_') });
    expect((await test.services.mails()).length).toBe(before);
  });

  it('tells only who has the mailbox that the request was withdrawn', async () => {
    await asOwner(test.services.ownerUrl, (client) =>
      client.query(`update assessments set state = 'revoked' where id = '${sent.assessmentId}'`),
    );
    const person = browser();
    await person.post('/v/start', { token: sent.token });
    const told = await person.post('/v/code', { code: await mailedCode(test.services) });
    expect(told.statusCode).toBe(410);
    expect(told.body).toContain('取り消');
    expect(told.cookies.some(({ name }) => name === '__Host-kantoku-respondent')).toBe(false);
  });

  it('lets a whole office in at once, its mail gateway pressing every button from the same address', async () => {
    const address = nextAddress();
    await Promise.all(Array.from({ length: 40 }, () => browser(address).post('/v/start', { token: sent.token })));
    const office = await Promise.all(Array.from({ length: 4 }, () => invited(test.app, test.services)));
    for (const { token } of office) {
      test.services.clock.advance(1_000);
      const person = browser(address);
      await person.post('/v/start', { token });
      const entered = await person.post('/v/code', { code: await mailedCode(test.services) });
      expect(entered.headers.location).toBe('/respond');
    }
  });

  it('stops whoever tries tokens in masses', async () => {
    const attacker = browser();
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => attacker.post('/v/start', { token: randomToken('ktk1_') })),
    );
    expect(answers.filter(({ statusCode }) => statusCode === 429).length).toBeGreaterThanOrEqual(80);
    expect(answers.some(({ headers }) => headers.location === '/respond')).toBe(false);
  });
});

describe('a refused form', () => {
  it.each([
    ['/v/start?lang=en', '/v'],
    ['/v/code/again?lang=en', '/v/code'],
  ])('can be reloaded or read in the other language: %s', async (url, to) => {
    const reloaded = await browser().get(url);
    expect([reloaded.statusCode, reloaded.headers.location]).toEqual([303, to]);
    expect(reloaded.cookies.some(({ name, value }) => name.endsWith('lang') && value === 'en')).toBe(true);
  });

  it('says what to do when no link was given', async () => {
    const refused = await browser().post('/v/start', { token: '  ' });
    expect(refused.statusCode).toBe(400);
    expect(refused.body).toContain('リンクを、先頭から末尾まで貼り付けて');
  });
});

describe('reading changes nothing', () => {
  it('neither mails nor stores anything on GET, HEAD and OPTIONS, and the link still works', async () => {
    const before = (await test.services.mails()).length;
    for (let i = 0; i < 50; i++) expect((await browser('10.9.9.9').get('/v')).statusCode).toBe(200);
    for (const method of ['HEAD', 'OPTIONS'] as const) {
      for (const url of ['/v', '/v/start', '/v/code', '/v/resend', '/respond']) await test.app.inject({ method, url });
    }
    expect((await test.services.mails()).length).toBe(before);
    expect(await codesOf()).toHaveLength(0);
    const person = browser();
    await person.post('/v/start', { token: sent.token });
    expect((await person.post('/v/code', { code: await mailedCode(test.services) })).statusCode).toBe(303);
  });
});

describe('mails are limited', () => {
  it('to three in fifteen minutes and ten a day for one link', async () => {
    for (let i = 0; i < 8; i++) await browser().post('/v/start', { token: sent.token });
    expect(await codesOf()).toHaveLength(3);
    for (let i = 0; i < 20; i++) {
      test.services.clock.advance(15 * 60_000);
      await browser().post('/v/start', { token: sent.token });
    }
    expect(await codesOf()).toHaveLength(10);
  });

  it('also when asked twenty times at once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => browser().post('/v/start', { token: sent.token })));
    expect(await codesOf()).toHaveLength(3);
  });

  it('so that pressing twice mails one code', async () => {
    const person = browser();
    await person.post('/v/start', { token: sent.token });
    await person.post('/v/start', { token: sent.token });
    await person.post('/v/code/again');
    expect(await codesOf()).toHaveLength(1);
  });

  it('yet whoever comes after a scanner that used them up gets in with the newest code in the mailbox', async () => {
    for (let round = 0; round < 3; round++) {
      await browser().post('/v/start', { token: sent.token });
      await test.services.mails();
      test.services.clock.advance(60_000);
    }
    const person = browser();
    await person.post('/v/start', { token: sent.token });
    expect(await codesOf()).toHaveLength(3);
    expect((await person.post('/v/code', { code: await mailedCode(test.services) })).headers.location).toBe('/respond');
  });

  it('nor can a scanner that presses between the request and the code take the code away', async () => {
    for (let round = 0; round < 3; round++) {
      await browser().post('/v/start', { token: sent.token });
      test.services.clock.advance(60_000);
    }
    const person = browser();
    await person.post('/v/start', { token: sent.token });
    await browser().post('/v/start', { token: sent.token });
    expect((await person.post('/v/code', { code: await mailedCode(test.services) })).headers.location).toBe('/respond');
  });

  it('and a scanner with a new browser for every press fills no table', async () => {
    for (let round = 0; round < 3; round++) {
      await browser().post('/v/start', { token: sent.token });
      test.services.clock.advance(60_000);
    }
    await Promise.all(Array.from({ length: 30 }, () => browser().post('/v/start', { token: sent.token })));
    for (const code of await codesOf()) expect(code.later_browsers).toHaveLength(20);
  });
});

describe('secrets', () => {
  it('stand in no table in clear: neither token nor code', async () => {
    const person = browser();
    await person.post('/v/start', { token: sent.token });
    const code = await mailedCode(test.services);
    const tables = await rows(`select table_schema || '.' || table_name as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema in ('public', 'pgboss')`);
    for (const { name } of tables) {
      const dump = JSON.stringify(await rows(`select to_jsonb(t) from ${String(name)} t`));
      expect(dump, String(name)).not.toContain(sent.token);
      expect(dump, String(name)).not.toContain(code);
    }
    expect(await sessionsByLink()).toHaveLength(0);
  });
});

function wrong(code: string): string {
  return String((Number(code) + 1) % 10 ** 8).padStart(8, '0');
}
