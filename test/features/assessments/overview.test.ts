import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answers } from '../../../db/schema/index.ts';
import { type StoredState, stateOn } from '../../../server/domain/assessment/states.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { asOwner } from '../../support/database.ts';
import { type Customer, newCustomer, words } from '../vendors/customer.ts';
import { assessmentRow, newDraft, newSent, newService, START } from './drafts.ts';

let test: TestApp;
let customer: Customer;

beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());
beforeEach(async () => {
  test.services.clock.set(START);
  customer = await newCustomer(test);
});

const change = (id: string, values: string) =>
  asOwner(test.services.ownerUrl, (client) => client.query(`update assessments set ${values} where id = $1`, [id]));

/** Answers the first `count` questions that are shown from the start, as the vendor would leave them. */
async function answerSome(id: string, questionIds: readonly string[]): Promise<void> {
  const { organisationId } = customer;
  await test.services.database.inOrganisation(organisationId, (db) =>
    db.insert(answers).values(
      questionIds.map((questionId) => ({
        organisationId,
        assessmentId: id,
        questionId,
        revision: 1,
        value: 'unknown',
        updatedAt: test.services.clock.now(),
        updatedBy: '田中 一郎',
      })),
    ),
  );
}

describe('the list of assessments', () => {
  it('filters and counts by the same states as the domain, expired included, to the day', async () => {
    const serviceId = await newService(test, customer.owner.principal);
    const stored: StoredState[] = ['sent', 'inProgress', 'submitted', 'finalised', 'revoked'];
    const cases = stored.flatMap((state) =>
      [
        ['2026-11-22', 0],
        ['2026-11-23', 0],
        ['2026-11-09', 14],
        ['2026-11-08', 14],
      ].map(([dueOn, graceDays]) => ({ state, dueOn: String(dueOn), graceDays: Number(graceDays) })),
    );
    const expected = new Map<string, number>([['draft', 1]]);
    await newDraft(test, customer.owner.principal, { serviceId });
    for (const one of cases) {
      const id = await newSent(test, customer.owner.principal, { serviceId });
      await change(id, `state = '${one.state}', due_on = '${one.dueOn}', grace_days = ${one.graceDays}`);
      const state = stateOn(one, '2026-11-23');
      expected.set(state, (expected.get(state) ?? 0) + 1);
    }
    for (const state of ['draft', 'sent', 'inProgress', 'submitted', 'finalised', 'expired', 'revoked']) {
      const { assessments, total } = (await customer.owner.get(`/api/assessments?state=${state}`)).json();
      expect([state, total, assessments.length]).toEqual([state, expected.get(state), expected.get(state)]);
      expect(new Set(assessments.map((one: { state: string }) => one.state))).toEqual(new Set([state]));
    }
    expect((await customer.owner.get('/api/assessments')).json().total).toBe(cases.length + 1);
  });

  it('shows due dates that are near or past, the contact, the progress and the mail', async () => {
    const id = await newSent(test, customer.owner.principal);
    await change(id, "due_on = '2026-11-26'");
    const near = words((await customer.auditor.get('/assessments')).body);
    for (const text of [
      '株式会社エムケイシステム',
      '社労夢',
      'KA-2026-0001',
      '2026年11月26日(木)',
      'あと3日',
      '田中 一郎',
      '0%',
      '送信待ち',
    ]) {
      expect(near).toContain(text);
    }
    await change(id, "due_on = '2026-11-20'");
    expect(words((await customer.auditor.get('/assessments')).body)).toContain('3日超過');
    await change(id, "due_on = '2026-11-23'");
    expect(words((await customer.auditor.get('/assessments')).body)).toContain('今日まで');
  });

  it('says when no assessment is in a status, and refuses a status that does not exist', async () => {
    await newDraft(test, customer.owner.principal);
    expect(words((await customer.owner.get('/assessments?state=revoked')).body)).toContain(
      'この状態の評価依頼はありません',
    );
    expect((await customer.owner.get('/assessments?state=lost')).statusCode).toBe(400);
  });
});

describe('the page of an assessment', () => {
  it('counts what the vendor has answered, section by section, and never what', async () => {
    const id = await newSent(test, customer.owner.principal);
    await change(id, "state = 'inProgress'");
    const { sections } = test.services.questionnaires.get('jp-cloud-ppc', '1.0.0').compiled.questionnaire;
    const first = sections[0];
    const open = (first?.questions ?? []).filter(({ showWhen }) => !showWhen).map(({ id: one }) => one);
    await answerSome(id, open.slice(0, 3));
    const page = words((await customer.auditor.get(`/assessments/${id}`)).body);
    expect(page).toContain(`${first?.title.ja} ${open.length}問中3問`);
    expect(page).not.toContain('わからない');
    const { progress } = (await customer.auditor.get(`/api/assessments/${id}`)).json();
    expect(progress).toMatchObject({ answered: 3, percent: Math.floor((3 / progress.applicable) * 100) });
  });

  it('still counts when its questionnaire is no longer published', async () => {
    const id = await newSent(test, customer.owner.principal);
    await change(id, "questionnaire_hash = 'gone', questionnaire_version = '0.9.0'");
    expect((await customer.owner.get(`/assessments/${id}`)).statusCode).toBe(200);
    const { assessments } = (await customer.owner.get('/api/assessments')).json();
    expect(assessments[0].progress).toMatchObject({ answered: 0, percent: 0 });
  });

  it('tells the history in words, saves of one day together, newest first', async () => {
    const id = await newDraft(test, customer.owner.principal);
    test.services.clock.advance(1_000);
    await customer.owner.post(`/assessments/${id}/sending`);
    await asOwner(test.services.ownerUrl, (client) =>
      client.query(
        `insert into audit_events (organisation_id, id, assessment_id, at, actor_kind, actor_name, action, subject, details)
         select $1, gen_random_uuid(), $2, '2026-11-24T01:00:00Z'::timestamptz + n * interval '1 minute', 'respondent', '田中 一郎', 'answer.saved', 'Q-' || n, '{"to": {"value": "secret answer"}}'
         from generate_series(1, 40) n`,
        [customer.organisationId, id],
      ),
    );
    const { body } = await customer.owner.get(`/assessments/${id}`);
    const page = words(body);
    expect(page).toContain('回答を保存 40件');
    expect(page).not.toContain('secret answer');
    const order = ['回答を保存', '質問票を送付（KA-2026-0001）', '評価依頼の下書きを作成'].map((text) =>
      page.indexOf(text),
    );
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(0);
    const english = words((await customer.owner.get(`/assessments/${id}?lang=en`)).body);
    expect(english).toContain('Questionnaire sent (KA-2026-0001)');
    expect(english).toContain('Answer saved 40 times');
  });

  it('offers each role what it may do now, and links on to answers and report when there are any', async () => {
    const id = await newSent(test, customer.owner.principal);
    const actions =
      /action="\/assessments\/[^"]+"|href="\/assessments\/[^"]+\/(due-date|contact|revocation|edit|sending)"/;
    expect((await customer.auditor.get(`/assessments/${id}`)).body).not.toMatch(actions);
    const waiting = (await customer.member.get(`/assessments/${id}`)).body;
    expect(waiting).toMatch(actions);
    expect(waiting).not.toContain(`/assessments/${id}/answers`);
    await change(id, "state = 'submitted', submitted_at = now()");
    const submitted = (await customer.member.get(`/assessments/${id}`)).body;
    for (const path of ['answers', 'finalisation']) expect(submitted).toContain(`href="/assessments/${id}/${path}"`);
    expect((await customer.auditor.get(`/assessments/${id}`)).body).not.toContain('finalisation"');
    await change(id, "state = 'finalised', finalised_at = now(), as_of = '2026-11-21'");
    const finalised = (await customer.member.get(`/assessments/${id}`)).body;
    expect(finalised).toContain(`action="/assessments/${id}/reports"`);
    expect((await customer.auditor.get(`/assessments/${id}`)).body).toContain('href="/reports"');
    expect(await assessmentRow(test, id)).toMatchObject({ state: 'finalised' });
  });
});
