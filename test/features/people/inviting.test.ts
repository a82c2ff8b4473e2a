import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { usualSettings } from '../../../db/schema/assessments.ts';
import { submitAnswers } from '../../../server/features/respondents/submit.usecases.ts';
import type { RespondentPrincipal } from '../../../server/plugins/sessions.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { insider, visitor } from '../respondents/visitor.ts';
import { answer, colleague, declared, invitation, linkOf, newTeam, rowsOf, signedIn, type Team } from './team.ts';

let test: TestApp;
let team: Team;
/** When the present test began: each has mails of its own. */
let since: string;
beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());
beforeEach(async () => {
  test.services.clock.advance(25 * 60 * 60_000);
  await test.services.mails();
  test.services.clock.advance(1_000);
  team = await newTeam(test);
  since = test.services.clock.now().toISOString();
});

const invite = (changes: Record<string, string> = {}) =>
  team.owner.post('/respond/people', { ...invitation, ...changes });
const mailsTo = async (email: string) =>
  (await test.services.mails()).filter(({ to, sentAt }) => to.address === email && sentAt >= since);
const events = async () =>
  (
    await rowsOf(
      test,
      `select action, actor_name, subject from audit_events where assessment_id = '${team.sent.assessmentId}' and action like 'people.%' order by at`,
    )
  ).map(({ action, actor_name, subject }) => `${actor_name} ${action} ${subject}`.trim());

describe('an invitation', () => {
  it('gives a colleague an own link, which is mailed and stands in the trail', async () => {
    const done = await invite({ dueOn: '2026-12-01' });
    expect([done.statusCode, done.headers.location]).toEqual([303, '/respond/people?done=people.invited']);
    const link = await linkOf(test, team, 'suzuki@example.jp');
    expect(link).toMatchObject({
      role: 'contributor',
      scope: { sections: ['AUTH'], questions: [] },
      invited_by: team.sent.linkId,
      locale: 'ja',
    });
    const [mail] = await mailsTo('suzuki@example.jp');
    const token = test.services.keys.linkToken(String(link?.id));
    for (const words of ['田中太郎', '株式会社みなと労務', 'あおぞら人事', '2026年12月1日', token, '確かめ方']) {
      expect([words, mail?.text.includes(words)]).toEqual([words, true]);
    }
    expect(mail?.kind).toBe('contributor-invitation');
    expect(await events()).toEqual(['田中太郎 people.invited 鈴木 次郎']);

    const page = await team.owner.get('/respond/people');
    expect(page.body).toContain('鈴木 次郎');
    expect(page.body).toContain('未アクセス');
    const entered = await insider(test.app, test.services, token);
    expect((await entered.get('/respond')).body).toContain('あなたの役割：回答者');
    expect((await team.owner.get('/respond/people')).body).toContain('参加中');
  });

  it('goes out in the colleague’s language', async () => {
    await invite({ locale: 'en', role: 'checker' });
    const [mail] = await mailsTo('suzuki@example.jp');
    expect(mail?.text).toContain('has named you as the checker');
    expect(mail?.text).toContain('How to check that this mail is genuine');
  });

  it('of a checker or an approver is for everything, whatever was posted', async () => {
    await invite({ role: 'approver', part: 'chosen', dueOn: '2026-12-01' });
    expect(await linkOf(test, team, 'suzuki@example.jp')).toMatchObject({
      role: 'approver',
      scope: null,
      due_on: null,
    });
  });

  it.each([
    [{ name: '' }, '氏名を入力してください'],
    [{ name: 'http://evil.example' }, 'URLを含めずに'],
    [{ email: 'suzuki' }, 'name@example.co.jp の形で'],
    [{ email: 'suzuki%evil.example@example.jp' }, 'name@example.co.jp の形で'],
    [{ email: 'suzuki@other.example' }, '次のドメインのメールアドレスだけです：example.jp'],
    [{ email: 'suzuki@exаmple.jp' }, '次のドメインのメールアドレスだけです：example.jp'],
    [{ email: 'TANAKA@example.jp' }, '取りまとめを担当しているご本人'],
    [{ sections: 'NONE' }, '担当範囲を選んでください'],
    [{ part: 'chosen', sections: '' }, '担当範囲を選んでください'],
    [{ part: '' }, '担当範囲を選んでください'],
    [{ dueOn: '2026-12-19' }, '2026-12-18'],
    [{ dueOn: '2020-01-01' }, '担当分の期限は'],
    [{ dueOn: 'いつか' }, '担当分の期限は'],
    [{ role: 'respondent' }, '役割を選んでください'],
  ])('is refused with %j, and keeps what was typed', async (changes, words) => {
    const refused = await invite(changes);
    expect(refused.statusCode).toBe(400);
    expect(refused.body).toContain(words);
    expect(refused.body).toContain(`value="${'name' in changes ? changes.name : '鈴木 次郎'}"`);
    expect(
      await rowsOf(test, `select 1 from respondent_links where assessment_id = '${team.sent.assessmentId}'`),
    ).toHaveLength(1);
    expect(await events()).toEqual([]);
  });

  it('outside the domains names whom to ask, and goes through once the customer has added the domain', async () => {
    const refused = await invite({ email: 'suzuki@group.example' });
    expect(refused.body).toContain('山田花子');
    expect(refused.body).toContain(`${team.sent.memberId}@example.jp`);
    team = await newTeam(test, { settings: { ...usualSettings, emailDomains: ['group.example'] } });
    expect((await invite({ email: 'suzuki@tokyo.group.example' })).statusCode).toBe(303);
  });

  it('pressed twice is one; somebody already invited is not invited again', async () => {
    await invite();
    expect((await invite()).statusCode).toBe(303);
    test.services.clock.advance(120_000);
    const again = await invite({ email: 'Suzuki@EXAMPLE.jp' });
    expect([again.statusCode, again.body.includes('すでに招待されています')]).toEqual([400, true]);
    expect(await mailsTo('suzuki@example.jp')).toHaveLength(1);
  });

  it('raced makes one link', async () => {
    const done = await Promise.all(Array.from({ length: 6 }, () => invite()));
    expect(new Set(done.map(({ statusCode }) => statusCode))).toEqual(new Set([303]));
    const links = await rowsOf(
      test,
      `select 1 from respondent_links where assessment_id = '${team.sent.assessmentId}' and role = 'contributor'`,
    );
    expect(links).toHaveLength(1);
  });

  it('needs a seat: twenty colleagues at a time', async () => {
    for (let n = 0; n < 20; n++) await colleague(test, team, 'contributor');
    const refused = await invite();
    expect([refused.statusCode, refused.body.includes('20人まで')]).toEqual([409, true]);
    expect(refused.body).toContain('value="鈴木 次郎"');
  });

  it('is made by nobody but the coordinator', async () => {
    for (const role of ['contributor', 'checker', 'approver'] as const) {
      const { browser } = await colleague(test, team, role);
      for (const url of ['/respond/people', '/respond/people/new'])
        expect((await browser.get(url)).statusCode).toBe(403);
      expect((await browser.post('/respond/people', invitation)).statusCode).toBe(403);
      expect((await browser.post('/respond/approval-steps', { steps: '0' })).statusCode).toBe(403);
    }
  });

  it('is no longer possible once the answers are handed in', async () => {
    expect((await team.owner.post('/respond/submission', declared)).statusCode).toBe(303);
    expect((await invite()).statusCode).toBe(409);
    expect((await team.owner.get('/respond/people')).statusCode).toBe(200);
  });
});

describe('mail to colleagues', () => {
  it('stops at five a day for one address, whatever is invited and revoked in turn', async () => {
    for (let n = 0; n < 5; n++) {
      expect((await invite()).statusCode).toBe(303);
      const { id } = (await linkOf(test, team, 'suzuki@example.jp')) ?? {};
      await team.owner.post(`/respond/people/${id}/revocation`);
      test.services.clock.advance(61_000);
    }
    const refused = await invite();
    expect([refused.statusCode, refused.body.includes('一日に送れる数')]).toEqual([429, true]);
    expect(await mailsTo('suzuki@example.jp')).toHaveLength(5);
    test.services.clock.advance(24 * 60 * 60_000);
    expect((await signedInOwner().then((owner) => owner.post('/respond/people', invitation))).statusCode).toBe(303);
  });

  it('stops at thirty a day for one request', async () => {
    for (let n = 0; n < 19; n++) expect((await invite({ email: `a${n}@example.jp` })).statusCode).toBe(303);
    test.services.clock.advance(61_000);
    const people = await rowsOf(
      test,
      `select id from respondent_links where assessment_id = '${team.sent.assessmentId}' and role = 'contributor'`,
    );
    const again: number[] = [];
    for (const { id } of people) again.push((await team.owner.post(`/respond/people/${id}/invitations`)).statusCode);
    expect(again.filter((status) => status === 303)).toHaveLength(11);
    expect(again.filter((status) => status === 429)).toHaveLength(8);
  });
});

const signedInOwner = () => signedIn(test, team.sent, team.sent.linkId);

describe('a colleague', () => {
  it('is mailed the same link again, once a minute', async () => {
    await invite();
    const { id } = (await linkOf(test, team, 'suzuki@example.jp')) ?? {};
    await team.owner.post(`/respond/people/${id}/invitations`);
    expect(await mailsTo('suzuki@example.jp')).toHaveLength(1);
    test.services.clock.advance(61_000);
    await team.owner.post(`/respond/people/${id}/invitations`);
    const mails = await mailsTo('suzuki@example.jp');
    expect(mails).toHaveLength(2);
    for (const { text } of mails) expect(text).toContain(test.services.keys.linkToken(String(id)));
    expect(mails[0]?.subject).toContain('再送');
  });

  it.each([
    ['went by itself a moment ago', 'contributor-reminder', 'sent'],
    ['could not be delivered', 'contributor-invitation', 'failed'],
  ])('is mailed again at once although another mail %s', async (_why, kind, state) => {
    const { linkId, email } = await colleague(test, team, 'contributor');
    await rowsOf(
      test,
      `insert into mails (organisation_id, id, assessment_id, kind, recipient, subject, sealed, state, created_at)
       values ('${team.sent.organisationId}', gen_random_uuid(), '${team.sent.assessmentId}', '${kind}', '${email}', 'x', '', '${state}', '${since}')`,
    );
    test.services.clock.advance(5_000);
    await team.owner.post(`/respond/people/${linkId}/invitations`);
    expect((await mailsTo(email)).map((mail) => mail.kind)).toEqual(['contributor-invitation']);
  });

  it('gets another part, is told, and reads that part only', async () => {
    const { linkId, email, browser } = await colleague(test, team, 'contributor', {
      scope: { sections: ['AUTH'], questions: [] },
    });
    expect((await browser.get('/respond/sections/AUTH')).statusCode).toBe(200);
    const page = await team.owner.get(`/respond/people/${linkId}`);
    expect(page.body).toContain('id="section-AUTH" name="sections" value="AUTH" checked');
    const form = { part: 'chosen', questions: 'ORG-02', dueOn: '令和8年12月1日' };
    const done = await team.owner.post(`/respond/people/${linkId}/part`, form);
    expect(done.headers.location).toBe(`/respond/people/${linkId}?done=people.part`);
    expect((await browser.get('/respond/sections/AUTH')).statusCode).toBe(404);
    expect((await browser.get('/respond/sections/ORG')).statusCode).toBe(200);
    expect((await mailsTo(email))[0]?.subject).toContain('担当範囲の変更');
    expect(await events()).toHaveLength(1);
    await team.owner.post(`/respond/people/${linkId}/part`, form);
    expect(await events()).toHaveLength(1);
    const refused = await team.owner.post(`/respond/people/${linkId}/part`, { part: 'chosen', dueOn: '' });
    expect([refused.statusCode, refused.body.includes('担当範囲を選んでください')]).toEqual([400, true]);
  });

  it('loses link and session at once when revoked, and gets a fresh link when invited again', async () => {
    await invite();
    const { id } = (await linkOf(test, team, 'suzuki@example.jp')) ?? {};
    const token = test.services.keys.linkToken(String(id));
    const browser = await insider(test.app, test.services, token);
    expect(await answer(browser, 'AUTH-01', 12)).toBe(200);
    expect((await team.owner.post(`/respond/people/${id}/revocation`)).headers.location).toBe(
      '/respond/people?done=people.revoked',
    );
    expect((await browser.get('/respond')).statusCode).toBe(401);
    expect(await answer(browser, 'AUTH-01', 8, 1)).toBe(401);
    const late = visitor(test.app, test.services.config.publicUrl);
    test.services.clock.advance(61_000);
    await late.post('/v/start', { token });
    const code =
      /\b\d{8}\b/.exec((await mailsTo('suzuki@example.jp')).find(({ kind }) => kind === 'code')?.text ?? '')?.[0] ?? '';
    expect((await late.post('/v/code', { code })).statusCode).toBe(410);
    expect((await team.owner.get('/respond/people')).body).toContain('招待を取り消した方（1人）');
    await invite();
    expect((await linkOf(test, team, 'suzuki@example.jp'))?.id).not.toBe(id);
    expect(await events()).toHaveLength(3);
  });

  it('of another request, or oneself, is not found', async () => {
    const other = await newTeam(test);
    const { linkId } = await colleague(test, other, 'contributor');
    for (const id of [linkId, team.sent.linkId, 'nonsense']) {
      expect((await team.owner.get(`/respond/people/${id}`)).statusCode).toBe(404);
      for (const what of ['invitations', 'revocation', 'ownership'])
        expect((await team.owner.post(`/respond/people/${id}/${what}`)).statusCode).toBe(404);
      expect((await team.owner.post(`/respond/people/${id}/part`, { part: 'all', dueOn: '' })).statusCode).toBe(404);
    }
  });

  it('finds the own link again by the own address', async () => {
    await invite({ locale: 'en' });
    test.services.clock.advance(61_000);
    const stranger = visitor(test.app, test.services.config.publicUrl);
    await stranger.post('/v/resend', { email: 'suzuki@example.jp' });
    const [mail] = await mailsTo('suzuki@example.jp');
    const { id } = (await linkOf(test, team, 'suzuki@example.jp')) ?? {};
    expect([mail?.kind, mail?.text.includes(test.services.keys.linkToken(String(id)))]).toEqual(['link-resent', true]);
    expect(mail?.text).toContain('Dear 鈴木 次郎');
    expect(mail?.text).not.toContain(test.services.keys.linkToken(team.sent.linkId));
  });
});

describe('handing over', () => {
  it('makes a colleague the coordinator and contact, and the former one a contributor to everything', async () => {
    const next = await colleague(test, team, 'contributor', { scope: { sections: ['AUTH'], questions: [] } });
    const done = await team.owner.post(`/respond/people/${next.linkId}/ownership`);
    expect(done.headers.location).toBe('/respond?done=people.handedOver');
    expect((await team.owner.get('/respond/people')).statusCode).toBe(403);
    expect((await team.owner.post('/respond/submission', declared)).statusCode).toBe(403);
    expect(await answer(team.owner, 'ORG-02', 'yes')).toBe(200);
    expect((await next.browser.get('/respond/people')).body).toContain('田中太郎');
    expect((await mailsTo(next.email))[0]).toMatchObject({ kind: 'handed-over' });
    const [row] = await rowsOf(
      test,
      `select contact_name, contact_email from assessments where id = '${team.sent.assessmentId}'`,
    );
    expect(row).toEqual({ contact_name: next.name, contact_email: next.email });
    expect((await next.browser.post('/respond/submission', declared)).statusCode).toBe(303);
  });

  it('keeps whoever handed over meanwhile from submitting', async () => {
    const next = await colleague(test, team, 'contributor');
    const { organisationId, assessmentId, linkId } = team.sent;
    // As the session was read before the request was handed over.
    const former: RespondentPrincipal = {
      ...{ kind: 'respondent', organisationId, assessmentId, linkId, sessionId: '', role: 'respondent', scope: null },
      ...{ name: '田中太郎', email: 'tanaka@example.jp' },
    };
    await team.owner.post(`/respond/people/${next.linkId}/ownership`);
    const attestation = { name: '田中', title: '部長', attested: true, acceptsMissing: true, remark: '', seen: '' };
    await expect(submitAnswers(test.services, former, attestation, 'ja')).rejects.toMatchObject({ status: 403 });
  });

  it('raced with handing over to another leaves one coordinator', async () => {
    const [a, b] = [await colleague(test, team, 'contributor'), await colleague(test, team, 'contributor')];
    const done = await Promise.all([a, b].map(({ linkId }) => team.owner.post(`/respond/people/${linkId}/ownership`)));
    const [first, second] = done.map(({ statusCode }) => statusCode).sort();
    // Whoever comes second is refused either at the door, being no coordinator any more, or by the row.
    expect([first, second === 403 ? 404 : second]).toEqual([303, 404]);
    const owners = await rowsOf(
      test,
      `select 1 from respondent_links where assessment_id = '${team.sent.assessmentId}' and role = 'respondent' and revoked_at is null`,
    );
    expect(owners).toHaveLength(1);
  });
});

describe('the customer', () => {
  const member = (method: 'GET' | 'POST', url: string, form: Record<string, string> = {}) =>
    test.app.inject({
      method,
      url: `/assessments/${team.sent.assessmentId}${url}`,
      headers: {
        cookie: team.sent.member,
        origin: test.services.config.publicUrl,
        'content-type': 'application/x-www-form-urlencoded',
      },
      ...(method === 'POST' ? { payload: new URLSearchParams(form).toString() } : {}),
    });

  it('sees who takes part in what, and who answered what', async () => {
    const { browser } = await colleague(test, team, 'contributor', {
      scope: { sections: ['AUTH'], questions: ['ORG-02'] },
    });
    await colleague(test, team, 'checker');
    expect(await answer(browser, 'AUTH-01', 12)).toBe(200);
    expect(await answer(browser, 'ORG-02', 'yes')).toBe(200);
    const { body } = await member('GET', '');
    for (const words of ['鈴木次郎', '佐藤三郎', '確認者', 'ORG-02'])
      expect([words, body.includes(words)]).toEqual([words, true]);
    expect(body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')).toMatch(
      /回答を保存 2件 AUTH-01, ORG-02 [^–]+ – 鈴木次郎/,
    );
  });

  it('closes every link at once, and reminds the coordinator only', async () => {
    const { browser, email } = await colleague(test, team, 'contributor');
    expect((await member('POST', '/reminders')).statusCode).toBe(303);
    expect(await mailsTo(email)).toEqual([]);
    expect((await mailsTo('tanaka@example.jp'))[0]?.text).toContain(test.services.keys.linkToken(team.sent.linkId));
    expect((await member('POST', '/link-revocation')).statusCode).toBe(303);
    for (const one of [browser, team.owner]) expect((await one.get('/respond')).statusCode).toBe(401);
  });

  it('keeps colleagues the new contact could have invited, and closes the others', async () => {
    const stays = await colleague(test, team, 'contributor');
    const goes = await colleague(test, team, 'checker', { email: 'sato@former.example' });
    const becomes = await colleague(test, team, 'contributor', { email: 'Kimura@example.jp' });
    const contact = { contactName: '木村五郎', contactEmail: 'kimura@example.jp', contactLocale: 'ja' };
    expect((await member('POST', '/contact', contact)).statusCode).toBe(303);
    expect((await stays.browser.get('/respond')).statusCode).toBe(200);
    for (const { browser } of [goes, becomes, { browser: team.owner }])
      expect((await browser.get('/respond')).statusCode).toBe(401);
  });

  it('ends everybody’s access by calling the request off', async () => {
    const { browser } = await colleague(test, team, 'contributor');
    expect((await member('POST', '/revocation', { reason: '契約の終了' })).statusCode).toBe(303);
    expect((await browser.get('/respond')).statusCode).toBe(401);
    expect((await team.owner.get('/respond')).statusCode).toBe(410);
  });
});
