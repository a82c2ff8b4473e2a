import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { eventWords } from '../../../server/domain/assessment/event-words.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { asOwner } from '../../support/database.ts';
import { eventsOf, type OwnedAssessment, ownedAssessment, post } from './owner.ts';

const form = {
  revision: '0',
  name: '株式会社みなと労務',
  nameEn: 'Minato Labour, Inc.',
  isEntrustee: '',
  address: '東京都港区芝公園1-1-1',
  department: '総務部 情報管理課',
  privacyName: '個人情報相談窓口',
  privacyEmail: 'privacy@minato.example',
  privacyPhone: '０３－１２３４－５６７８',
  confidentialityJa: '閲覧は監査室に限ります。\n契約終了から5年間保管し、消去します。',
  confidentialityEn: '',
};

let test_: TestApp;
let customer: OwnedAssessment;
beforeAll(async () => {
  test_ = await buildTestApp();
  customer = await ownedAssessment(test_);
});
afterAll(() => test_?.close());

const get = (url: string, cookie: string) => test_.app.inject({ url, headers: { cookie } });
const save = (changed: Partial<typeof form> = {}, cookie = customer.owner) =>
  post(test_, '/organisation', cookie, { ...form, ...changed });

describe('The settings of an organisation', () => {
  test('belong to owners alone', async () => {
    for (const [cookie, status] of [
      [customer.member, 403],
      [customer.respondent, 401],
      ['', 401],
    ] as const) {
      expect((await get('/organisation', cookie)).statusCode).toBe(status);
      expect((await save({ name: '乗っ取り' }, cookie)).statusCode).toBe(status);
    }
    const page = await get('/organisation', customer.owner);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('value="株式会社みなと労務"');
    // No heading without anything below it.
    expect(page.body).not.toContain('変更の履歴');
  });

  test('Before anything is set, the vendor reads the usual words about its answers', async () => {
    const { body } = await get('/respond?lang=ja', customer.respondent);
    expect(body).toContain('閲覧できるのは、株式会社みなと労務の担当者と監査担当者に限られます。');
    expect(body).not.toContain('個人情報の取扱いに関する問合せ先');
  });

  test('What cannot be saved comes back as it was typed, with what to mend, in the reader’s language', async () => {
    const wrong = {
      name: ' ',
      privacyName: '',
      privacyEmail: 'privacy@',
      privacyPhone: '内線のみ',
      address: '港区<b>',
    };
    const refused = await save({ ...wrong, confidentialityJa: '長'.repeat(2_001) });
    expect(refused.statusCode).toBe(400);
    for (const message of [
      '組織名を入力してください。',
      '問合せ先の部署名または氏名を入力してください。',
      'メールアドレスを name@example.jp の形で入力してください。',
      '電話番号を 03-1234-5678 の形で入力してください。',
      '2,000文字以内にしてください（現在2,001文字）。',
    ])
      expect(refused.body).toContain(message);
    expect(refused.body).toContain('value="港区&lt;b&gt;"');
    const english = await post(test_, '/organisation?lang=en', customer.owner, {
      ...form,
      privacyEmail: '',
      privacyPhone: '',
    });
    expect(english.body).toContain('Enter an email address or a telephone number, at least one of them.');
    const onlyEnglish = await save({ confidentialityJa: '', confidentialityEn: 'Kept for five years.' });
    expect(onlyEnglish.body).toContain('日本語の文も入力してください。');
    const { body } = await get('/organisation', customer.owner);
    expect(body).not.toContain('港区&lt;b');
  });

  test('are shown to the vendor as soon as they are saved, and the trail names what changed', async () => {
    expect((await save()).headers.location).toBe('/organisation?done=organisation.saved');
    const { body } = await get('/respond?lang=ja', customer.respondent);
    for (const shown of [
      '東京都港区芝公園1-1-1',
      '総務部 情報管理課',
      '個人情報相談窓口',
      'mailto:privacy@minato.example',
      '03-1234-5678',
      '閲覧は監査室に限ります。\n契約終了から5年間保管し、消去します。',
    ])
      expect(body).toContain(shown);
    expect(body).not.toContain('委託先の監督の記録として');
    const english = (await get('/respond?lang=en', customer.respondent)).body;
    expect(english).toContain('Minato Labour, Inc.');
    expect(english).toContain('<span lang="ja">閲覧は監査室に限ります。');
    const events = await eventsOf(test_, customer.organisationId);
    const changed = events.filter(({ action }) => action === 'organisation.changed');
    expect(changed.map(({ actorName }) => actorName)).toEqual(['佐藤一郎']);
    expect(changed[0]?.details).toMatchObject({ changes: { address: { from: '', to: '東京都港区芝公園1-1-1' } } });
    const told = (await get('/organisation?lang=ja', customer.owner)).body;
    expect(told).toMatch(
      /組織の設定を変更（組織名、所在地[^<]*<\/p><p class="timeline__when"><time[^>]*>[^<]*<\/time> – 佐藤一郎/,
    );
    expect(eventWords('organisation.changed', '', changed[0]?.details as Record<string, unknown>)).toEqual({
      ja: '組織の設定を変更（組織名、所在地、担当部署、個人情報の問合せ先、秘密保持・保管の説明）',
      en: 'Settings of the organisation changed (name, address, department, privacy contact, confidentiality and retention)',
    });
  });

  test('are not overwritten by somebody who has not seen the last change', async () => {
    const late = await save({
      ...{ department: '経理部', revision: '0' },
      confidentialityJa: form.confidentialityJa.replaceAll('\n', '\r\n'),
    });
    expect(late.statusCode).toBe(409);
    expect(late.body).toContain('佐藤一郎さんが組織の設定を変更しました。');
    // Both are there: what was typed, in its field, and what stands there now, beside it.
    expect(late.body).toContain('value="経理部"');
    expect(late.body).toMatch(/現在の内容[\s\S]*<dt>担当部署<\/dt><dd[^>]*>総務部 情報管理課/);
    // A browser sends line ends its own way; the same text is no difference.
    expect(late.body.match(/<dt>/g)).toHaveLength(1);
    expect(late.body).toContain('name="revision" value="1"');
    expect((await get('/organisation', customer.owner)).body).toContain('value="総務部 情報管理課"');
    expect((await save({ department: '経理部', revision: '1' })).statusCode).toBe(303);
    expect((await get('/organisation', customer.owner)).body).toContain('value="経理部"');
  });

  test('A form that was refused for another reason is still one that has not seen the last change', async () => {
    const refused = await save({ privacyPhone: '内線のみ', revision: '0' });
    expect(refused.statusCode).toBe(400);
    const revision = /name="revision" value="(\d+)"/.exec(refused.body)?.[1] ?? '';
    expect((await save({ department: '法務部', revision })).statusCode).toBe(409);
  });

  test('Of two who save at the same moment one is told', async () => {
    const answers = await whileLocked(() =>
      Promise.all(['法務部', '監査室'].map((department) => save({ department, revision: '2' }))),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([303, 409]);
  });

  test('The same form sent twice is no conflict and no second event', async () => {
    const before = (await eventsOf(test_, customer.organisationId)).length;
    const settings = { department: '総務部', revision: '3' };
    expect([(await save(settings)).statusCode, (await save(settings)).statusCode]).toEqual([303, 303]);
    expect((await eventsOf(test_, customer.organisationId)).length).toBe(before + 1);
  });

  test('Nothing of them reaches another organisation or the page before the code', async () => {
    const other = await ownedAssessment(test_);
    for (const [url, cookie] of [
      ['/respond', other.respondent],
      ['/organisation', other.owner],
      ['/v', customer.respondent],
      ['/v', ''],
    ] as const)
      expect((await get(url, cookie)).body).not.toMatch(/privacy@minato\.example|監査室に限ります/);
    expect((await get('/v', '')).body).not.toContain('みなと労務');
  });
});

/** Begins `work`, whose two transactions meet at the organisation's row, and lets them go on together once both wait for it. */
async function whileLocked<T>(work: () => Promise<T>): Promise<T> {
  const { database, ownerUrl } = test_.services;
  const { going } = await database.inOrganisation(customer.organisationId, async (db) => {
    await db.execute(sql`select 1 from organisations for update`);
    const going = work();
    await asOwner(ownerUrl, (watcher) =>
      vi.waitFor(
        async () => {
          const { rows } = await watcher.query(
            "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
          );
          expect(rows).toHaveLength(2);
        },
        { timeout: 4_000 },
      ),
    );
    return { going };
  });
  return going;
}
