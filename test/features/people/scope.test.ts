import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Questionnaire } from '../../../server/domain/questionnaire/questionnaire.ts';
import { inspect } from '../../adapters/pdf/inspect.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { respondentOf } from '../answers/respondent.ts';
import type { Visitor } from '../respondents/visitor.ts';
import { answer, type Colleague, colleague, newTeam, rowsOf, type Team } from './team.ts';

/** Stands in every answer, remark and file outside the part, and in every question there. */
const CANARY = 'KANARIENVOGEL';
const own = { sections: ['AUTH'], questions: ['ORG-02'] };
const isOwn = (section: string, question: string) => section === 'AUTH' || question === 'ORG-02';

let test: TestApp;
let team: Team;
let contributor: Colleague;
let files: { own: string; foreign: string };
const bytes = (text: string) => new Uint8Array(Buffer.from(text));

beforeAll(async () => {
  test = await buildTestApp();
  const { compiled } = test.services.questionnaires.get('jp-cloud-ppc', '1.0.0');
  const questionnaire = marked(compiled.questionnaire);
  team = await newTeam(test, { questionnaire, questionnaireHash: randomUUID() });
  contributor = await colleague(test, team, 'contributor', { scope: own });
  expect(await answer(team.owner, 'ORG-01', `${CANARY}株式会社`)).toBe(200);
  expect(await answer(team.owner, 'ORG-02', 'yes')).toBe(200);
  expect(await answer(team.owner, 'DATA-01', 'yes', 0, CANARY)).toBe(200);
  expect(await answer(team.owner, 'AUTH-01', 12)).toBe(200);
  const person = respondentOf(test as never, team.sent);
  files = {
    own: await uploaded(person, 'AUTH-01', '設定.txt'),
    foreign: await uploaded(person, 'DATA-01', `${CANARY}.txt`),
  };
});
afterAll(() => test.close());

async function uploaded(person: ReturnType<typeof respondentOf>, subject: string, name: string): Promise<string> {
  const { status, json, body } = await person.upload(subject, name, bytes(`${name}の中身`));
  expect([status, body]).toEqual([201, body]);
  return (json as { attached: { id: string }[] }).attached[0]?.id ?? '';
}

function marked(questionnaire: Questionnaire): Questionnaire {
  return {
    ...questionnaire,
    sections: questionnaire.sections.map((section) => ({
      ...section,
      questions: section.questions.map((question) =>
        isOwn(section.id, question.id)
          ? question
          : { ...question, text: { ja: `${CANARY}${question.id}`, en: `${CANARY}${question.id}` } },
      ),
    })),
  };
}

/** Every GET route a vendor has, with ids of the part and of what lies outside it. */
function addresses(): string[] {
  const fill: Record<string, readonly string[]> = {
    sectionId: ['AUTH', 'ORG', 'CEX'],
    questionId: ['AUTH-01', 'ORG-02', 'ORG-01', 'DATA-01'],
    id: [files.own, files.foreign, team.sent.linkId, contributor.linkId, 'DATA-01', 'AUTH-01'],
  };
  return test.app.declaredRoutes
    .filter(({ method, url }) => method === 'GET' && /^\/(api\/)?respond\b/.test(url))
    .flatMap(({ url }) =>
      [...url.matchAll(/:(\w+)/g)].reduce(
        (urls, [placeholder, name]) =>
          urls.flatMap((one) => (fill[name ?? ''] ?? [randomUUID()]).map((id) => one.replace(placeholder, id))),
        [url],
      ),
    );
}

/** Everything a reply says; a PDF is read, and a workbook with every sheet of it, hidden ones too. */
async function told({ rawPayload, body }: Awaited<ReturnType<Visitor['get']>>): Promise<string> {
  if (rawPayload.subarray(0, 4).toString() === '%PDF') return (await inspect(rawPayload)).pages.join('\n');
  if (rawPayload.subarray(0, 2).toString() !== 'PK') return body;
  return JSON.stringify(await test.services.spreadsheets.read(new Uint8Array(rawPayload)));
}

describe('a contributor', () => {
  it('finds nothing of anybody else’s part at any address of a vendor', async () => {
    const urls = addresses();
    expect(urls.length).toBeGreaterThan(40);
    const leaks: string[] = [];
    for (const url of urls) {
      const response = await contributor.browser.get(url);
      expect([url, response.statusCode < 500]).toEqual([url, true]);
      if ((await told(response)).includes(CANARY)) leaks.push(`${url} ${response.statusCode}`);
    }
    expect(leaks).toEqual([]);
  });

  it('opens the owner’s own pages to prove that the search would find something', async () => {
    const seen = await Promise.all(
      ['/respond/check', '/respond/sections/CEX', '/api/respond/assessment'].map((url) => team.owner.get(url)),
    );
    for (const { body } of seen) expect(body).toContain(CANARY);
  });

  it('is answered with 404 or 403 for every other question, section and file', async () => {
    const { browser } = contributor;
    for (const url of ['/respond/sections/CEX', '/respond/sections/NONE', `/respond/evidence/${files.foreign}`]) {
      expect([url, (await browser.get(url)).statusCode]).toEqual([url, 404]);
    }
    expect((await browser.get(`/respond/evidence/${files.own}`)).statusCode).toBe(200);
    expect(await answer(browser, 'DATA-01', 'no', 1)).toBe(404);
    expect(await answer(browser, 'ORG-01', '乗っ取り', 1)).toBe(404);
    expect(await answer(browser, 'NONE-01', 'no')).toBe(404);
    const person = respondentOf(test as never, { ...team.sent, respondent: cookieOf(browser) });
    expect((await person.upload('DATA-01', 'a.txt', bytes('a'))).status).toBe(404);
    expect((await person.remove(files.foreign)).status).toBe(404);
    expect((await person.type('DATA-01', { 'DATA-01.revision': '1', 'DATA-01.choice': 'no' })).status).toBe(404);
    expect((await browser.post('/respond/submission', {})).statusCode).toBe(403);
    const [row] = await rowsOf(
      test,
      `select revision from answers where question_id = 'DATA-01' and assessment_id = '${team.sent.assessmentId}'`,
    );
    expect(row).toEqual({ revision: 1 });
  });

  it('posts a section and changes nothing but the own questions of it', async () => {
    const person = respondentOf(test as never, { ...team.sent, respondent: cookieOf(contributor.browser) });
    const posted = await person.post('ORG', {
      'ORG-02.revision': '1',
      'ORG-02.choice': 'doc',
      'ORG-01.revision': '1',
      'ORG-01.typed': '乗っ取り',
      action: 'save',
    });
    expect(posted.status).toBe(303);
    const rows = await rowsOf(
      test,
      `select question_id, value, updated_by from answers where question_id like 'ORG%' and assessment_id = '${team.sent.assessmentId}' order by 1`,
    );
    expect(rows).toEqual([
      { question_id: 'ORG-01', value: `${CANARY}株式会社`, updated_by: '田中太郎' },
      { question_id: 'ORG-02', value: 'doc', updated_by: '鈴木次郎' },
    ]);
  });

  it('reads, counts and is counted in the own part only', async () => {
    const { browser } = contributor;
    const api = (await browser.get('/api/respond/assessment')).json() as {
      questionnaire: { sections: { id: string; questions: { id: string }[] }[] };
      answers: Record<string, unknown>;
      evidence: { id: string }[];
      progress: { answered: number; applicable: number };
      shown: string[];
      hidden: string[];
    };
    expect(api.questionnaire.sections.map(({ id }) => id)).toEqual(['ORG', 'AUTH']);
    expect(Object.keys(api.answers).sort()).toEqual(['AUTH-01', 'ORG-02']);
    expect(api.evidence.map(({ id }) => id)).toEqual([files.own]);
    expect([...api.shown, ...api.hidden].every((id) => id === 'ORG-02' || id.startsWith('AUTH'))).toBe(true);
    expect(api.progress.answered).toBe(2);
    expect(api.progress.applicable).toBe(api.shown.length);
    const saved = await browser.put('/api/respond/answers/AUTH-01', { revision: 1, value: 14 });
    expect(saved.json().progress).toEqual(api.progress);
    expect([...saved.json().shown].sort()).toEqual([...api.shown].sort());
    const tasks = (await browser.get('/respond/sections')).body;
    expect(tasks.match(/class="tasks__item"/g)).toHaveLength(2);
    expect((await team.owner.get('/respond/sections')).body).toContain('担当：鈴木次郎');
    expect((await browser.get('/respond/check')).body).not.toContain('action="/respond/submission"');
    expect((await browser.get('/respond/check')).body).toContain('取りまとめ担当の田中太郎さん');
  });
});

describe('a page remembered while the part was being changed', () => {
  it('is never shown for the new part', async () => {
    const { browser, linkId } = await colleague(test, team, 'contributor', {
      name: '交代九郎',
      scope: { sections: ['ORG'], questions: [] },
    });
    expect((await browser.get('/respond/sections/ORG')).body).toContain('id="q-ORG-01"');
    // The page version stays: as if it had been read after the change, and the part before it.
    await rowsOf(
      test,
      `update respondent_links set scope = '{"sections": [], "questions": ["ORG-02"]}' where id = '${linkId}' returning 1`,
    );
    const page = (await browser.get('/respond/sections/ORG')).body;
    expect([page.includes('id="q-ORG-02"'), page.includes('id="q-ORG-01"')]).toEqual([true, false]);
  });
});

describe('a condition that rests on an answer outside the part', () => {
  it('is settled by the server, and the answer never reaches the browser', async () => {
    const other = await colleague(test, team, 'contributor', {
      name: '山本六郎',
      scope: { sections: [], questions: ['DATA-02'] },
    });
    const page = (await other.browser.get('/respond/sections/CEX')).body;
    const config = JSON.parse(/data-respond="([^"]*)"/.exec(page)?.[1]?.replaceAll('&quot;', '"') ?? '{}') as Record<
      string,
      unknown
    >;
    expect(config).toMatchObject({ answers: {}, settled: ['DATA-02'], rules: { questions: [], variables: [] } });
    expect(page).toContain('id="q-DATA-02"');
    expect(page).not.toMatch(/id="q-DATA-02"[^>]*hidden/);
    expect(page).not.toContain('q-DATA-01');

    expect(await answer(team.owner, 'DATA-01', 'no', 1)).toBe(200);
    expect((await other.browser.get('/respond/sections/CEX')).body).toMatch(/id="q-DATA-02"[^>]*hidden/);
    expect(
      (await other.browser.put('/api/respond/answers/DATA-02', { revision: 0, value: 'unknown' })).statusCode,
    ).toBe(422);
    expect((await other.browser.get('/respond/sections')).body).toContain('0');
    expect(await answer(team.owner, 'DATA-01', 'yes', 2, CANARY)).toBe(200);
  });
});

describe('checker and approver', () => {
  it.each(['checker', 'approver'] as const)('%s reads everything and changes nothing', async (role) => {
    const { browser } = await colleague(test, team, role);
    const check = await browser.get('/respond/check');
    expect(check.body).toContain(CANARY);
    expect(check.body).not.toContain('/respond/sections/');
    for (const url of ['/respond/sections', '/respond/sections/AUTH'])
      expect((await browser.get(url)).headers.location).toBe('/respond/check');
    expect((await browser.get(`/respond/evidence/${files.foreign}`)).statusCode).toBe(200);
    expect((await browser.get('/respond')).body).toContain('href="/respond/check"');
    const changes = test.app.declaredRoutes.filter(
      ({ method, url }) =>
        method !== 'GET' && method !== 'HEAD' && /^\/(api\/)?respond\/(answers|evidence|sections)/.test(url),
    );
    expect(changes.length).toBeGreaterThan(3);
    expect(await answer(browser, 'AUTH-01', 8, 2)).toBe(403);
    const person = respondentOf(test as never, { ...team.sent, respondent: cookieOf(browser) });
    expect((await person.upload('AUTH-01', 'a.txt', bytes('a'))).status).toBe(403);
    expect((await person.remove(files.own)).status).toBe(403);
    expect((await person.post('AUTH', { action: 'save' })).status).toBe(403);
    expect((await browser.post('/respond/submission', {})).statusCode).toBe(role === 'checker' ? 403 : 403);
  });
});

function cookieOf({ cookies }: Visitor): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
}
