import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSpreadsheets } from '../../../server/adapters/spreadsheets.ts';
import type { AnswerMaster } from '../../../server/domain/reuse/answer-master.ts';
import { givenAnswer } from '../../../server/domain/reuse/given-answer.ts';
import { masterAnswer } from '../../../server/domain/reuse/master-answers.ts';
import { masterBook } from '../../../server/domain/reuse/master-book.ts';
import { masterOfBook } from '../../../server/domain/reuse/master-of-book.ts';
import { readMaster } from '../../../server/domain/reuse/read-master.ts';
import { example, jp } from '../../domain/cases.ts';
import { type LibreOffice, missing, openLibreOffice } from '../workbooks/libreoffice.ts';

if (missing) console.warn(missing);

/** What a spreadsheet program might take for a formula, a number or a day. */
const awkward = [
  '=1+1',
  '＋81-3',
  "'=1",
  '00１２',
  '2026/12/1',
  '1e5',
  'TRUE',
  '[1]',
  '_x0041_',
  '1行目\n2行目',
  '𠮷野家😀',
];

/** Every answer of the model service, each with a comment that is hard on spreadsheets. */
function wholeMaster(): AnswerMaster {
  const { id, version, title, certificateKinds } = jp.questionnaire;
  const answers = jp.questions.flatMap(({ question }, index) => {
    const value = example('EX2').answers[question.id]?.value ?? null;
    if (value === null || value === 'na') return [];
    const comment = awkward[index % awkward.length] ?? '';
    const parts = { comment, naReason: '', plan: null, conditional: null, withheld: '', on: '2026-04-01', files: [] };
    return [masterAnswer(givenAnswer(question, certificateKinds, { ...parts, value: withoutEvidence(value) }))];
  });
  return {
    ...{ format: 'kantoku/answer-master/1', exportedAt: '2026-11-22T01:02:03.456Z' },
    ...{ vendor: { name: { ja: '=当社', en: 'We' }, service: '007' }, questionnaire: { id, version, title } },
    ...{ answers, evidence: [], disclosures: [] },
  } as AnswerMaster;
}

/** The state of evidence is the customer's word and no part of an answer. */
function withoutEvidence<Value>(value: Value): Value {
  if (!Array.isArray(value)) return value;
  return value.map((one) => {
    if (typeof one !== 'object') return one;
    const { evidence: _, ...rest } = one;
    return rest;
  }) as Value;
}

describe.skipIf(missing)('a master that has been through LibreOffice', () => {
  let office: LibreOffice;
  beforeAll(() => {
    office = openLibreOffice();
  });
  afterAll(() => office.close());

  it.each(['xlsx', 'ods'] as const)(
    'says the same when it was saved as %s',
    async (format) => {
      const spreadsheets = createSpreadsheets();
      const master = wholeMaster();
      expect(master.answers.length).toBeGreaterThan(50);
      const [saved] = office.convert([await spreadsheets.write(masterBook(master))], 'xlsx', format);
      const [back] = format === 'ods' ? office.convert([saved ?? new Uint8Array()], 'ods', 'xlsx') : [saved];
      const read = masterOfBook(await spreadsheets.read(back ?? new Uint8Array()));
      if (read === null || 'problems' in read) throw new Error(JSON.stringify(read));
      expect(readMaster(read.content, '2026-11-22')).toEqual({ master });
    },
    180_000,
  );
});
