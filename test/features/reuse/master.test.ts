import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnswerMaster } from '../../../server/domain/reuse/answer-master.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { asOwner } from '../../support/database.ts';
import { answer, enter, FAR, offersOf, postJson, requestAgain, submittedRequest } from '../prefills/second-request.ts';
import { type Invited, invited, type Visitor } from '../respondents/visitor.ts';
import { uploadMaster } from './upload.ts';

let test: TestApp;
beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());

const given = { 'ORG-02': 'yes', 'AUTH-01': 12, 'VUL-07': '2026-02-01', 'ORG-01': '株式会社あおぞら\n"引用"' } as const;

async function masterOf(person: Visitor): Promise<AnswerMaster> {
  const reply = await person.get('/respond/master.json');
  expect([reply.statusCode, reply.headers['content-disposition']]).toEqual([
    200,
    expect.stringContaining('attachment'),
  ]);
  return reply.json();
}

async function stranger(options: Parameters<typeof invited>[2] = {}): Promise<Invited & { person: Visitor }> {
  const sent = await invited(test.app, test.services, { dueOn: FAR, ...options });
  return { ...sent, person: await enter(test.app, test.services, sent.token) };
}

function upload(person: Visitor, content: string | Uint8Array | object, name = '回答マスタ.json') {
  const bytes = typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content);
  return uploadMaster(test.app, test.services, person, bytes, name);
}

describe('the vendor’s own file', () => {
  it('holds answers, references, evidence by hash and a receipt of the disclosure, and nothing internal', async () => {
    const { person, on } = await submittedRequest(test.app, test.services, given);
    test.services.clock.advance(-180 * 86_400_000);
    const master = await masterOf(person);
    test.services.clock.advance(180 * 86_400_000);
    expect(master).toMatchObject({
      format: 'kantoku/answer-master/1',
      questionnaire: { id: 'jp-cloud-ppc', version: '1.0.0' },
      vendor: { service: 'あおぞら人事' },
      disclosures: [
        {
          customer: { ja: '株式会社みなと労務' },
          receiptNumber: expect.stringMatching(/^KR-/),
          reference: expect.stringMatching(/^KA-/),
          attestedBy: { name: '佐藤一郎', title: '情報システム部長' },
          answers: 4,
        },
      ],
    });
    expect(master.answers.find(({ question }) => question === 'AUTH-01')).toMatchObject({
      value: 12,
      on,
      type: 'number',
    });
    expect(master.answers.every(({ references }) => references.length > 0)).toBe(true);
    expect(JSON.stringify(master)).not.toMatch(/"(weight|score|advice|finding|legalFact|bands|failureSeverity)"/);
  });

  it('can be downloaded before the submission, by who coordinates the answers only', async () => {
    const { person, linkId } = await stranger();
    await answer(person, 'AUTH-01', { revision: 0, value: 10 });
    expect(await masterOf(person)).toMatchObject({ answers: [{ question: 'AUTH-01', value: 10 }], disclosures: [] });
    for (const role of ['contributor', 'checker', 'approver']) {
      await asOwner(test.services.ownerUrl, (client) =>
        client.query('update respondent_links set role = $2 where id = $1', [linkId, role]),
      );
      expect((await person.get('/respond/master.json')).statusCode).toBe(403);
    }
  });

  it('has a published schema that takes it and nothing more', async () => {
    const schema = (await test.app.inject({ url: '/schemas/answer-master-v1.json' })).json();
    expect(schema).toMatchObject({
      additionalProperties: false,
      properties: { answers: { items: { additionalProperties: false } } },
    });
  });
});

describe('a master uploaded at another customer', () => {
  it('offers every answer, keeps nothing of who it was disclosed to, and answers nothing', async () => {
    const first = await submittedRequest(test.app, test.services, given, { reference: 'KA-2026-SECRET' });
    test.services.clock.advance(-180 * 86_400_000);
    const master = await masterOf(first.person);
    test.services.clock.advance(180 * 86_400_000);
    master.disclosures = master.disclosures.map((one) => ({
      ...one,
      customer: { ja: '別件の顧客', en: 'Other Customer' },
    }));
    const second = await stranger();
    const page = await upload(second.person, master);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('4問に回答マスタの回答を提示しました');
    const offers = await offersOf(test.services, second);
    expect(offers.map(({ questionId, value }) => [questionId, value])).toEqual(
      Object.entries(given).sort(([a], [b]) => (a < b ? -1 : 1)),
    );
    expect(offers[0]?.source).toEqual({ kind: 'master', label: '回答マスタ.json', on: first.on });
    expect((await second.person.get('/api/respond/assessment')).json().answers).toEqual({});
    await asOwner(test.services.ownerUrl, async (client) => {
      const { rows } = await client.query(
        `select (select string_agg(p::text, '') from prefills p where assessment_id = $1) ||
                (select string_agg(e::text, '') from audit_events e where assessment_id = $1) as everything`,
        [second.assessmentId],
      );
      expect(rows[0].everything).toContain('株式会社あおぞら');
      expect(rows[0].everything).not.toMatch(/SECRET|別件の顧客|Other Customer|佐藤一郎|KR-/);
    });
  });

  it('becomes an answer by a person’s word, and the customer learns the day but not the file’s name', async () => {
    const { person, assessmentId } = await stranger();
    await upload(person, masterWith({ value: 14 }), '甲社向け控え.json');
    const taken = await postJson(test.app, test.services, person, '/api/respond/prefills/AUTH-01/adoption', {
      revision: 0,
    });
    expect(taken.statusCode).toBe(200);
    await asOwner(test.services.ownerUrl, async (client) => {
      const { rows } = await client.query(
        `select action, details from audit_events where assessment_id = $1 and action ~ '^(answer|master)' order by action`,
        [assessmentId],
      );
      expect(rows).toEqual([
        { action: 'answer.adopted', details: { source: { kind: 'master', on: '2026-04-01' } } },
        { action: 'answer.saved', details: expect.objectContaining({ source: 'master' }) },
        { action: 'master.uploaded', details: { offered: 1, misfits: 0, unmatched: 0 } },
      ]);
    });
  });

  it('leaves answered questions and newer offers alone, and says so', async () => {
    const first = await submittedRequest(test.app, test.services, { 'AUTH-01': 12, 'BCK-02': 3 });
    const again = await requestAgain(test.services, first);
    const person = await enter(test.app, test.services, again.token);
    await answer(person, 'ORG-02', { revision: 0, value: 'doc' });
    const page = await upload(person, {
      ...masterWith({ value: 8 }),
      answers: [
        entry('AUTH-01', 'number', 8, '2026-04-01'),
        entry('BCK-02', 'number', 5, first.on),
        entry('ORG-02', 'single', 'yes', first.on),
      ],
    });
    expect(page.body).toMatch(
      /1問に回答マスタの回答を提示[\s\S]*そのままにした設問：1問[\s\S]*そのままにした設問：1問/,
    );
    expect((await offersOf(test.services, again)).map(({ value, source }) => [value, source.kind])).toEqual([
      [12, 'previous'],
      [5, 'master'],
    ]);
  });

  it('names what no longer fits and why, and what has no question here', async () => {
    const { person, ...sent } = await stranger();
    const page = await upload(person, {
      ...masterWith({ value: 8 }),
      answers: [
        entry('ORG-02', 'single', 'perhaps', '2026-04-01'),
        entry('AUTH-01', 'text', '十二', '2026-04-01'),
        entry('XYZ-99', 'text', '何か', '2026-04-01'),
      ],
    });
    expect(page.body).toMatch(/合わなくなった回答：2件[\s\S]*対応する設問がない回答：1件/);
    expect(page.body).toContain('この設問の選択肢にありません');
    expect(await offersOf(test.services, sent)).toEqual([]);
  });

  it('is matched by shared references where the questionnaire is another, apart and never laid open', async () => {
    const { person, ...sent } = await stranger();
    const { byId } = test.services.questionnaires.get('jp-cloud-ppc', '1.0.0').compiled;
    const { references = [], unit } = byId.get('AUTH-01')?.question ?? {};
    const words = [{ ja: `12${unit?.ja}`, en: `12 ${unit?.en}` }];
    await upload(person, {
      ...masterWith({ value: 8 }),
      questionnaire: { id: 'other-sheet', version: '3', title: { ja: '別表', en: 'Other' } },
      answers: [
        { ...entry('P-7', 'number', 12, '2026-04-01'), references, words },
        { ...entry('P-8', 'number', 12, '2026-04-01'), references, words: [{ ja: '12日', en: '12 days' }] },
      ],
    });
    expect(
      (await offersOf(test.services, sent)).map(({ questionId, source }) => [questionId, source.asked?.id]),
    ).toEqual([['AUTH-01', 'P-7']]);
    const page = (await person.get('/respond/sections/AUTH')).body;
    expect(page).toContain('根拠が共通する設問の回答');
    expect(page).toMatch(/data-prefill="AUTH-01">/);
    expect(page).not.toMatch(/data-prefill="AUTH-01" open/);
  });

  it('offers a contributor the own part only', async () => {
    const { person, linkId, ...sent } = await stranger();
    await asOwner(test.services.ownerUrl, (client) =>
      client.query(
        `update respondent_links set role = 'contributor', scope = '{"sections":["ORG"],"questions":[]}' where id = $1`,
        [linkId],
      ),
    );
    const page = await upload(person, {
      ...masterWith({ value: 8 }),
      answers: [entry('ORG-02', 'single', 'yes', '2026-04-01'), entry('AUTH-01', 'number', 8, '2026-04-01')],
    });
    expect(page.body).toContain('1問に回答マスタの回答を提示');
    expect((await offersOf(test.services, { linkId, ...sent } as Invited)).map(({ questionId }) => questionId)).toEqual(
      ['ORG-02'],
    );
    expect((await person.get('/respond/reuse')).body).not.toContain('/respond/sections/AUTH');
  });
});

describe('a hostile or mistaken file', () => {
  const bad: [string, string | Uint8Array | object, number, RegExp][] = [
    ['no JSON', 'とりあえず', 400, /回答マスタではありません/],
    ['another JSON', { format: 'kantoku/report/1' }, 400, /回答マスタではありません/],
    ['a list', '[]', 400, /回答マスタではありません/],
    ['null', 'null', 400, /回答マスタではありません/],
    ['nesting without end', `${'['.repeat(200_000)}`, 422, /入れ子が深すぎます/],
    [
      'nesting that ends',
      { ...masterWith({ value: 1 }), label: JSON.parse(`${'['.repeat(50)}${']'.repeat(50)}`) },
      422,
      /入れ子/,
    ],
    ['more values than anybody has', `[${'1,'.repeat(200_000)}1]`, 422, /項目が多すぎる/],
    ['a later version', { ...masterWith({ value: 1 }), format: 'kantoku/answer-master/2' }, 400, /\/format：/],
    ['an unknown field', { ...masterWith({ value: 1 }), score: 100 }, 400, /\/score：この項目は/],
    ['an unknown field of an answer', masterWith({ value: 1, weight: 5 }), 400, /\/answers\/0\/weight：この項目は/],
    [
      'a polluting name',
      JSON.stringify(masterWith({ value: 1 })).replace('"answers"', '"__proto__":{"a":1},"answers"'),
      400,
      /\/__proto__：/,
    ],
    ['an answer that is none', masterWith({ value: { a: 1 } }), 400, /\/answers\/0\/value：/],
    ['a deep answer', masterWith({ value: [[['x']]] }), 400, /\/answers\/0\/value：/],
    ['a day to come', masterWith({ value: 1, on: '2999-01-01' }), 400, /\/answers\/0\/on：/],
    ['no real day', masterWith({ value: 1, on: '2026-02-30' }), 400, /\/answers\/0\/on：/],
    [
      'one question twice',
      {
        ...masterWith({ value: 1 }),
        answers: [entry('A-1', 'number', 1, '2026-04-01'), entry('A-1', 'number', 2, '2026-04-01')],
      },
      400,
      /\/answers\/1\/question：/,
    ],
    ['too long a text', masterWith({ value: 'あ'.repeat(10_001), type: 'text' }), 400, /\/answers\/0\/value：/],
    ['invalid UTF-8', new Uint8Array([0x7b, 0xff, 0xfe]), 400, /回答マスタではありません/],
    ['too large a file', ' '.repeat(5 * 1024 ** 2 + 1), 413, /5MBまで/],
    ['nothing', '', 400, /回答マスタではありません/],
  ];
  let person: Visitor;
  beforeAll(async () => {
    person = (await stranger()).person;
  });
  it.each(bad)('is refused with a word on how to mend it: %s', async (_name, content, status, words) => {
    const page = await upload(person, content);
    expect(page.statusCode).toBe(status);
    expect(page.body).toMatch(words);
    expect(page.body).toContain('<title>エラー：');
  });

  it('is refused when no file was chosen, and as JSON to programs', async () => {
    const { person } = await stranger();
    expect((await upload(person, '', '')).body).toContain('ファイル（JSON または Excel）を選んでください');
    const refused = await uploadMaster(test.app, test.services, person, '{}', 'x.json', { accept: 'application/json' });
    expect([refused.statusCode, refused.json().code]).toEqual([400, 'not_a_master']);
  });

  it('cannot put characters into the database that it cannot hold', async () => {
    const { person } = await stranger();
    const clean = await upload(person, masterWith({ value: 'a\u0000b\ud800c', type: 'text', question: 'ORG-01' }));
    expect(clean.statusCode).toBe(200);
  });
});

function entry(question: string, type: string, value: unknown, on: string) {
  return { question, type, text: { ja: '設問', en: 'Question' }, references: ['X-1'], words: [], value, on };
}

function masterWith(answer: Record<string, unknown>) {
  return {
    format: 'kantoku/answer-master/1',
    exportedAt: '2026-04-02T00:00:00.000Z',
    vendor: { name: { ja: '当社', en: 'We' }, service: '人事' },
    questionnaire: { id: 'jp-cloud-ppc', version: '1.0.0', title: { ja: '質問票', en: 'Questionnaire' } },
    answers: [{ ...entry('AUTH-01', 'number', 1, '2026-04-01'), ...answer }],
    evidence: [] as object[],
    disclosures: [] as object[],
  };
}

describe('the workbook of a master', () => {
  it('is downloaded, edited and uploaded like the JSON', async () => {
    const first = await stranger();
    await answer(first.person, 'AUTH-01', { revision: 0, value: 10, comment: '設定画面で強制' });
    const reply = await first.person.get('/respond/master.xlsx');
    expect([reply.statusCode, reply.headers['content-disposition']]).toEqual([200, expect.stringMatching(/\.xlsx"/)]);
    const second = await stranger();
    const page = await upload(second.person, reply.rawPayload, '回答マスタ.xlsx');
    expect(page.body).toContain('1問に回答マスタの回答を提示');
    expect(await offersOf(test.services, second)).toMatchObject([
      {
        questionId: 'AUTH-01',
        value: 10,
        comment: '設定画面で強制',
        source: { kind: 'master', label: '回答マスタ.xlsx' },
      },
    ]);
  });

  it('is refused with a reason when it is another workbook or none', async () => {
    const { person } = await stranger();
    const other = await test.services.spreadsheets.write({
      ...{ title: 'x', creator: 'y', madeAt: '2026-01-01T00:00:00.000Z' },
      sheets: [{ name: 'Sheet1', state: 'visible', columns: [{ width: 10 }], rows: [{ cells: [{ value: '表' }] }] }],
    });
    const refused = await upload(person, other, '別.xlsx');
    expect([refused.statusCode, refused.body]).toEqual([400, expect.stringContaining('回答マスタではありません')]);
    const broken = await upload(person, Buffer.from('PK\u0003\u0004 no archive'), '壊れた.xlsx');
    expect([broken.statusCode, broken.body]).toEqual([422, expect.stringContaining('error-summary')]);
  });
});

describe('the page about reuse', () => {
  it('counts what waits, leads there, and brings back what was put aside', async () => {
    const first = await submittedRequest(test.app, test.services, given);
    const again = await requestAgain(test.services, first);
    const person = await enter(test.app, test.services, again.token);
    const page = (await person.get('/respond/reuse')).body;
    expect(page).toMatch(/href="\/respond\/sections\/AUTH#q-AUTH-01"[\s\S]*1問に提示あり/);
    await postJson(test.app, test.services, person, '/api/respond/prefills/AUTH-01/dismissal', {});
    expect((await person.get('/respond/reuse')).body).not.toContain('#q-AUTH-01');
    expect((await person.post('/respond/reuse/restoration')).statusCode).toBe(303);
    expect((await person.get('/respond/reuse')).body).toContain('#q-AUTH-01');
  });

  it('stays readable after the submission, with the downloads and without the upload', async () => {
    const { person } = await stranger();
    await person.post('/respond/submission', { attested: 'yes', unanswered: 'yes', name: '佐藤', title: '部長' });
    const page = (await person.get('/respond/reuse')).body;
    expect([page.includes('/respond/master.xlsx'), page.includes('action="/respond/master"')]).toEqual([true, false]);
    expect((await upload(person, masterWith({ value: 1 }))).statusCode).toBe(409);
  });

  it.each(['checker', 'approver'])('is not for who only checks: %s', async (role) => {
    const { person, linkId } = await stranger();
    await asOwner(test.services.ownerUrl, (client) =>
      client.query('update respondent_links set role = $2 where id = $1', [linkId, role]),
    );
    expect((await person.get('/respond/reuse')).headers.location).toBe('/respond');
    expect((await upload(person, masterWith({ value: 1 }))).statusCode).toBe(403);
  });
});
