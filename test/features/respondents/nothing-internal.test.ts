import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Questionnaire } from '../../../server/domain/questionnaire/questionnaire.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { asOwner } from '../../support/database.ts';
import { type Invited, insider, invited, type Visitor } from './visitor.ts';

/** Stands in every internal text; a weight of 7.77 stands in every internal number. */
const CANARY = 'CANARY';
const WEIGHT = 7.77;

/** Words and numbers of the scoring, and the codes of findings as they would stand in a cell. */
const internal =
  /CANARY|7\.77|0\.777|777,?777|足切り|配点|評点|総合判定|knock-?out|weight(?:ing)? of|(?<=[>\s"])(?:F[1-9]|L1)(?=[<\s"])/g;

let test: TestApp;
beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());

const canary = { ja: CANARY, en: CANARY };

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
        advice: canary,
        references: [CANARY],
        ...(question.options
          ? { options: question.options.map((o) => (o.score === undefined ? o : { ...o, score: 0.777 })) }
          : {}),
      })),
    })),
    findings: (questionnaire.findings ?? []).map((finding) => ({
      ...finding,
      title: canary,
      statement: canary,
      code: CANARY,
      conclusions: {},
    })),
    observations: (questionnaire.observations ?? []).map((one) => ({
      ...one,
      title: canary,
      statement: canary,
      code: CANARY,
    })),
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

async function everyPage(person: Visitor): Promise<string[]> {
  const pages: string[] = [];
  for (const url of [
    '/respond',
    '/respond/sections',
    '/respond/questions',
    '/respond/check',
    '/respond/answers',
    '/respond/receipt',
  ]) {
    for (const lang of ['ja', 'en']) pages.push((await person.get(`${url}?lang=${lang}`)).body);
  }
  return pages;
}

describe('nothing internal reaches the vendor', () => {
  it('on any page or in any mail, before, at and after the submission', async () => {
    const { compiled } = test.services.questionnaires.get('jp-cloud-ppc', '1.0.0');
    const questionnaire = marked(compiled.questionnaire);
    const sent = await invited(test.app, test.services, { questionnaire, questionnaireHash: randomUUID() });
    const person = await insider(test.app, test.services, sent.token);
    await person.put('/api/respond/answers/ORG-02', { revision: 0, value: 'no' });
    await fill(sent);

    const seen = await everyPage(person);
    const refused = await person.post('/respond/submission', { name: '', title: '' });
    const done = await person.post('/respond/submission', {
      attested: 'yes',
      unanswered: 'yes',
      name: '佐藤',
      title: '部長',
    });
    expect([refused.statusCode, done.statusCode]).toEqual([400, 303]);
    seen.push(refused.body, ...(await everyPage(person)));
    const mails = (await test.services.mails()).filter(({ to }) => to.address === 'tanaka@example.jp');
    seen.push(...mails.map(({ subject, text }) => subject + text));

    expect(mails.map(({ kind }) => kind).sort()).toEqual(['code', 'receipt']);
    expect(seen.flatMap((text) => text.match(internal) ?? [])).toEqual([]);
  });
});
