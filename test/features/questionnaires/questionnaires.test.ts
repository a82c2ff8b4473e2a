import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { type Customer, newCustomer, words } from '../vendors/customer.ts';

let test: TestApp;
let customer: Customer;

beforeAll(async () => {
  test = await buildTestApp();
  customer = await newCustomer(test);
});
afterAll(() => test.close());

const published = () => test.services.questionnaires.list();
const decoded = (html: string) =>
  words(html).replace(/&(amp|lt|gt|quot|#x27|#x3D|#x60);/g, (_, name: string) => {
    return { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'", '#x3D': '=', '#x60': '`' }[name] ?? '';
  });
const spaced = (text: string) => text.replace(/\s+/g, ' ');

describe('the published questionnaires', () => {
  it('are listed with their size, languages and hash', async () => {
    expect(published().length).toBeGreaterThan(1);
    const page = decoded((await customer.auditor.get('/questionnaires')).body);
    for (const { compiled, hash } of published()) {
      const { title, sections } = compiled.questionnaire;
      expect(page).toContain(spaced(title.ja));
      expect(page).toContain(`${compiled.questions.length}問（${sections.length}セクション）`);
      expect(page).toContain(hash.slice(0, 12));
    }
  });

  it.each(['ja', 'en'] as const)(
    'show every question as a vendor reads it, in %s, and nothing of the scoring',
    async (lang) => {
      for (const { compiled } of published()) {
        const { questionnaire, questions } = compiled;
        const answer = await customer.auditor.get(
          `/questionnaires/${questionnaire.id}/${questionnaire.version}?lang=${lang}`,
        );
        const page = decoded(answer.body);
        for (const { question } of questions) {
          expect(page).toContain(spaced(question.text[lang]));
          for (const option of question.options ?? []) expect(page).toContain(spaced(option.label[lang]));
          expect(page).not.toContain(spaced(question.advice[lang]));
        }
        for (const finding of questionnaire.findings ?? []) expect(page).not.toContain(spaced(finding.statement[lang]));
        expect(page).not.toMatch(/重み|足切り|knock-out|Weight/);
        expect(answer.body).not.toMatch(/<(input|select|textarea)/);
      }
    },
  );

  it('explain the scoring to the customer: weights, caps, grades, judgements and findings', async () => {
    for (const { compiled } of published()) {
      const { questionnaire } = compiled;
      const { body } = await customer.auditor.get(
        `/questionnaires/${questionnaire.id}/${questionnaire.version}/scoring`,
      );
      const page = decoded(body);
      const { caps, judgements, grades } = questionnaire.scoring;
      for (const { reason } of [...caps, ...judgements]) expect(page).toContain(spaced(reason.ja));
      for (const { grade, min } of grades) expect(page).toMatch(new RegExp(`${grade} ${min}点以上`));
      for (const { title, statement } of questionnaire.findings ?? []) {
        expect(page).toContain(spaced(title.ja));
        expect(page).toContain(spaced(statement.ja));
      }
      for (const { title, weight } of questionnaire.sections)
        expect(page).toContain(`${spaced(title.ja)} 配点 ${weight}`);
    }
  });

  it('that do not exist are not found', async () => {
    for (const path of ['no-such/1.0.0', 'jp-cloud-ppc/9.9.9', 'jp-cloud-ppc/9.9.9/scoring', '..%2f/1.0.0']) {
      expect([path, (await customer.owner.get(`/questionnaires/${path}`)).statusCode]).toEqual([path, 404]);
    }
  });

  it('are for people who have signed in; their schema is for everybody', async () => {
    expect((await test.app.inject({ url: '/questionnaires' })).statusCode).toBe(401);
    const answer = await test.app.inject({ url: '/schemas/questionnaire-v1.json' });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      200,
      'application/schema+json; charset=utf-8',
    ]);
    expect(answer.body).toBe(readFileSync('questionnaires/schema/questionnaire.schema.json', 'utf8'));
  });
});
