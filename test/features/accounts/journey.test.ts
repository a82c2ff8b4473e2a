import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFirstOwnerLink } from '../../../server/features/accounts/first-owner.usecases.ts';
import { createOrganisation } from '../../../server/features/accounts/organisations.usecases.ts';
import { createSignInLink } from '../../../server/features/accounts/sign-in-links.usecases.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { asOwner } from '../../support/database.ts';
import { Browser, tokenOf } from './browser.ts';

const PASSWORD = '青い自転車で港まで走った夏の朝に';
const OTHER_PASSWORD = '雨の日は図書館で古い地図を読む人';

describe('From the first start to a team', () => {
  let test_: TestApp;
  let owner: Browser;
  beforeAll(async () => {
    test_ = await buildTestApp();
    owner = new Browser(test_);
  });
  afterAll(() => test_.close());

  test('The first start gives an address that the bare page cannot use up', async () => {
    const link = await createFirstOwnerLink(test_.services);
    expect(link).toMatch(/\/welcome#ktkf_/);
    for (let visit = 0; visit < 3; visit += 1) expect((await owner.get('/welcome')).statusCode).toBe(200);
    const opened = await owner.post('/welcome', { token: link ?? '' });
    expect(opened.statusCode).toBe(200);
    expect(opened.body).toContain('組織と管理者の登録');
  });

  test('What was typed comes back with what to mend', async () => {
    const token = tokenOf(await createFirstOwnerLink(test_.services));
    const form = {
      token,
      organisation: '',
      name: '監督 花子',
      email: 'hanako',
      password: PASSWORD,
      repeated: PASSWORD,
    };
    const refused = await owner.post('/welcome/organisation', form);
    expect(refused.statusCode).toBe(400);
    expect(refused.body).toContain('組織名を入力してください。');
    expect(refused.body).toContain('value="監督 花子"');
    expect(refused.body).not.toContain(PASSWORD);
  });

  test('The form creates organisation and owner, who is signed in and finds the events recorded', async () => {
    const token = tokenOf(await createFirstOwnerLink(test_.services));
    const form = {
      token,
      organisation: 'みなと社会保険労務士法人',
      organisationEn: 'Minato SR Office',
      isEntrustee: 'yes',
      name: '監督 花子',
      title: '代表',
      email: 'Hanako@Minato.example',
      password: PASSWORD,
      repeated: PASSWORD,
    };
    const created = await owner.post('/welcome/organisation', form);
    expect(created.statusCode).toBe(303);
    expect((await owner.get('/account')).body).toContain('hanako@minato.example');
    expect(await createFirstOwnerLink(test_.services)).toBeNull();
    await asOwner(test_.services.ownerUrl, async (client) => {
      const { rows } = await client.query('select action from audit_events order by at, action');
      expect(rows.map(({ action }) => action)).toEqual(['member.created', 'member.signedIn', 'organisation.created']);
      const { rows: organisations } = await client.query('select name, name_en, is_entrustee from organisations');
      expect(organisations).toEqual([
        { name: 'みなと社会保険労務士法人', name_en: 'Minato SR Office', is_entrustee: true },
      ]);
    });
  });

  test('The address of the first start opens nothing afterwards', async () => {
    const sealed = `ktkf_${test_.services.keys.seal(String(Date.parse('2030-01-01')), 'first owner')}`;
    const stranger = new Browser(test_);
    expect((await stranger.post('/welcome', { token: sealed })).statusCode).toBe(410);
    const form = {
      token: sealed,
      organisation: 'X',
      name: 'X',
      email: 'x@example.jp',
      password: PASSWORD,
      repeated: PASSWORD,
    };
    expect((await stranger.post('/welcome/organisation', form)).statusCode).toBe(410);
  });

  test('An invited auditor chooses a password, signs in again later, and may not manage members', async () => {
    const invited = await owner.post('/members', {
      name: '田中 一郎',
      email: 'tanaka@minato.example',
      role: 'auditor',
      locale: 'ja',
    });
    expect(invited.headers.location).toBe('/members?done=accounts.invited');
    const [mail] = await test_.services.mails();
    expect(mail?.subject).toBe('【Kantoku】みなと社会保険労務士法人への招待');
    const token = tokenOf(mail?.text);

    const auditor = new Browser(test_);
    expect((await auditor.post('/welcome', { token })).body).toContain('パスワードの設定');
    expect((await auditor.post('/welcome', { token })).statusCode).toBe(200);
    const short = await auditor.post('/welcome/password', { token, password: 'みじかい', repeated: 'みじかい' });
    expect(short.statusCode).toBe(400);
    expect(short.body).toContain('15文字以上');
    const set = await auditor.post('/welcome/password', { token, password: OTHER_PASSWORD, repeated: OTHER_PASSWORD });
    expect(set.statusCode).toBe(303);
    expect(
      (await auditor.post('/welcome/password', { token, password: OTHER_PASSWORD, repeated: OTHER_PASSWORD }))
        .statusCode,
    ).toBe(410);

    const later = new Browser(test_);
    const signedIn = await later.post('/sign-in', {
      email: ' TANAKA@minato.example ',
      password: OTHER_PASSWORD,
      to: '/reports',
    });
    expect(signedIn.headers.location).toBe('/reports');
    expect((await later.get('/members')).statusCode).toBe(403);
    expect((await later.post('/members', { name: 'x', email: 'x@minato.example', role: 'owner' })).statusCode).toBe(
      403,
    );
  });

  test('The same address cannot be invited twice', async () => {
    const again = await owner.post('/members', { name: '田中', email: 'tanaka@minato.example', role: 'member' });
    expect(again.statusCode).toBe(400);
    expect(again.body).toContain('既に登録されています');
  });

  test('A forgotten password is set anew by mail; the old one, old sessions and old links end', async () => {
    const before = new Browser(test_);
    await before.post('/sign-in', { email: 'tanaka@minato.example', password: OTHER_PASSWORD });
    expect((await before.get('/account')).statusCode).toBe(200);
    test_.services.clock.advance(10 * 60_000);

    const known = await new Browser(test_).post('/password-link', { email: 'tanaka@minato.example' });
    const unknown = await new Browser(test_).post('/password-link', { email: 'nobody@minato.example' });
    expect(known.statusCode).toBe(unknown.statusCode);
    expect(known.body).toBe(unknown.body.replaceAll('nobody@', 'tanaka@'));
    const mails = await test_.services.mails();
    expect(mails.filter(({ kind }) => kind === 'password-link')).toHaveLength(1);

    const token = tokenOf(mails[0]?.text);
    const fresh = '夜の山小屋で星を数えて';
    expect(
      (await new Browser(test_).post('/welcome/password', { token, password: fresh + fresh, repeated: fresh + fresh }))
        .statusCode,
    ).toBe(303);
    expect((await before.get('/account')).statusCode).toBe(401);
    expect(
      (await new Browser(test_).post('/sign-in', { email: 'tanaka@minato.example', password: OTHER_PASSWORD }))
        .statusCode,
    ).toBe(400);
  });

  test('Changing the password needs the current one, ends other sessions and is told by mail', async () => {
    const elsewhere = new Browser(test_);
    await elsewhere.post('/sign-in', { email: 'hanako@minato.example', password: PASSWORD });
    const changed = '新しい万年筆で長い手紙を書いた夕方';
    const wrong = await owner.post('/account/password', { current: 'x', password: changed, repeated: changed });
    expect(wrong.statusCode).toBe(400);
    expect(wrong.body).toContain('現在のパスワードが違います');
    expect(
      (await owner.post('/account/password', { current: PASSWORD, password: changed, repeated: changed })).statusCode,
    ).toBe(303);
    expect((await owner.get('/account')).statusCode).toBe(200);
    expect((await elsewhere.get('/account')).statusCode).toBe(401);
    expect((await test_.services.mails())[0]?.kind).toBe('password-changed');
  });

  test('Signing out ends the session on the server and clears the browser', async () => {
    const browser = new Browser(test_);
    await browser.post('/sign-in', { email: 'hanako@minato.example', password: '新しい万年筆で長い手紙を書いた夕方' });
    const cookie = browser.cookies();
    const out = await browser.post('/sign-out', {});
    expect(out.headers['clear-site-data']).toBe('"cache", "cookies", "storage"');
    const replay = await test_.app.inject({ url: '/account', headers: { cookie } });
    expect(replay.statusCode).toBe(401);
  });

  test('A disabled member is out with the next request; the last owner cannot be disabled or demoted', async () => {
    const auditor = new Browser(test_);
    await auditor.post('/sign-in', {
      email: 'tanaka@minato.example',
      password: '夜の山小屋で星を数えて夜の山小屋で星を数えて',
    });
    expect((await auditor.get('/account')).statusCode).toBe(200);
    const ids: Record<string, string> = {};
    await asOwner(test_.services.ownerUrl, async (client) => {
      for (const { id, role } of (await client.query('select id, role from members')).rows) ids[role] = id;
    });
    expect((await owner.post(`/members/${ids.auditor}/disabling`, {})).statusCode).toBe(303);
    expect((await auditor.get('/account')).statusCode).toBe(401);
    expect((await owner.post(`/members/${ids.owner}/disabling`, {})).statusCode).toBe(409);
    expect((await owner.post(`/members/${ids.owner}/role`, { role: 'auditor' })).statusCode).toBe(409);
  });

  test('Two owners who disable each other at once leave one', async () => {
    const { services } = test_;
    const ids = await createOrganisation(services, {
      organisation: { name: '別の会社', nameEn: null, isEntrustee: false },
      owner: { name: '甲', title: '', email: 'kou@example.jp', locale: 'ja' },
    });
    const first = new Browser(test_);
    await first.post('/welcome', { token: await createSignInLink(services, ids) });
    await first.post('/members', { name: '乙', email: 'otsu@example.jp', role: 'owner', locale: 'ja' });
    let otherId = '';
    await asOwner(services.ownerUrl, async (client) => {
      otherId = (await client.query(`select id from members where email = 'otsu@example.jp'`)).rows[0].id;
    });
    const second = new Browser(test_);
    await second.post('/welcome', { token: await createSignInLink(services, { ...ids, memberId: otherId }) });
    const outcomes = await Promise.all([
      first.post(`/members/${otherId}/disabling`, {}),
      second.post(`/members/${ids.memberId}/disabling`, {}),
    ]);
    expect(outcomes.filter(({ statusCode }) => statusCode === 303)).toHaveLength(1);
  });

  test('A sign-in link signs in once, also when pressed many times at once, and not after 24 hours', async () => {
    const { services } = test_;
    const ids = await createOrganisation(services, {
      organisation: { name: '第三の会社', nameEn: null, isEntrustee: false },
      owner: { name: '丙', title: '', email: 'hei@example.jp', locale: 'en' },
    });
    const link = await createSignInLink(services, ids);
    const pressed = await Promise.all(
      Array.from({ length: 10 }, () => new Browser(test_).post('/welcome', { token: link })),
    );
    expect(pressed.map(({ statusCode }) => statusCode).sort()).toEqual([303, ...Array(9).fill(410)]);
    const late = await createSignInLink(services, ids);
    services.clock.advance(24 * 3_600_000 + 1);
    expect((await new Browser(test_).post('/welcome', { token: late })).statusCode).toBe(410);
  });
});
