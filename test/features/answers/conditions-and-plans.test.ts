import { describe, expect, it } from 'vitest';
import { usualSettings } from '../../../db/schema/assessments.ts';
import { asOwner } from '../../support/database.ts';
import { beforeEachAnswering, sent, test, vendor } from './answering.ts';

beforeEachAnswering();

// The test clock stands at 2026-04-15.
const plan = { by: '2026-09-30', measure: '全利用者に必須化' };
const conditional = { value: 'all', condition: 'エンタープライズプランの契約' };

async function stored(question = 'AUTH-05'): Promise<Record<string, unknown> | undefined> {
  let found: Record<string, unknown>[] = [];
  await asOwner(test.services.ownerUrl, async (client) => {
    const query = 'select * from answers where assessment_id = $1 and question_id = $2';
    found = (await client.query(query, [sent.assessmentId, question])).rows;
  });
  return found[0];
}
const fieldsOf = (id: string, fields: Record<string, string | string[]>) =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [`${id}.${name}`, value]));
const onPage = (id: string, body: string) =>
  new RegExp(`<fieldset[^>]*id="q-${id}".*?data-state`, 's').exec(body)?.[0] ?? '';

describe('the API', () => {
  it('saves both beside the answer, in the trail from and to, and gives them back', async () => {
    const saved = await vendor.put('AUTH-05', { revision: 0, value: 'opt', plan, conditional });
    expect(saved.status, saved.body).toBe(200);
    expect(await stored()).toMatchObject({ value: 'opt', plan, conditional });
    const { answers } = (await vendor.get('/api/respond/assessment')).json as { answers: Record<string, object> };
    expect(answers['AUTH-05']).toMatchObject({ value: 'opt', plan, conditional });
    await vendor.put('AUTH-05', { revision: 1, plan: null, conditional: null });
    expect(await stored()).toMatchObject({ value: 'opt', plan: null, conditional: null });
    const { answers: after } = (await vendor.get('/api/respond/assessment')).json as typeof answers & {
      answers: object;
    };
    expect(JSON.stringify(after)).not.toContain('エンタープライズ');
  });

  it('leaves alone what a change does not name', async () => {
    await vendor.put('AUTH-05', { revision: 0, value: 'opt', plan, conditional });
    await vendor.put('AUTH-05', { revision: 1, comment: '補足' });
    expect(await stored()).toMatchObject({ revision: 2, plan, conditional });
  });

  it('refuses what does not fit, at its place', async () => {
    const refused = async (input: object) => {
      const reply = await vendor.put('AUTH-05', { revision: 0, value: 'opt', ...input });
      return [reply.status, ...((reply.json as { errors?: { path: string }[] }).errors ?? []).map(({ path }) => path)];
    };
    expect(await refused({ plan: { by: '2026-04-15', measure: 'x' } })).toEqual([422, '/plan/by']);
    expect(await refused({ plan: { by: '2026-04-31', measure: 'x' } })).toEqual([422, '/plan/by']);
    expect(await refused({ plan: { by: '2026-04-16', measure: ' ' } })).toEqual([422, '/plan/measure']);
    expect(await refused({ conditional: { ...conditional, value: 'opt' } })).toEqual([422, '/conditional/value']);
    expect(await refused({ conditional: { ...conditional, value: 'nope' } })).toEqual([422, '/conditional/value']);
    expect(await refused({ conditional: { ...conditional, condition: '' } })).toEqual([422, '/conditional/condition']);
    expect((await refused({ plan: { ...plan, score: 1 } }))[0]).toBe(400);
    expect((await refused({ conditional: { ...conditional, holds: true } }))[0]).toBe(400);
    expect(await stored()).toBeUndefined();
    const fact = await vendor.put('ORG-01', {
      revision: 0,
      value: '株式会社',
      conditional: { ...conditional, value: 'x' },
    });
    expect(fact.json).toMatchObject({ errors: [{ path: '/conditional' }] });
  });

  it('asks for another date where one holds a character that nothing can store', async () => {
    for (const by of ['2026-09-3\0', '2026-09-3\ud800']) {
      const { status, body } = await vendor.put('AUTH-05', { revision: 0, value: 'opt', plan: { ...plan, by } });
      expect([status, body]).toEqual([422, expect.stringContaining('/plan/by')]);
    }
    expect(await stored()).toBeUndefined();
  });

  it('refuses a new answer that a stored condition only repeats', async () => {
    await vendor.put('AUTH-05', { revision: 0, value: 'opt', conditional });
    expect(await vendor.put('AUTH-05', { revision: 1, value: 'all' })).toMatchObject({
      status: 422,
      json: { errors: [{ path: '/conditional/value' }] },
    });
    expect((await vendor.put('AUTH-05', { revision: 1, value: null })).status).toBe(422);
    expect((await vendor.put('AUTH-05', { revision: 1, value: 'all', conditional: null })).status).toBe(200);
  });

  it('tells both versions of a conflict with their conditions and plans', async () => {
    await vendor.put('AUTH-05', { revision: 0, value: 'opt', plan });
    const clash = await vendor.put('AUTH-05', { revision: 0, value: 'none', conditional });
    expect(clash.status).toBe(409);
    const { yours, current } = clash.json as Record<'yours' | 'current', { addOns: { ja: string; en: string }[] }>;
    expect(yours.addOns[0]?.ja).toMatch(/^条件付き：.+（条件：エンタープライズプランの契約）$/);
    expect(current.addOns).toEqual([
      { ja: '対応予定：2026年9月30日まで　全利用者に必須化', en: 'Planned by 30 Sept 2026: 全利用者に必須化' },
    ]);
  });

  it('takes no plan where the customer takes none, and reads none', async () => {
    await vendor.put('AUTH-05', { revision: 0, value: 'opt', plan });
    await setPlans(false);
    expect(await vendor.put('AUTH-05', { revision: 1, plan })).toMatchObject({
      status: 422,
      json: { errors: [{ path: '/plan' }] },
    });
    expect((await vendor.put('AUTH-05', { revision: 1, comment: '補足' })).status).toBe(200);
    const body = (await vendor.get('/api/respond/assessment')).body;
    expect(body).not.toContain('全利用者に必須化');
    expect((await vendor.get('/respond/sections/AUTH')).body).not.toContain('planMeasure');
    await setPlans(true);
    expect((await vendor.get('/respond/check')).body).toContain('全利用者に必須化');
  });
});

describe('as typed on the page', () => {
  const typed = (fields: Record<string, string | string[]>, id = 'AUTH-05') =>
    vendor.type(id, fieldsOf(id, { revision: '0', was: '', ...fields }));

  it('reads the date as people write it, and says what was understood', async () => {
    const saved = await typed({ choice: 'opt', planBy: '令和８年９月３０日', planMeasure: ' 全員に ' });
    expect(saved).toMatchObject({
      status: 200,
      json: { offersPlan: true, planUnderstood: { ja: '2026年9月30日(水)', en: 'Wed 30 Sept 2026' } },
    });
    expect(await stored()).toMatchObject({ plan: { by: '2026-09-30', measure: '全員に' }, conditional: null });
    const page = onPage('AUTH-05', (await vendor.get('/respond/sections/AUTH')).body);
    expect(page).toContain('2026年9月30日(水) として受け付けました');
  });

  it('offers a plan where something is left to do', async () => {
    expect((await typed({ choice: 'all' })).json).toMatchObject({ offersPlan: false });
    expect((await typed({ revision: '1', choice: 'unknown' })).json).toMatchObject({ offersPlan: true });
    await setPlans(false);
    expect((await typed({ revision: '2', choice: 'none' })).json).toMatchObject({ offersPlan: false });
  });

  it('takes choices, lists, numbers and the none-option under a condition', async () => {
    const given = { condition: '上位プラン' };
    expect((await typed({ choice: 'opt', conditionalChoice: 'all', ...given })).status).toBe(200);
    expect(await stored()).toMatchObject({ conditional: { value: 'all', condition: '上位プラン' } });
    const list = { choice: ['seq'], conditionalChoice: ['seq', 'ctx'], ...given };
    expect((await typed(list, 'AUTH-02')).status).toBe(200);
    expect(await stored('AUTH-02')).toMatchObject({ conditional: { value: ['seq', 'ctx'] } });
    expect((await typed({ typed: '6', conditionalTyped: '１２', ...given }, 'LOG-02')).status).toBe(200);
    expect(await stored('LOG-02')).toMatchObject({ conditional: { value: 12 } });
    const none = { revision: '1', typed: '6', conditionalChoice: 'none', ...given };
    expect((await typed(none, 'LOG-02')).status).toBe(200);
    expect(await stored('LOG-02')).toMatchObject({ conditional: { value: 'none' } });
    expect((await typed({ ...none, revision: '2', conditionalTyped: '3' }, 'LOG-02')).json).toMatchObject({
      errors: [{ path: '/conditional/value' }],
    });
  });

  it('drops what is emptied, and keeps what was not on the page', async () => {
    await typed({
      choice: 'opt',
      conditionalChoice: 'all',
      condition: '上位プラン',
      planBy: '2026/9/30',
      planMeasure: 'x',
    });
    await typed({ revision: '1', choice: 'opt', comment: '補足' });
    expect(await stored()).toMatchObject({ revision: 2, conditional: { value: 'all' }, plan: { by: '2026-09-30' } });
    await typed({ revision: '2', choice: 'opt', conditionalChoice: '', condition: '', planBy: '', planMeasure: '' });
    expect(await stored()).toMatchObject({ revision: 3, conditional: null, plan: null });
  });

  it('asks for the half that is missing', async () => {
    const paths = async (fields: Record<string, string>) =>
      ((await typed({ choice: 'opt', ...fields })).json as { errors: { path: string }[] }).errors.map(
        ({ path }) => path,
      );
    expect(await paths({ planBy: '', planMeasure: 'x' })).toEqual(['/plan/by']);
    expect(await paths({ planBy: '来年', planMeasure: 'x' })).toEqual(['/plan/by']);
    expect(await paths({ planBy: '2026-09-30', planMeasure: '' })).toEqual(['/plan/measure']);
    expect(await paths({ conditionalChoice: 'all', condition: '' })).toEqual(['/conditional/condition']);
    expect(await paths({ conditionalChoice: '', condition: '上位プラン' })).toEqual(['/conditional/value']);
  });
});

describe('without scripts', () => {
  const posted = (fields: Record<string, string | string[]>) =>
    vendor.post('AUTH', { action: 'save', ...fieldsOf('AUTH-05', { revision: '0', was: '', ...fields }) });

  it('offers both under scored questions, closed until they are filled in', async () => {
    const body = (await vendor.get('/respond/sections/AUTH')).body;
    const page = onPage('AUTH-05', body);
    expect(page).toContain('契約プランなどの条件付きで満たす場合');
    expect(page).toContain('対応予定がある場合');
    expect(page).not.toMatch(/data-add-on[^>]* open/);
    expect(onPage('ORG-01', (await vendor.get('/respond/sections/ORG')).body)).not.toContain('data-add-on');
    expect((await vendor.get('/respond/sections/AUTH?lang=en')).body).toContain(
      'If it holds only under a plan or condition',
    );
  });

  it('saves them, shows them open, and does not take an untouched page for a change', async () => {
    const fields = {
      choice: 'opt',
      conditionalChoice: 'all',
      condition: '上位プラン',
      planBy: '2026年9月30日',
      planMeasure: '必須化',
    };
    expect((await posted(fields)).status).toBe(303);
    const page = onPage('AUTH-05', (await vendor.get('/respond/sections/AUTH')).body);
    expect(page.match(/data-add-on[^>]* open/g)).toHaveLength(2);
    expect(page).toMatch(/value="all" checked><label for="AUTH-05-conditional-all"/);
    expect(page).toContain('value="2026-09-30"');
    const was = /name="AUTH-05\.was" value="([^"]+)"/.exec(page)?.[1] ?? '';
    expect((await posted({ ...fields, planBy: '2026-09-30', was })).status).toBe(303);
    expect(await stored()).toMatchObject({ revision: 1 });
  });

  it('gives back a refused part as typed, with the problem at its field', async () => {
    const reply = await posted({
      choice: 'opt',
      condition: '<b>上位',
      conditionalChoice: '',
      planBy: '来年',
      planMeasure: '必須化',
    });
    expect(reply.status).toBe(400);
    const page = onPage('AUTH-05', reply.body);
    expect(page).toContain('&lt;b&gt;上位');
    expect(page).toMatch(/id="AUTH-05-conditional-error"><span>条件を満たす場合の回答を選んでください/);
    expect(page).toMatch(/id="AUTH-05-planBy-error"><span>日付を読み取れませんでした/);
    expect(page).toContain('value="来年"');
    expect(await stored()).toBeUndefined();
  });

  it('shows both sides of a conflict with condition and plan', async () => {
    await vendor.put('AUTH-05', { revision: 0, value: 'opt', plan, conditional });
    const reply = await posted({ choice: 'none', planBy: '2026-12-01', planMeasure: '段階導入' });
    expect(reply.status).toBe(409);
    const page = onPage('AUTH-05', reply.body);
    expect(page).toContain('対応予定：2026年12月1日まで　段階導入');
    expect(page).toContain('（条件：エンタープライズプランの契約）');
  });

  it('puts the plan away where the answer leaves nothing to do, and says so where one is filled in', async () => {
    await vendor.put('AUTH-05', { revision: 0, value: 'all' });
    expect(onPage('AUTH-05', (await vendor.get('/respond/sections/AUTH')).body)).toMatch(/data-plan hidden/);
    await vendor.put('AUTH-05', { revision: 1, plan });
    const filled = onPage('AUTH-05', (await vendor.get('/respond/sections/AUTH')).body);
    expect(filled).toMatch(/data-plan open>/);
    expect(filled).toMatch(/data-plan-idle>/);
    expect((await vendor.get('/respond/check')).body).not.toContain(plan.measure);
  });

  it('clears them with the answer', async () => {
    await vendor.put('AUTH-05', { revision: 0, value: 'opt', plan, conditional });
    expect((await vendor.post('AUTH', { action: 'clear:AUTH-05' })).status).toBe(303);
    expect(await stored()).toMatchObject({ value: null, plan: null, conditional: null });
  });
});

describe('what the vendor hands in', () => {
  it('says condition and plan on the check, on the own answers and in the receipt, in both languages', async () => {
    await vendor.put('AUTH-05', { revision: 0, value: 'opt', plan, conditional });
    const line = {
      ja: '対応予定：2026年9月30日まで　全利用者に必須化',
      en: 'Planned by 30 Sept 2026: 全利用者に必須化',
    };
    for (const lang of ['ja', 'en'] as const) {
      const check = (await vendor.get(`/respond/check?lang=${lang}`)).body;
      expect(check).toContain(line[lang]);
      expect(check).toContain(lang === 'ja' ? '（条件：エンタープライズプランの契約）' : 'Under a condition:');
    }
    const headers = { cookie: sent.respondent, origin: test.services.config.publicUrl };
    const form = new URLSearchParams({ attested: 'yes', name: '佐藤一郎', title: '部長', unanswered: 'yes' });
    const done = await test.app.inject({
      ...{ method: 'POST', url: '/respond/submission', payload: form.toString() },
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(done.statusCode, done.body).toBe(303);
    const answers = (await vendor.get('/respond/answers')).body;
    expect(answers).toContain(line.ja);
    expect(answers).not.toMatch(/range|点数|未判定|満たすと判定/);
    const receipt = (await test.services.mails()).find(({ kind }) => kind === 'receipt');
    expect(receipt?.text).toContain(line.ja);
    expect(receipt?.text).toContain('（条件：エンタープライズプランの契約）');
  });
});

async function setPlans(plans: boolean): Promise<void> {
  await asOwner(test.services.ownerUrl, async (client) => {
    await client.query('update assessments set settings = $1, page_version = page_version + 1 where id = $2', [
      JSON.stringify({ ...usualSettings, plans }),
      sent.assessmentId,
    ]);
  });
}
