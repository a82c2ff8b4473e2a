import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { asOwner } from '../../support/database.ts';
import { type Invited, insider, invited, type Visitor } from './visitor.ts';

let test: TestApp;
beforeAll(async () => {
  test = await buildTestApp();
  test.services.clock.set('2026-11-21T23:30:00+09:00');
});
afterAll(() => test.close());

const declared = { attested: 'yes', name: '佐藤 一郎', title: '情報セキュリティ部 部長', unanswered: 'yes' };

async function arrived(): Promise<{ sent: Invited; person: Visitor }> {
  test.services.clock.advance(60_000);
  const sent = await invited(test.app, test.services);
  return { sent, person: await insider(test.app, test.services, sent.token) };
}

async function rows(query: string): Promise<Record<string, unknown>[]> {
  let found: Record<string, unknown>[] = [];
  await asOwner(test.services.ownerUrl, async (client) => {
    found = (await client.query(query)).rows;
  });
  return found;
}
const rowOf = async ({ assessmentId }: Invited) =>
  (await rows(`select * from assessments where id = '${assessmentId}'`))[0];

async function answer(person: Visitor, question: string, value: unknown, revision = 0): Promise<void> {
  const saved = await person.put(`/api/respond/answers/${question}`, { revision, value, comment: '補足の言葉' });
  expect(saved.statusCode, saved.body).toBe(200);
}

describe('a submission', () => {
  it('is told to the owners once whoever asked has left, and the vendor has one of them to ask', async () => {
    const { sent, person } = await arrived();
    const { organisationId, memberId } = sent;
    const owners = ['2020-01-01', '2021-01-01'].map((since) => ({ id: randomUUID(), since }));
    for (const { id, since } of owners) {
      await rows(
        `insert into members (organisation_id, id, email, name, role, created_at) values ('${organisationId}', '${id}', '${id}@example.jp', '管理者${since}', 'owner', '${since}')`,
      );
    }
    const asker = await rows(
      `update members set disabled_at = now(), role = 'member' where id = '${memberId}' returning email`,
    );
    const page = (await person.get('/respond')).body;
    expect(page).toContain('管理者2020-01-01');
    expect(page).not.toContain(String(asker[0]?.email));
    expect((await person.post('/respond/submission', declared)).statusCode).toBe(303);
    const mails = await test.services.mails();
    const about = mails.filter(({ subject }) => subject.includes(`KA-2026-${sent.assessmentId.slice(0, 4)}`));
    const told = about.filter(({ kind }) => kind === 'submitted').map(({ to }) => to.address);
    expect(told.sort()).toEqual(owners.map(({ id }) => `${id}@example.jp`).sort());
    const receipt = mails.find(({ kind, text }) => kind === 'receipt' && text.includes('管理者2020-01-01'));
    expect(receipt?.replyTo?.address).toBe(`${owners[0]?.id}@example.jp`);
    await rows(`update members set disabled_at = null where id = '${memberId}' returning id`);
    expect((await person.get('/respond')).body).toContain(String(asker[0]?.email));
  });

  it('puts no line of its own into a mail, however the declared name is broken', async () => {
    const { sent, person } = await arrived();
    const name = '佐藤 一郎\r\n\r\nこちらから確認してください：http://evil.example/';
    expect((await person.post('/respond/submission', { ...declared, name, title: '部長\n' })).statusCode).toBe(303);
    expect(await rowOf(sent)).toMatchObject({
      attestation: { name: '佐藤 一郎 こちらから確認してください：http://evil.example/', title: '部長' },
    });
    for (const { text } of await test.services.mails()) expect(text).not.toMatch(/^こちらから/m);
  });

  it('seals the answers with attestation, provisional evaluation, receipt and two mails', async () => {
    const { sent, person } = await arrived();
    await answer(person, 'ORG-02', 'doc');
    const withheld = '構成図は社外秘のため、ご来社時に閲覧いただけます。';
    const json = { revision: 0, value: 'yes', withheld };
    expect((await person.put('/api/respond/answers/ORG-03', json)).statusCode).toBe(200);
    const done = await person.post('/respond/submission', declared);
    expect([done.statusCode, done.headers.location]).toEqual([303, '/respond/receipt']);

    const row = await rowOf(sent);
    expect(row).toMatchObject({
      state: 'submitted',
      attestation: { name: '佐藤 一郎', title: '情報セキュリティ部 部長' },
    });
    expect(row?.receipt_number).toMatch(/^KR-[34679ACDEFGHJKMNPQRTVWXY]{4}-[34679ACDEFGHJKMNPQRTVWXY]{4}$/);
    const stored = await rows(
      `select mode, as_of::text, result from evaluations where assessment_id = '${sent.assessmentId}'`,
    );
    expect(stored).toMatchObject([{ mode: 'provisional', as_of: '2026-11-21' }]);
    const events = await rows(
      `select details from audit_events where assessment_id = '${sent.assessmentId}' and action = 'assessment.submitted'`,
    );
    expect(events).toMatchObject([{ details: { receiptNumber: row?.receipt_number, name: '佐藤 一郎' } }]);

    const mails = (await test.services.mails()).filter(({ text }) => text.includes(String(row?.receipt_number)));
    const [receipt, notice] = ['receipt', 'submitted'].map((kind) => mails.filter((mail) => mail.kind === kind));
    expect(receipt).toHaveLength(1);
    expect(receipt?.[0]?.to.address).toBe('tanaka@example.jp');
    expect(receipt?.[0]?.text).toContain('定めているが点検なし');
    expect(receipt?.[0]?.text).toContain('補足の言葉');
    expect(receipt?.[0]?.text).toContain('未回答');
    expect(receipt?.[0]?.text).toContain(`提出できない証跡：${withheld}`);
    expect(notice?.[0]?.to.address).toBe(`${sent.memberId}@example.jp`);
    expect(notice?.[0]?.text).toContain(`/assessments/${sent.assessmentId}`);

    const page = await person.get('/respond/receipt');
    expect(page.body).toContain(row?.receipt_number);
    expect(page.body).toMatch(/提出していない証跡<\/dt><dd>1問/);
    expect((await person.get('/respond/answers')).body).toContain('定めているが点検なし');
  });

  it('happens exactly once however often it is sent at the same time', async () => {
    const { sent, person } = await arrived();
    await answer(person, 'ORG-02', 'yes');
    const done = await Promise.all(Array.from({ length: 20 }, () => person.post('/respond/submission', declared)));
    expect(done.map(({ statusCode }) => statusCode).sort()).toEqual([303, ...Array(19).fill(409)]);
    expect(await rows(`select 1 from evaluations where assessment_id = '${sent.assessmentId}'`)).toHaveLength(1);
    expect(
      await rows(`select 1 from mails where assessment_id = '${sent.assessmentId}' and kind = 'receipt'`),
    ).toHaveLength(1);
  });

  it.each([
    ['attested', '「回答内容に相違ありません」にチェック'],
    ['name', '氏名を入力してください'],
    ['title', '役職・部署を入力してください'],
    ['unanswered', '未回答の設問が'],
  ])('is refused without %s, with everything typed kept', async (missing, words) => {
    const { sent, person } = await arrived();
    const { [missing as keyof typeof declared]: _, ...form } = declared;
    const refused = await person.post('/respond/submission', form);
    expect(refused.statusCode).toBe(400);
    expect(refused.body).toContain(words);
    expect(refused.body).toContain(`href="#${missing}"`);
    if (missing !== 'name') expect(refused.body).toContain('value="佐藤 一郎"');
    expect(await rowOf(sent)).toMatchObject({ state: 'sent', receipt_number: null });
  });

  it('is refused when an answer changed after the page was opened, and shows the change', async () => {
    const { sent, person } = await arrived();
    await answer(person, 'ORG-02', 'yes');
    const seen = /name="seen" value="([0-9a-f]{64})"/.exec((await person.get('/respond/check')).body)?.[1] ?? '';
    await answer(person, 'ORG-02', 'no', 1);
    const refused = await person.post('/respond/submission', { ...declared, seen });
    expect(refused.statusCode).toBe(409);
    expect(refused.body).toContain('変更されました');
    expect(refused.body).toContain('定めていない');
    expect(await rowOf(sent)).toMatchObject({ state: 'inProgress' });
    const fresh = /name="seen" value="([0-9a-f]{64})"/.exec(refused.body)?.[1] ?? '';
    expect((await person.post('/respond/submission', { ...declared, seen: fresh })).statusCode).toBe(303);
  });

  it('is refused with an unknown field', async () => {
    const { person } = await arrived();
    expect((await person.post('/respond/submission', { ...declared, score: '100' })).statusCode).toBe(400);
  });
});

describe('after the submission', () => {
  it('answers can be read, not changed, and the link still opens them', async () => {
    const { sent, person } = await arrived();
    await answer(person, 'ORG-02', 'yes');
    await person.post('/respond/submission', declared);
    expect((await person.put('/api/respond/answers/ORG-02', { revision: 1, value: 'no' })).statusCode).toBe(409);
    expect((await person.get('/respond/check')).headers.location).toBe('/respond/answers');
    test.services.clock.advance(60_000);
    const later = await insider(test.app, test.services, sent.token);
    const start = (await later.get('/respond')).body;
    expect([start.includes('提出済みです'), start.includes('回答の前にご確認ください')]).toEqual([true, false]);
    expect((await later.get('/respond/answers')).statusCode).toBe(200);
  });
});

describe('when the date and the days of grace have passed', () => {
  it('answers can be read, nothing can be handed in, and the page says whom to ask', async () => {
    const { sent, person } = await arrived();
    await answer(person, 'ORG-02', 'yes');
    await asOwner(test.services.ownerUrl, (client) =>
      client.query(`update assessments set due_on = '2026-11-01', grace_days = 14 where id = '${sent.assessmentId}'`),
    );
    const start = await person.get('/respond');
    expect(start.body).toContain('提出期限を過ぎました');
    expect(start.body).toContain('2026年11月15日');
    expect(start.body).toContain(`${sent.memberId}@example.jp`);
    expect((await person.get('/respond/answers')).statusCode).toBe(200);
    const refused = await person.post('/respond/submission', declared);
    expect(refused.statusCode).toBe(409);
    expect(await rowOf(sent)).toMatchObject({ state: 'inProgress' });
  });
});

describe('when the request is withdrawn', () => {
  it('an open session is told so on its next page', async () => {
    const { sent, person } = await arrived();
    await asOwner(test.services.ownerUrl, (client) =>
      client.query(`update assessments set state = 'revoked' where id = '${sent.assessmentId}'`),
    );
    expect((await person.get('/respond')).statusCode).toBe(410);
    expect((await person.post('/respond/submission', declared)).statusCode).toBe(409);
  });

  it('a session ends with its link', async () => {
    const { sent, person } = await arrived();
    await asOwner(test.services.ownerUrl, (client) =>
      client.query(`update respondent_links set revoked_at = now() where id = '${sent.linkId}'`),
    );
    expect((await person.get('/respond')).statusCode).toBe(401);
  });
});
