import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { quota } from '../../../server/features/answers/evidence/room.ts';
import { asOwner } from '../../support/database.ts';
import { beforeEachAnswering, sent, test, vendor } from './answering.ts';
import { bytes, respondentOf } from './respondent.ts';
import { sentAssessment } from './sent-assessment.ts';

beforeEachAnswering();

describe('dates of a document', () => {
  it('are read as people write them, and the page says how', async () => {
    const id = await attach('AUTH-01', 'a.txt', 'a');
    expect(await vendor.date(id, '令和7年4月1日', '２０２７／３／３１')).toMatchObject({
      status: 200,
      json: {
        effectiveOn: { day: '2025-04-01', words: { ja: '2025年4月1日', en: '1 Apr 2025' } },
        expiresOn: { day: '2027-03-31' },
        expired: false,
      },
    });
    expect(await evidence()).toMatchObject([{ effectiveOn: '2025-04-01', expiresOn: '2027-03-31' }]);
    const page = (await vendor.get('/respond/sections/AUTH')).body;
    expect(page).toContain('2025年4月1日 として受け付けました');
    expect(await vendor.date(id, '平成30年4月1日', '')).toMatchObject({
      json: { effectiveOn: { day: '2018-04-01' }, expiresOn: null },
    });
    expect((await vendor.get('/respond/sections/AUTH')).body).toContain('2018年4月1日 として受け付けました');
    expect((await actions()).filter((action) => action === 'evidence.dated')).toHaveLength(2);
    await vendor.date(id, 'H30.4.1', ' ');
    expect((await actions()).filter((action) => action === 'evidence.dated')).toHaveLength(2);
  });

  it.each([
    ['明日', '', 'effectiveOn', '日付を読み取れませんでした'],
    ['2026/2/30', '', 'effectiveOn', '日付を読み取れませんでした'],
    ['', '来年', 'expiresOn', '日付を読み取れませんでした'],
    ['2026-04-16', '', 'effectiveOn', '今日より後'],
    ['2026-04-01', '2026-03-31', 'expiresOn', '文書の日付より前'],
  ])('%j and %j are refused at their field', async (effectiveOn, expiresOn, path, words) => {
    const id = await attach('AUTH-01', 'a.txt', 'a');
    expect(await vendor.date(id, effectiveOn, expiresOn)).toMatchObject({
      status: 422,
      json: { code: 'unclear_date', errors: [{ path, message: { ja: expect.stringContaining(words) } }] },
    });
    expect(await evidence()).toMatchObject([{ effectiveOn: null, expiresOn: null }]);
  });

  it('that have passed are pointed out to vendor and reviewer', async () => {
    await vendor.put('AUTH-01', { revision: 0, value: 12 });
    const id = await attach('AUTH-01', 'a.txt', 'a');
    expect(await vendor.date(id, '', '2026-04-15')).toMatchObject({ json: { expired: false } });
    expect((await vendor.get('/respond/sections/AUTH')).body).not.toContain('有効期限切れ');
    expect(await vendor.date(id, '', '2026-04-14')).toMatchObject({ json: { expired: true } });
    expect((await vendor.get('/respond/sections/AUTH')).body).toContain('有効期限切れ');
    await submit();
    const review = await member(`/assessments/${sent.assessmentId}/answers/AUTH`);
    expect(review).toContain('有効期限切れ');
    expect(review).toContain('2026年4月14日');
  });

  it('come with the section form, without scripts; what cannot be read comes back as typed', async () => {
    const [a, b] = [await attach('AUTH-01', 'a.txt', 'a'), await attach('AUTH-01', 'b.txt', 'b')];
    const names = (id: string) => [`AUTH-01.files.${id}.effectiveOn`, `AUTH-01.files.${id}.expiresOn`] as const;
    const form = {
      action: 'save',
      [names(a)[0]]: '2026.1.5',
      [names(a)[1]]: '',
      [names(b)[0]]: 'いつか',
      [names(b)[1]]: '令和9年1月1日',
    };
    const reply = await vendor.post('AUTH', form);
    expect(reply.status).toBe(400);
    expect(reply.body).toContain('value="いつか"');
    expect(reply.body).toContain('value="令和9年1月1日"');
    expect(reply.body.match(/日付を読み取れませんでした/g)?.length).toBe(2);
    expect(await evidence()).toMatchObject([{ effectiveOn: '2026-01-05' }, { effectiveOn: null }]);
    expect((await vendor.post('AUTH', { ...form, [names(b)[0]]: '' })).status).toBe(303);
    expect(await evidence()).toMatchObject([{ effectiveOn: '2026-01-05' }, { expiresOn: '2027-01-01' }]);
  });

  it('belong to the vendor’s own request, until it is submitted', async () => {
    const id = await attach('AUTH-01', 'a.txt', 'a');
    const stranger = respondentOf(test, await sentAssessment(test.app, test.services));
    expect((await stranger.date(id, '2026-01-01', '')).status).toBe(404);
    await setState('submitted');
    expect((await vendor.date(id, '2026-01-01', '')).status).toBe(409);
    expect((await vendor.reuse(id, 'AUTH-02')).status).toBe(409);
    expect((await vendor.remove(id)).status).toBe(409);
  });
});

describe('a file that takes the place of another', () => {
  it('is one change: never both, never neither', async () => {
    const old = await attach('AUTH-01', 'old.txt', 'old');
    const reply = await vendor.upload('AUTH-01', 'new.txt', bytes('new'), old);
    expect(reply.status).toBe(201);
    expect(await evidence()).toMatchObject([{ name: 'new.txt' }]);
    expect((await vendor.get(`/respond/evidence/${old}`)).status).toBe(404);
    expect(await actions()).toContain('evidence.replaced');
    expect(await actions()).not.toContain('evidence.removed');
    // Replaced already: whoever still has the old page in front of them is told, and no bytes stay behind.
    const before = storedFiles();
    expect((await vendor.upload('AUTH-01', 'newer.txt', bytes('newer'), old)).status).toBe(404);
    expect(storedFiles()).toEqual(before);
    expect(await evidence()).toMatchObject([{ name: 'new.txt' }]);
  });

  it('replaces within its own question only, and keeps the old one when it is refused', async () => {
    const old = await attach('AUTH-01', 'old.txt', 'old');
    expect((await vendor.upload('AUTH-02', 'new.txt', bytes('new'), old)).status).toBe(404);
    expect((await vendor.upload('AUTH-01', 'new.exe', bytes('new'), old)).status).toBe(422);
    expect(await evidence()).toMatchObject([{ name: 'old.txt' }]);
    expect((await vendor.upload('AUTH-01', 'same.txt', bytes('old'), old)).status).toBe(201);
    expect(await evidence()).toMatchObject([{ name: 'old.txt' }]);
  });

  it('is chosen without scripts by choosing it first; without one the page says what to do', async () => {
    const old = await attach('AUTH-01', 'old.txt', 'old');
    const none = await vendor.post('AUTH', { action: `replaceFile:${old}` });
    expect([none.status, none.body]).toEqual([400, expect.stringContaining('代わりにするファイルが選ばれていません')]);
    const files = [
      { control: 'AUTH-01.file', name: 'new.txt', bytes: bytes('new') },
      { control: 'AUTH-01.file', name: 'more.txt', bytes: bytes('more') },
    ];
    expect((await vendor.post('AUTH', { action: `replaceFile:${old}` }, files)).status).toBe(303);
    expect((await evidence()).map(({ name }) => name).toSorted()).toEqual(['more.txt', 'new.txt']);
  });
});

describe('one file for several questions', () => {
  it('is kept once, counted once, and stays where it is still used', async () => {
    const id = await attach('AUTH-01', '規程.txt', 'shared');
    await vendor.date(id, '2026-01-01', '2027-01-01');
    const before = storedFiles();
    const reused = await vendor.reuse(id, 'AUTH-02');
    expect(reused).toMatchObject({
      status: 201,
      json: { attached: [{ subject: 'AUTH-02', name: '規程.txt', expiresOn: '2027-01-01' }] },
    });
    expect(await vendor.reuse(id, 'AUTH-02')).toMatchObject({ status: 201, json: { attached: [] } });
    expect(storedFiles()).toEqual(before);
    const second = (reused.json as { attached: { id: string }[] }).attached[0]?.id ?? '';
    await vendor.date(second, '2026-02-02', '');
    expect(await evidence()).toMatchObject([{ effectiveOn: '2026-02-02' }, { effectiveOn: '2026-02-02' }]);
    expect((await vendor.remove(id)).status).toBe(204);
    expect(await vendor.get(`/respond/evidence/${second}`)).toMatchObject({ status: 200, body: 'shared' });
    expect(await actions()).toEqual(expect.arrayContaining(['evidence.reused', 'evidence.removed']));
  });

  it('takes no room but a place in the list', async () => {
    const id = await attach('AUTH-01', 'large.txt', 'x');
    await asOwner(test.services.ownerUrl, async (client) => {
      await client.query('update evidence_files set size = $2 where assessment_id = $1', [
        sent.assessmentId,
        quota.bytes,
      ]);
    });
    expect((await vendor.upload('AUTH-03', 'x.txt', bytes('y'))).status).toBe(413);
    expect((await vendor.reuse(id, 'AUTH-02')).status).toBe(201);
    expect((await vendor.reuse(id, 'AUTH-03')).status).toBe(201);
  });

  it('is refused for hidden and unknown questions, and from another request', async () => {
    const id = await attach('AUTH-01', 'a.txt', 'a');
    for (const subject of ['DATA-02', 'NOPE-01', 'CRT-01#1'])
      expect(await vendor.reuse(id, subject)).toMatchObject({ status: 422, json: { code: 'unknown_subject' } });
    const stranger = respondentOf(test, await sentAssessment(test.app, test.services));
    expect((await stranger.reuse(id, 'AUTH-02')).status).toBe(404);
  });

  it('is chosen on a page of its own, which works without scripts', async () => {
    const first = await attach('AUTH-01', '規程.txt', '規程');
    await attach('AUTH-01', '台帳.txt', '台帳');
    expect((await vendor.get('/respond/sections/ORG')).body).toContain('value="reuseFile:ORG-05"');
    const led = await vendor.post('ORG', { action: 'reuseFile:ORG-05' });
    expect([led.status, led.headers.location]).toEqual([303, '/respond/files?subject=ORG-05']);
    const page = await vendor.get('/respond/files?subject=ORG-05');
    expect(page.body).toContain('規程.txt');
    expect(page.body).toContain('添付先：AUTH-01');
    const none = await choose({ subject: 'ORG-05' });
    expect([none.statusCode, none.body]).toEqual([400, expect.stringContaining('1件以上選んでください')]);
    const done = await choose({ subject: 'ORG-05', file: first });
    expect([done.statusCode, done.headers.location]).toEqual([
      303,
      '/respond/sections/ORG?done=evidence.reused#q-ORG-05',
    ]);
    expect((await vendor.get('/respond/files?subject=ORG-05')).body).not.toContain('規程.txt');
    expect((await vendor.get('/respond/files?subject=NOPE')).status).toBe(404);
  });
});

describe('proof that cannot be handed over', () => {
  it('is said with the answer, does not count as attached, and is shown to the reviewer', async () => {
    await vendor.type('AUTH-01', {
      'AUTH-01.revision': '0',
      'AUTH-01.typed': '12',
      'AUTH-01.withheld': '構成図は社外秘。来社時に閲覧可。',
    });
    expect((await vendor.get('/respond/sections/AUTH')).body).toContain('構成図は社外秘。来社時に閲覧可。</textarea>');
    await submit();
    const review = await member(`/assessments/${sent.assessmentId}/answers/AUTH`);
    expect(review).toContain('構成図は社外秘。来社時に閲覧可。');
    const listed = await member(`/assessments/${sent.assessmentId}/answers?show=withheld`);
    expect(listed).toContain('AUTH-01');
    const { collectAnswers } = await import('../../../server/features/answers/answers.usecases.ts');
    const { answers } = await test.services.database.inOrganisation(sent.organisationId, (db) =>
      collectAnswers(db, sent.organisationId, sent.assessmentId),
    );
    expect(answers['AUTH-01']?.evidence).toBe('none');
  });

  it('is refused when it is too long', async () => {
    const reply = await vendor.type('AUTH-01', {
      'AUTH-01.revision': '0',
      'AUTH-01.typed': '12',
      'AUTH-01.withheld': '長'.repeat(4_001),
    });
    expect(reply).toMatchObject({ status: 422, json: { errors: [{ path: '/withheld' }] } });
  });
});

it('the page says at each upload what never to attach', async () => {
  const page = (await vendor.get('/respond/sections/AUTH')).body;
  const uploads = page.match(/type="file"/g)?.length ?? 0;
  expect(uploads).toBeGreaterThan(5);
  expect(page.match(/添付しないもの：<\/strong>パスワード、暗号鍵・APIキー/g)).toHaveLength(uploads);
  const english = (await vendor.get('/respond/sections/AUTH?lang=en')).body;
  expect(english).toContain('Never attach: </strong>passwords');
});

async function attach(subject: string, name: string, content: string): Promise<string> {
  // Files are listed in the order they came.
  test.services.clock.advance(1_000);
  const reply = await vendor.upload(subject, name, bytes(content));
  expect(reply.status).toBe(201);
  return (reply.json as { attached: { id: string }[] }).attached[0]?.id ?? '';
}

async function evidence(): Promise<Record<string, unknown>[]> {
  return ((await vendor.get('/api/respond/assessment')).json as { evidence: Record<string, unknown>[] }).evidence;
}

function choose(form: Record<string, string>) {
  return test.app.inject({
    method: 'POST',
    url: '/respond/files',
    payload: new URLSearchParams(form).toString(),
    headers: {
      cookie: sent.respondent,
      origin: test.services.config.publicUrl,
      'content-type': 'application/x-www-form-urlencoded',
    },
  });
}

async function member(url: string): Promise<string> {
  return (await test.app.inject({ url, headers: { cookie: sent.member } })).body;
}

async function submit(): Promise<void> {
  const form = { attested: 'yes', name: '佐藤一郎', title: '部長', unanswered: 'yes' };
  const reply = await test.app.inject({
    method: 'POST',
    url: '/respond/submission',
    payload: new URLSearchParams(form).toString(),
    headers: {
      cookie: sent.respondent,
      origin: test.services.config.publicUrl,
      'content-type': 'application/x-www-form-urlencoded',
    },
  });
  expect(reply.statusCode).toBe(303);
}

async function setState(state: string): Promise<void> {
  await asOwner(test.services.ownerUrl, async (client) => {
    await client.query('update assessments set state = $2 where id = $1', [sent.assessmentId, state]);
  });
}

function storedFiles(): string[] {
  const folder = join(test.services.config.dataDir, 'evidence');
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => /[\da-f]{32}/.test(name))
        .toSorted()
    : [];
}

async function actions(): Promise<string[]> {
  let found: string[] = [];
  await asOwner(test.services.ownerUrl, async (client) => {
    const { rows } = await client.query('select action from audit_events where assessment_id = $1', [
      sent.assessmentId,
    ]);
    found = rows.map((row) => row.action);
  });
  return found;
}
