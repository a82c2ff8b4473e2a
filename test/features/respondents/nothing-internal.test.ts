import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Questionnaire } from '../../../server/domain/questionnaire/questionnaire.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { asOwner } from '../../support/database.ts';
import { type Invited, insider, invited, type Visitor } from './visitor.ts';

/** Stands in every internal text; a weight of 7.77 stands in every internal number. */
const CANARY = 'CANARY';
const WEIGHT = 7.77;
/** Stands in the words that only advice may use: what would mend an answer, and the code, title and statement of a finding. */
const ADVISED = 'ADVISED';

/** Words and numbers of the scoring, and the codes of findings as they would stand in a cell. */
const internal =
  /CANARY|7\.77|0\.777|777,?777|足切り|配点|評点|総合判定|knock-?out|weight(?:ing)? of|(?<=[>\s"])(?:F[1-9]|L1)(?=[<\s"])/g;

let test: TestApp;
beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());

const canary = { ja: CANARY, en: CANARY };
const advised = { ja: ADVISED, en: ADVISED };

/** The real questionnaire with a canary in everything a vendor must not learn. */
function marked(questionnaire: Questionnaire): Questionnaire {
  return {
    ...questionnaire,
    sections: questionnaire.sections.map((section) => ({
      ...section,
      weight: WEIGHT,
      questions: section.questions.map((question) => ({
        ...question,
        weight: question.weight === 0 ? 0 : WEIGHT,
        advice: advised,
        references: [CANARY],
        ...(question.options
          ? { options: question.options.map((o) => (o.score === undefined ? o : { ...o, score: 0.777 })) }
          : {}),
      })),
    })),
    findings: (questionnaire.findings ?? []).map((finding) => ({
      ...finding,
      title: advised,
      statement: advised,
      code: ADVISED,
      conclusions: { fail: canary, partial: canary, unknown: canary },
    })),
    observations: (questionnaire.observations ?? []).map((one) => ({
      ...one,
      title: advised,
      statement: advised,
      code: ADVISED,
      conclusions: { observed: canary, clear: canary },
    })),
    contradictions: (questionnaire.contradictions ?? []).map((one) => ({ ...one, message: advised, remedy: advised })),
    references: [{ id: CANARY, label: canary }],
  };
}

async function fill({ organisationId, assessmentId, memberId }: Invited): Promise<void> {
  await asOwner(test.services.ownerUrl, async (client) => {
    await client.query(
      `update services set entrusted_work = '${CANARY}', data_items = '["${CANARY}"]', data_subjects = 777777`,
    );
    await client.query(`update vendors set note = '${CANARY}', address = '${CANARY}'`);
    const reviewer = randomUUID();
    await client.query(
      `insert into members (organisation_id, id, email, name, role) values ('${organisationId}', '${reviewer}', '${CANARY}-${reviewer}@example.jp', '${CANARY}', 'member')`,
    );
    await client.query(
      `insert into reviews (organisation_id, assessment_id, subject, evidence_state, na_rejected, reason, remark, reviewed_by, reviewed_at)
       values ('${organisationId}', '${assessmentId}', 'ORG-02', 'rejected', true, '${CANARY}', '${CANARY}', '${reviewer}', now())`,
    );
    await client.query(
      `update assessments set customer_duties = '{"${CANARY}": "no"}' where id = '${assessmentId}' and '${memberId}' <> ''`,
    );
  });
}

/** What is left of a page, or of the reply to a save, without the advice on it. */
function withoutAdvice(text: string): string {
  if (text.startsWith('{')) return JSON.stringify({ ...JSON.parse(text), advice: [] });
  return text.replaceAll(/<div class="advice [\s\S]*?<\/div>/g, '');
}

async function everyPage(person: Visitor): Promise<string[]> {
  const pages: string[] = [];
  for (const url of [
    '/respond',
    '/respond/sections',
    '/respond/questions',
    '/respond/check',
    '/respond/answers',
    '/respond/receipt',
    '/respond/reuse',
    '/respond/messages',
    '/respond/messages/ORG-02',
    '/respond/decline',
    '/respond/redirection',
  ]) {
    for (const lang of ['ja', 'en']) pages.push((await person.get(`${url}?lang=${lang}`)).body);
  }
  return pages;
}

/** Everything the JSON API lets the vendor read without naming a row of it; the master's references are matched by (master.test.ts). */
async function everyReply(person: Visitor): Promise<string[]> {
  const urls = test.app.declaredRoutes
    .filter(({ method, url }) => method === 'GET' && url.startsWith('/api/respond/'))
    .map(({ url }) => url.replace(':questionId', 'ORG-02').replace(':round', '1'))
    .filter((url) => !/:|\/(workbook|master)$/.test(url));
  const replies: string[] = [];
  for (const url of urls) replies.push((await person.get(url)).body);
  expect(replies.length).toBeGreaterThan(7);
  return replies;
}

describe('nothing internal reaches the vendor', () => {
  it('on any page or in any mail, before, at and after the submission', async () => {
    const { compiled } = test.services.questionnaires.get('jp-cloud-ppc', '1.0.0');
    const questionnaire = marked(compiled.questionnaire);
    const sent = await invited(test.app, test.services, { questionnaire, questionnaireHash: randomUUID() });
    const person = await insider(test.app, test.services, sent.token);
    await person.put('/api/respond/answers/ORG-02', { revision: 0, value: 'no' });
    await fill(sent);

    const seen = [...(await everyPage(person)), ...(await everyReply(person))];
    const refused = await person.post('/respond/submission', { name: '', title: '' });
    const done = await person.post('/respond/submission', {
      attested: 'yes',
      unanswered: 'yes',
      name: '佐藤',
      title: '部長',
    });
    expect([refused.statusCode, done.statusCode]).toEqual([400, 303]);
    seen.push(refused.body, ...(await everyPage(person)), ...(await everyReply(person)));
    const mails = (await test.services.mails()).filter(({ to }) => to.address === 'tanaka@example.jp');
    seen.push(...mails.map(({ subject, text }) => subject + text));

    expect(mails.map(({ kind }) => kind).sort()).toEqual(['code', 'receipt']);
    expect(seen.flatMap((text) => text.match(internal) ?? [])).toEqual([]);
    expect(seen.map(withoutAdvice).join()).not.toContain(ADVISED);
  });

  it.each([true, false])('in advice but the finding and what would mend the answer (advice on: %s)', async (advice) => {
    const { compiled } = test.services.questionnaires.get('jp-cloud-ppc', '1.1.0');
    const questionnaire = marked(compiled.questionnaire);
    const settings = { advice, emailDomains: [], prefillMonths: 24, plans: true, reminders: true };
    const sent = await invited(test.app, test.services, { questionnaire, questionnaireHash: randomUUID(), settings });
    const person = await insider(test.app, test.services, sent.token);
    const seen: string[] = [];
    for (const [id, value] of [
      ...([
        ['DATA-01', 'yes'],
        ['CEX-05', 9],
        ['CEX-01', 'not_handled'],
        ['CEX-06', 'human'],
      ] as const),
      ...([
        ['AUTH-01', 6],
        ['AUTH-03', 'long'],
        ['AUTH-09', 'unknown'],
        ['ORG-02', 'no'],
        ['DSC-02', 'un'],
      ] as const),
    ]) {
      const reply = await person.put(`/api/respond/answers/${id}`, { revision: 0, value });
      expect(reply.statusCode).toBe(200);
      seen.push(reply.body);
    }
    await fill(sent);
    const pages = ['/respond/check', ...['CEX', 'AUTH', 'ORG', 'DSC'].map((section) => `/respond/sections/${section}`)];
    for (const url of pages) for (const lang of ['ja', 'en']) seen.push((await person.get(`${url}?lang=${lang}`)).body);

    // Ten pages and seven replies: the first two answers touch nothing yet.
    expect(seen.filter((text) => text.includes(ADVISED))).toHaveLength(advice ? 17 : 0);
    expect(seen.flatMap((text) => text.match(internal) ?? [])).toEqual([]);
    expect(seen.map(withoutAdvice).join()).not.toContain(ADVISED);
  });
});
