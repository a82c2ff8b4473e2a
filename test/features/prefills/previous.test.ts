import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vendors } from '../../../db/schema/index.ts';
import { tokyoDate } from '../../../server/domain/assessment/calendar.ts';
import type { Questionnaire } from '../../../server/domain/questionnaire/questionnaire.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { asOwner } from '../../support/database.ts';
import { signIn } from '../answers/sent-assessment.ts';
import { invited, type Visitor } from '../respondents/visitor.ts';
import {
  anotherService,
  answer,
  enter as enterBy,
  FAR,
  offersOf,
  postJson,
  requestAgain,
  submittedRequest,
} from './second-request.ts';

let test: TestApp;
beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());

const given = { 'ORG-02': 'yes', 'AUTH-01': 12, 'VUL-07': '2026-02-01', 'AUTH-03': 'unknown' } as const;

function enter(token: string): Promise<Visitor> {
  return enterBy(test.app, test.services, token);
}

function post(person: Visitor, url: string, body: object) {
  return postJson(test.app, test.services, person, url, body);
}

async function stored(person: Visitor) {
  return (await person.get('/api/respond/assessment')).json();
}

describe('a second request of the same customer', () => {
  it('offers what was handed in, word for word, and answers nothing by itself', async () => {
    const first = await submittedRequest(test.app, test.services, given);
    const second = await requestAgain(test.services, first);
    const person = await enter(second.token);
    const offers = await offersOf(test.services, second);
    expect(offers.map(({ questionId, value }) => [questionId, value])).toEqual(
      Object.entries(given).sort(([a], [b]) => (a < b ? -1 : 1)),
    );
    expect(offers[0]?.source).toMatchObject({ kind: 'previous', on: first.on });
    const page = (await person.get('/respond/sections/AUTH')).body;
    expect(page).toMatch(new RegExp(`前回回答（${first.on}、KA-2026-[\\da-f]{4}）`));
    expect((await stored(person)).answers).toEqual({});
  });

  it('counts open offers as unanswered when the answers are handed in', async () => {
    const first = await submittedRequest(test.app, test.services, given);
    const second = await requestAgain(test.services, first);
    const person = await enter(second.token);
    const attested = { attested: 'yes', name: '佐藤', title: '部長' };
    const refused = await person.post('/respond/submission', attested);
    expect(refused.statusCode).toBe(400);
    expect((await person.post('/respond/submission', { ...attested, unanswered: 'yes' })).statusCode).toBe(303);
    const { answers, progress } = await stored(person);
    expect([answers, progress.answered]).toEqual([{}, 0]);
    await asOwner(test.services.ownerUrl, async (client) => {
      const { rows } = await client.query('select answers from rounds where assessment_id = $1', [second.assessmentId]);
      expect(rows).toEqual([{ answers: {} }]);
    });
  });

  it('makes an answer of an offer when a person takes it, and records where it comes from', async () => {
    const first = await submittedRequest(test.app, test.services, given);
    const second = await requestAgain(test.services, first);
    const person = await enter(second.token);
    const taken = await post(person, '/api/respond/prefills/AUTH-01/adoption', { revision: 0 });
    expect(taken.json()).toMatchObject({ revision: 1, progress: { answered: 1 } });
    expect((await stored(person)).answers['AUTH-01']).toMatchObject({ value: 12, updatedBy: '鈴木次郎' });
    await asOwner(test.services.ownerUrl, async (client) => {
      const { rows } = await client.query(
        `select action, actor_name, details from audit_events where assessment_id = $1 and subject = 'AUTH-01' order by action`,
        [second.assessmentId],
      );
      expect(rows).toMatchObject([
        { action: 'answer.adopted', actor_name: '鈴木次郎', details: { source: { kind: 'previous', on: first.on } } },
        { action: 'answer.saved', details: { source: 'prefill', to: { value: 12 } } },
      ]);
    });
    const page = (await person.get('/respond/sections/AUTH')).body;
    expect(page).toMatch(new RegExp(`前回回答（${first.on}、KA-2026-[\\da-f]{4}）を確認のうえ使用`));
    await answer(person, 'AUTH-01', { revision: 1, value: 14 });
    expect((await person.get('/respond/sections/AUTH')).body).toMatch(/を確認のうえ変更/);
  });

  it('refuses to replace what a colleague has answered meanwhile, and shows both', async () => {
    const first = await submittedRequest(test.app, test.services, given);
    const second = await requestAgain(test.services, first);
    const person = await enter(second.token);
    await answer(person, 'AUTH-01', { revision: 0, value: 16 });
    const refused = await post(person, '/api/respond/prefills/AUTH-01/adoption', { revision: 0 });
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'stale_revision']);
    const form = await person.post('/respond/sections/AUTH', {
      'AUTH-01.revision': '0',
      action: 'adopt:AUTH-01',
    });
    expect(form.body).toContain('別の画面または別の担当者が更新しています');
    expect((await stored(person)).answers['AUTH-01']).toMatchObject({ value: 16, revision: 1 });
    expect((await offersOf(test.services, second))[0]?.decision).toBeNull();
  });

  it('puts an offer aside and brings it back neither by itself nor for another person', async () => {
    const first = await submittedRequest(test.app, test.services, given);
    const second = await requestAgain(test.services, first);
    const person = await enter(second.token);
    expect((await post(person, '/api/respond/prefills/AUTH-01/dismissal', {})).statusCode).toBe(204);
    await enter(second.token);
    expect((await person.get('/respond/sections/AUTH')).body).not.toContain('data-prefill="AUTH-01"');
    expect((await stored(person)).answers).toEqual({});
  });

  it('keeps where an answer came from, whatever is pressed', async () => {
    const first = await submittedRequest(test.app, test.services, given);
    const second = await requestAgain(test.services, first);
    const person = await enter(second.token);
    expect((await post(person, '/api/respond/prefills/AUTH-01/adoption', { revision: 0 })).statusCode).toBe(200);
    expect((await post(person, '/api/respond/prefills/AUTH-01/dismissal', {})).statusCode).toBe(404);
    const decided = (await offersOf(test.services, second)).find(({ questionId }) => questionId === 'AUTH-01');
    expect(decided?.decision).toBe('adopted');
    await answer(person, 'AUTH-01', { revision: 1, value: null });
    expect((await post(person, '/api/respond/prefills/AUTH-01/dismissal', {})).statusCode).toBe(204);
  });

  it('works by the buttons of the form alone, keeping what was typed elsewhere', async () => {
    const first = await submittedRequest(test.app, test.services, given);
    const second = await requestAgain(test.services, first);
    const person = await enter(second.token);
    const page = await person.post('/respond/sections/AUTH', {
      ...{ 'AUTH-01.revision': '0', 'AUTH-01.was': '', 'AUTH-01.typed': '', 'AUTH-01.comment': '来月から16文字' },
      ...{ 'AUTH-02.revision': '0', 'AUTH-02.was': '', action: 'adopt:AUTH-01' },
    });
    expect([page.statusCode, page.headers.location]).toEqual([303, expect.stringContaining('#q-AUTH-01')]);
    expect((await stored(person)).answers['AUTH-01']).toMatchObject({ value: 12, comment: '来月から16文字' });
    await person.post('/respond/sections/AUTH', { action: 'dismiss:AUTH-03' });
    expect((await offersOf(test.services, second)).map(({ questionId, decision }) => [questionId, decision])).toEqual([
      ['AUTH-01', 'adopted'],
      ['AUTH-03', 'dismissed'],
      ['ORG-02', null],
      ['VUL-07', null],
    ]);
  });
});

describe('what the customer reads in the trail', () => {
  it('is one line a person and day, however many answers were taken', async () => {
    const first = await submittedRequest(test.app, test.services, given);
    const second = await requestAgain(test.services, first);
    const person = await enter(second.token);
    for (const id of ['AUTH-01', 'ORG-02', 'AUTH-03']) {
      const taken = await post(person, `/api/respond/prefills/${id}/adoption`, { revision: 0 });
      expect(taken.statusCode).toBe(200);
    }
    const member = await signIn(test.app, test.services, first, 'member');
    const page = await test.app.inject({ url: `/assessments/${second.assessmentId}`, headers: { cookie: member } });
    expect(page.body.match(/過去の回答を確認のうえ使用/g)).toHaveLength(1);
    expect(page.body).toMatch(/前回の回答を提示（KA-2026-[\da-f]{4}）/);
  });
});

describe('what is offered', () => {
  it('is the newest submission about the same service, before a newer one about another service', async () => {
    const first = await submittedRequest(test.app, test.services, { 'AUTH-01': 8 });
    const serviceId = await anotherService(test.services, first);
    const other = await requestAgain(test.services, first, { serviceId });
    const elsewhere = await enter(other.token);
    expect((await offersOf(test.services, other))[0]?.source.label).toMatch(/^KA-2026-.+・あおぞら人事$/);
    await answer(elsewhere, 'AUTH-01', { revision: 0, value: 10 });
    await elsewhere.post('/respond/submission', { attested: 'yes', unanswered: 'yes', name: '佐藤', title: '部長' });
    test.services.clock.advance(86_400_000);
    const again = await requestAgain(test.services, first);
    await enter(again.token);
    expect((await offersOf(test.services, again)).map(({ value }) => value)).toEqual([8]);
  });

  it('ends at the age the customer set, and is nothing where it set none', async () => {
    const settings = { advice: true, emailDomains: [], plans: true, reminders: true };
    const first = await submittedRequest(test.app, test.services, given);
    const old = await requestAgain(test.services, first, { settings: { ...settings, prefillMonths: 5 } });
    const none = await requestAgain(test.services, first, { settings: { ...settings, prefillMonths: 0 } });
    const young = await requestAgain(test.services, first, { settings: { ...settings, prefillMonths: 6 } });
    for (const { token } of [old, none, young]) await enter(token);
    const counts = await Promise.all(
      [old, none, young].map(async (one) => (await offersOf(test.services, one)).length),
    );
    expect(counts).toEqual([0, 0, 4]);
  });

  it('leaves out what the new version no longer takes, and marks what it words otherwise', async () => {
    const first = await submittedRequest(test.app, test.services, { ...given, 'ORG-01': '当社' });
    const { compiled } = test.services.questionnaires.get('jp-cloud-ppc', '1.0.0');
    const second = await requestAgain(test.services, first, {
      questionnaire: revised(compiled.questionnaire),
      ...{ questionnaireHash: randomUUID(), questionnaireVersion: '2.0.0' },
    });
    const person = await enter(second.token);
    const offers = await offersOf(test.services, second);
    expect(offers.map(({ questionId, source }) => [questionId, source.reworded])).toEqual([
      ['AUTH-03', undefined],
      ['VUL-07', true],
    ]);
    const page = (await person.get('/respond/sections/VUL')).body;
    expect(page).toMatch(/data-prefill="VUL-07"[\s\S]*設問の文言が変わっています[\s\S]*現在の内容に改めて/);
  });

  it('brings conditions, plans ahead and reasons along, and keeps a comment written since', async () => {
    const first = await invited(test.app, test.services, { dueOn: FAR });
    const before = await enter(first.token);
    const day = (days: number) => tokyoDate(new Date(test.services.clock.now().getTime() + days * 86_400_000));
    const conditional = { value: 'yes', condition: '上位プランのみ' };
    await answer(before, 'ORG-02', { revision: 0, value: 'doc', conditional, withheld: '来社時に閲覧可' });
    await answer(before, 'AUTH-03', { revision: 0, value: 'mix', plan: { by: day(300), measure: '16文字へ' } });
    await answer(before, 'AUTH-01', { revision: 0, value: 8, plan: { by: day(30), measure: '12文字へ' } });
    await before.post('/respond/submission', { attested: 'yes', unanswered: 'yes', name: '佐藤', title: '部長' });
    test.services.clock.advance(60 * 86_400_000);
    const second = await requestAgain(test.services, first);
    const person = await enter(second.token);
    const page = (await person.get('/respond/sections/AUTH')).body;
    expect(page).toMatch(
      /data-prefill="AUTH-01"[\s\S]*12文字へ[\s\S]*この予定は引き継がれません[\s\S]*data-prefill="AUTH-03"/,
    );
    await answer(person, 'ORG-02', { revision: 0, comment: '今回の補足' });
    for (const [id, revision] of [
      ['ORG-02', 1],
      ['AUTH-01', 0],
      ['AUTH-03', 0],
    ] as const) {
      const taken = await post(person, `/api/respond/prefills/${id}/adoption`, { revision });
      expect([id, taken.statusCode]).toEqual([id, 200]);
    }
    const { answers } = await stored(person);
    expect(answers['ORG-02']).toMatchObject({
      value: 'doc',
      conditional,
      withheld: '来社時に閲覧可',
      comment: '今回の補足',
    });
    expect(answers['AUTH-03']).toMatchObject({ value: 'mix', plan: { measure: '16文字へ' } });
    expect(answers['AUTH-01'].plan ?? null).toBeNull();
  });

  it('names the files of last time and copies none', async () => {
    const first = await submittedRequest(test.app, test.services, { 'AUTH-01': 12 }, {});
    await asOwner(test.services.ownerUrl, async (client) => {
      await client.query(
        `insert into evidence_files (organisation_id, id, assessment_id, subject, name, media_type, size, sha256, storage_key, uploaded_at, uploaded_by)
         values ($1, gen_random_uuid(), $2, 'AUTH-01', '認証設定.pdf', 'application/pdf', 10, repeat('a', 64), 'x', now(), '田中')`,
        [first.organisationId, first.assessmentId],
      );
      await client.query('delete from rounds where assessment_id = $1', [first.assessmentId]);
    });
    const second = await requestAgain(test.services, first);
    const person = await enter(second.token);
    const page = (await person.get('/respond/sections/AUTH')).body;
    expect(page).toMatch(/当時の証跡：<\/span>認証設定\.pdf/);
    expect((await stored(person)).evidence).toEqual([]);
  });

  it('never comes from another customer, nor from another vendor of the same one', async () => {
    await submittedRequest(test.app, test.services, given);
    const stranger = await invited(test.app, test.services, { dueOn: FAR });
    await enter(stranger.token);
    expect(await offersOf(test.services, stranger)).toEqual([]);

    const first = await submittedRequest(test.app, test.services, given);
    const serviceId = await anotherService(test.services, first);
    const vendorId = randomUUID();
    const { organisationId } = first;
    await test.services.database.inOrganisation(organisationId, (db) =>
      db.insert(vendors).values({ organisationId, id: vendorId, name: '別の会社' }),
    );
    await asOwner(test.services.ownerUrl, (client) =>
      client.query('update services set vendor_id = $1 where id = $2', [vendorId, serviceId]),
    );
    const second = await requestAgain(test.services, first, { serviceId });
    await enter(second.token);
    expect(await offersOf(test.services, second)).toEqual([]);
  });
});

describe('colleagues', () => {
  it.each([
    ['contributor', { sections: ['AUTH'], questions: [] }, ['AUTH-01', 'AUTH-03']],
    ['contributor', { sections: [], questions: ['VUL-07'] }, ['VUL-07']],
  ])('see what is offered for their part: %s of %o', async (role, scope, expected) => {
    const first = await submittedRequest(test.app, test.services, given);
    const second = await requestAgain(test.services, first);
    const person = await enter(second.token);
    await becomes(second.linkId, role, scope);
    const seen = await Promise.all(
      Object.keys(given).map(async (id) => {
        const { statusCode } = await post(person, `/api/respond/prefills/${id}/dismissal`, {});
        return statusCode === 204 ? id : null;
      }),
    );
    expect(seen.filter((id) => id !== null).sort()).toEqual(expected);
  });

  it.each(['checker', 'approver'])('who only check take over nothing: %s', async (role) => {
    const first = await submittedRequest(test.app, test.services, given);
    const second = await requestAgain(test.services, first);
    const person = await enter(second.token);
    await becomes(second.linkId, role, null);
    const refused = await post(person, '/api/respond/prefills/AUTH-01/adoption', { revision: 0 });
    expect(refused.statusCode).toBe(403);
  });
});

function becomes(linkId: string, role: string, scope: object | null): Promise<void> {
  return asOwner(test.services.ownerUrl, (client) =>
    client.query('update respondent_links set role = $2, scope = $3 where id = $1', [
      linkId,
      role,
      scope && JSON.stringify(scope),
    ]),
  );
}

/** The next version: one question is gone, two take less, one is worded otherwise. */
function revised(questionnaire: Questionnaire): Questionnaire {
  return {
    ...questionnaire,
    version: '2.0.0',
    sections: questionnaire.sections.map((section) => ({
      ...section,
      questions: section.questions
        .filter(({ id }) => id !== 'ORG-01')
        .map((question) => {
          if (question.id === 'VUL-07')
            return { ...question, text: { ...question.text, ja: `${question.text.ja}（新）` } };
          if (question.id === 'AUTH-01') return { ...question, maximum: 10 };
          if (question.id !== 'ORG-02') return question;
          return { ...question, options: question.options?.filter(({ value }) => value !== 'yes') };
        }),
    })),
  } as Questionnaire;
}
