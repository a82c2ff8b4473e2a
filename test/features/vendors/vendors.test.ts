import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { asOwner } from '../../support/database.ts';
import { type Customer, type Form, newCustomer, words } from './customer.ts';

let test: TestApp;
let customer: Customer;

beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());
beforeEach(async () => {
  customer = await newCustomer(test);
});

const vendor: Form = {
  name: '株式会社テスト',
  nameEn: 'Test Corporation',
  corporateNumber: '７０００-０１２０-５０００２',
  address: '東京都港区1-2-3',
  note: '1行目\r\n2行目',
};

async function addVendor(form: Form = vendor): Promise<string> {
  const answer = await customer.owner.post('/vendors', form);
  expect(answer.statusCode).toBe(303);
  return /^\/vendors\/([\da-f-]{36})\?done=vendors.created$/.exec(String(answer.headers.location))?.[1] ?? '';
}

async function rows(query: string, values: unknown[]): Promise<Record<string, unknown>[]> {
  let found: Record<string, unknown>[] = [];
  await asOwner(test.services.ownerUrl, async (client) => {
    found = (await client.query(query, values)).rows;
  });
  return found;
}

describe('the register of vendors', () => {
  it('starts empty and says how to begin; an auditor is told who does', async () => {
    expect(words((await customer.owner.get('/vendors')).body)).toContain('まだ委託先が登録されていません');
    const forReader = await customer.auditor.get('/vendors');
    expect(words(forReader.body)).toContain('組織の担当者が登録します');
    expect(forReader.body).not.toContain('href="/vendors/new"');
  });

  it('keeps a vendor with its number in plain digits and records who added it', async () => {
    const id = await addVendor();
    const page = words((await customer.auditor.get(`/vendors/${id}`)).body);
    for (const text of [
      '株式会社テスト',
      'Test Corporation',
      '7000012050002',
      '東京都港区1-2-3',
      'まだサービスが登録されていません',
    ]) {
      expect(page).toContain(text);
    }
    const [event] = await rows('select * from audit_events where organisation_id = $1', [customer.organisationId]);
    expect(event).toMatchObject({ action: 'vendor.created', actor_name: '佐藤 花子', subject: '株式会社テスト' });
  });

  it('changes every field, and empties what was emptied', async () => {
    const id = await addVendor();
    const answer = await customer.member.post(`/vendors/${id}`, {
      name: '株式会社テスト改',
      corporateNumber: '',
      note: '',
    });
    expect(answer.headers.location).toBe(`/vendors/${id}?done=vendors.saved`);
    const [row] = await rows('select * from vendors where id = $1', [id]);
    expect(row).toMatchObject({
      name: '株式会社テスト改',
      name_en: null,
      corporate_number: null,
      address: null,
      note: '',
    });
  });

  it('says what is wrong with each field and keeps what was typed', async () => {
    const typed = { name: ' ', corporateNumber: '7000012050003', address: 'あ'.repeat(301), note: '<b>メモ</b>' };
    const answer = await customer.owner.post('/vendors', typed);
    expect(answer.statusCode).toBe(400);
    const page = words(answer.body);
    expect(page).toContain('委託先の名称を入力してください。');
    expect(page).toContain('法人番号の検査数字が合いません。');
    expect(page).toContain('300文字以内にしてください（現在301文字）。');
    expect(answer.body).toContain('value="7000012050003"');
    expect(answer.body).toContain('&lt;b&gt;メモ&lt;/b&gt;');
    expect(answer.body).toContain('<a href="#corporateNumber">');
    expect(await rows('select 1 from vendors where organisation_id = $1', [customer.organisationId])).toHaveLength(0);
  });

  it('makes one vendor of a form sent ten times at once', async () => {
    const id = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => customer.owner.post('/vendors', { ...vendor, id })),
    );
    expect(new Set(answers.map(({ headers }) => headers.location))).toEqual(
      new Set([`/vendors/${id}?done=vendors.created`]),
    );
    expect(await rows('select 1 from vendors where id = $1', [id])).toHaveLength(1);
    expect(await rows("select 1 from audit_events where details->>'id' = $1", [id])).toHaveLength(1);
  });

  it('finds by part of a name in any width, by English name and by number, and takes % literally', async () => {
    await addVendor({ name: '株式会社ＡＢＣクラウド' });
    await addVendor({ name: '100%社', nameEn: 'Hundred Percent' });
    const found = async (q: string) => {
      const { body } = await customer.owner.get(`/vendors?q=${encodeURIComponent(q)}`);
      return ['ＡＢＣ', '100%社'].filter((name) => body.includes(`>株式会社${name}`) || body.includes(`>${name}`));
    };
    expect(await found('abcク')).toEqual(['ＡＢＣ']);
    expect(await found('hundred')).toEqual(['100%社']);
    expect(await found('0%')).toEqual(['100%社']);
    expect(await found('%')).toEqual(['100%社']);
    expect(words((await customer.owner.get('/vendors?q=zzz')).body)).toContain('一致する委託先はありません');
  });

  it('shows fifty a page', async () => {
    await asOwner(test.services.ownerUrl, (client) =>
      client.query(
        "insert into vendors (organisation_id, id, name) select $1, gen_random_uuid(), 'V' || lpad(n::text, 3, '0') from generate_series(1, 51) n",
        [customer.organisationId],
      ),
    );
    const first = await customer.owner.get('/vendors');
    const second = await customer.owner.get('/vendors?page=2');
    expect([first.body.includes('V050'), first.body.includes('V051'), second.body.includes('V051')]).toEqual([
      true,
      false,
      true,
    ]);
    expect(first.body).toContain('href="/vendors?page&#x3D;2"');
  });
});

const service: Form = {
  name: '社労夢',
  version: '5.0',
  deliveryModel: 'saas',
  entrustedWork: '社会保険の手続',
  usualItems: ['identity', 'myNumber'],
  ownItems: '健康診断の結果\r\n\r\n 健康診断の結果 \r\n社員番号',
  dataSubjects: '１２,０００人',
  criticality: 'high',
};

describe('the services of a vendor', () => {
  it('are kept with their data items once each, and the risk is told with its reasons', async () => {
    const id = await addVendor();
    const answer = await customer.owner.post(`/vendors/${id}/services`, service);
    expect(answer.statusCode).toBe(303);
    const [row] = await rows('select * from services where vendor_id = $1', [id]);
    expect(row).toMatchObject({
      data_items: ['氏名・住所・生年月日', '個人番号（マイナンバー）', '健康診断の結果', '社員番号'],
      data_subjects: 12_000,
      delivery_model: 'saas',
    });
    const page = words((await customer.owner.get(`/vendors/${id}`)).body);
    for (const text of ['固有リスク 高', '番号法 第11条', 'ガイドライン（通則編）10 ※2', '12,000人', '6〜12か月ごと']) {
      expect(page).toContain(text);
    }
  });

  it('come back as typed when something is missing or no number', async () => {
    const id = await addVendor();
    const typed = { ...service, name: '', deliveryModel: '', dataSubjects: '約百人', criticality: 'extreme' };
    const answer = await customer.owner.post(`/vendors/${id}/services`, typed);
    expect(answer.statusCode).toBe(400);
    for (const field of ['name', 'deliveryModel', 'dataSubjects', 'criticality']) {
      expect(answer.body).toContain(`<a href="#${field}">`);
    }
    expect(answer.body).toContain('value="約百人"');
    expect(answer.body).toMatch(/value="myNumber" checked/);
    expect(answer.body).toContain('社員番号</textarea>');
  });

  it('can be changed: an unknown number of people is not zero', async () => {
    const id = await addVendor();
    await customer.owner.post(`/vendors/${id}/services`, service);
    const [{ id: serviceId } = { id: '' }] = await rows('select id from services where vendor_id = $1', [id]);
    const form = await customer.owner.get(`/vendors/${id}/services/${serviceId}/edit`);
    expect(form.body).toMatch(/value="identity" checked/);
    expect(form.body).toContain('健康診断の結果\n社員番号</textarea>');
    await customer.owner.post(`/vendors/${id}/services/${serviceId}`, { ...service, dataSubjects: '' });
    expect((await rows('select data_subjects from services where vendor_id = $1', [id]))[0]).toEqual({
      data_subjects: null,
    });
    await customer.owner.post(`/vendors/${id}/services/${serviceId}`, { ...service, dataSubjects: '0' });
    expect(words((await customer.owner.get(`/vendors/${id}`)).body)).toContain('0人');
  });
});

describe('who may see and change the register', () => {
  it('answers a foreign, an unknown and a malformed id alike, on every route', async () => {
    const id = await addVendor();
    await customer.owner.post(`/vendors/${id}/services`, service);
    const [{ id: serviceId } = { id: '' }] = await rows('select id from services where vendor_id = $1', [id]);
    const other = await newCustomer(test);
    const bodies = new Set<string>();
    for (const [vendorId, serviceOne] of [
      [id, serviceId],
      [randomUUID(), randomUUID()],
      ['x', "1'--"],
    ]) {
      for (const path of ['', '/edit', '/services/new', `/services/${serviceOne}/edit`]) {
        const answer = await other.owner.get(`/vendors/${vendorId}${path}`);
        expect(answer.statusCode).toBe(404);
        bodies.add(words(answer.body));
      }
      for (const path of ['', '/services', `/services/${serviceOne}`]) {
        const answer = await other.owner.post(`/vendors/${vendorId}${path}`, path === '' ? vendor : service);
        expect([path, answer.statusCode]).toEqual([path, 404]);
      }
      for (const path of ['', '/services']) {
        const answer = await other.owner.get(`/api/vendors/${vendorId}${path}`);
        expect([answer.statusCode, answer.json().code]).toEqual([404, 'not_found']);
      }
    }
    expect(bodies.size).toBe(1);
    expect((await rows('select name from vendors where id = $1', [id]))[0]).toEqual({ name: '株式会社テスト' });
    expect(await rows('select 1 from services where vendor_id = $1', [id])).toHaveLength(1);
    expect((await other.owner.get('/vendors')).body).not.toContain('株式会社テスト');
  });

  it('lets an auditor read but neither add nor change', async () => {
    const id = await addVendor();
    expect((await customer.auditor.get(`/vendors/${id}`)).statusCode).toBe(200);
    for (const path of ['/vendors/new', `/vendors/${id}/edit`, `/vendors/${id}/services/new`]) {
      expect((await customer.auditor.get(path)).statusCode).toBe(403);
    }
    for (const path of ['/vendors', `/vendors/${id}`, `/vendors/${id}/services`]) {
      expect((await customer.auditor.post(path, vendor)).statusCode).toBe(403);
    }
    expect((await customer.auditor.send('/api/vendors', { name: 'X' })).statusCode).toBe(403);
  });

  it('sends nobody in without a session', async () => {
    const answer = await test.app.inject({ url: '/api/vendors' });
    expect([answer.statusCode, answer.json().code]).toEqual([401, 'sign_in_needed']);
  });
});

describe('the register as JSON', () => {
  it('adds a vendor and a service and gives both back, with the risk', async () => {
    const added = await customer.owner.send('/api/vendors', { name: '株式会社API', corporateNumber: '1180301018771' });
    expect(added.statusCode).toBe(201);
    const { id } = added.json();
    const made = await customer.owner.send(`/api/vendors/${id}/services`, {
      name: 'API',
      deliveryModel: 'paas',
      criticality: 'low',
      dataItems: ['Individual Numbers (My Number)'],
      dataSubjects: null,
    });
    expect(made.statusCode).toBe(201);
    const listed = (await customer.auditor.get('/api/vendors?q=api')).json();
    expect(listed).toMatchObject({
      total: 1,
      vendors: [{ id, name: '株式会社API', corporateNumber: '1180301018771' }],
    });
    expect(listed.vendors[0].services[0]).toMatchObject({
      dataItems: ['個人番号（マイナンバー）'],
      dataSubjects: null,
      inherentRisk: { tier: 'high' },
    });
    expect((await customer.auditor.get(`/api/vendors/${id}/services`)).json().services).toHaveLength(1);
  });

  it('refuses unknown fields, wrong types and wrong values as problem documents that name the place', async () => {
    for (const [body, path] of [
      [{ name: 'X', role: 'admin' }, '/role'],
      [{ name: 5 }, '/name'],
      [{}, '/name'],
      [{ name: 'X', corporateNumber: '123' }, 'corporateNumber'],
    ] as const) {
      const answer = await customer.owner.send('/api/vendors', body);
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([
        400,
        expect.stringContaining('application/problem+json'),
      ]);
      expect(answer.json().errors.map((error: { path: string }) => error.path)).toContain(path);
    }
  });
});
