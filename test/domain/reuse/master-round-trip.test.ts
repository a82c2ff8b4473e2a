import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSpreadsheets } from '../../../server/adapters/spreadsheets.ts';
import type { AnswerValue } from '../../../server/domain/questionnaire/answer.ts';
import { isBlank } from '../../../server/domain/questionnaire/answer-state.ts';
import { respondentProblems } from '../../../server/domain/questionnaire/fits.ts';
import type { Question } from '../../../server/domain/questionnaire/questionnaire.ts';
import { type AnswerMaster, MASTER_FORMAT } from '../../../server/domain/reuse/answer-master.ts';
import { type GivenAnswer, givenAnswer } from '../../../server/domain/reuse/given-answer.ts';
import { answersIn, masterAnswer } from '../../../server/domain/reuse/master-answers.ts';
import { masterBook } from '../../../server/domain/reuse/master-book.ts';
import { masterOfBook } from '../../../server/domain/reuse/master-of-book.ts';
import { matchAnswers } from '../../../server/domain/reuse/match.ts';
import { readMaster } from '../../../server/domain/reuse/read-master.ts';
import type { Book, ReadBook } from '../../../server/domain/workbook/book.ts';
import { jp } from '../cases.ts';

const today = '2026-11-22';

/** Text as it is kept (cleanText, trimmed), with what spreadsheets and JSON stumble over. */
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.constantFrom(
      '=1+1',
      '[1]',
      '{"a":1}',
      '007',
      '1,200',
      '2026-04-01',
      'TRUE',
      '-',
      '_x000D_',
      '行1\n行2\t表',
      '+81',
    ),
  )
  .map((typed) =>
    typed
      .toWellFormed()
      .normalize('NFC')
      .replace(/[^\P{Cc}\n\t]|[\ufffe\uffff]/gu, '')
      .trim(),
  );
const some = text.map((typed) => typed || 'あ');
const day = fc
  .integer({ min: 0, max: 4_000 })
  .map((days) => new Date(Date.UTC(2015, 0, 1 + days)).toISOString().slice(0, 10));

function valueFor({
  type,
  options = [],
  minimum,
  maximum,
  integer,
  certificateKinds = [],
  none,
}: Question): fc.Arbitrary<AnswerValue> {
  const values = options.map(({ value }) => value);
  const special = type === 'text' ? [] : ['unknown', ...(none ? ['none'] : [])];
  const plain: Record<Question['type'], () => fc.Arbitrary<AnswerValue>> = {
    single: () => fc.constantFrom(...values),
    multi: () =>
      fc.subarray(
        options.filter(({ exclusive }) => !exclusive).map(({ value }) => value),
        { minLength: 1 },
      ),
    number: () =>
      integer
        ? fc.integer({ min: minimum ?? -1_000_000, max: maximum ?? 1_000_000 })
        : fc
            .integer({ min: (minimum ?? 0) * 100, max: (maximum ?? 1_000) * 100 })
            .map((hundredths) => hundredths / 100),
    date: () => day,
    text: () => some,
    certificates: () =>
      fc.array(
        fc.record(
          {
            kind: fc.constantFrom(...certificateKinds),
            number: some,
            scope: some,
            expires: day,
            scopeIncludesService: fc.boolean(),
            status: fc.constant('pending' as const),
          },
          { requiredKeys: ['kind'] },
        ),
        { maxLength: 3 },
      ),
  };
  return special.length > 0
    ? fc.oneof({ weight: 5, arbitrary: plain[type]() }, fc.constantFrom(...special))
    : plain[type]();
}

function givenFor(question: Question): fc.Arbitrary<GivenAnswer | null> {
  const parts = fc.record({
    value: valueFor(question),
    comment: text,
    withheld: text,
    plan: fc.option(fc.record({ by: day, measure: some })),
    conditional: fc.option(fc.record({ value: valueFor(question), condition: some })),
    on: day,
  });
  return fc.option(
    parts.map((one) => givenAnswer(question, jp.questionnaire.certificateKinds, { ...one, naReason: '', files: [] })),
  );
}

/** Any set of answers the questionnaire takes. Records under a condition are not offered by the pages. */
const given = fc.tuple(...jp.questions.map(({ question }) => givenFor(question))).map((all) =>
  all.flatMap((one, index) => {
    const question = jp.questions[index]?.question;
    if (!one || !question || isBlank(question, one.value) || respondentProblems(question, one).length > 0) return [];
    return [question.type === 'certificates' ? { ...one, conditional: null } : one];
  }),
);

function masterOf(answers: readonly GivenAnswer[]): AnswerMaster {
  const { id, version, title } = jp.questionnaire;
  return {
    format: MASTER_FORMAT,
    exportedAt: '2026-11-22T01:02:03.456Z',
    vendor: { name: { ja: '株式会社あおぞら', en: 'Aozora' }, service: '人事' },
    questionnaire: { id, version, title },
    answers: answers.map(masterAnswer),
    evidence: [
      {
        name: '規程 "第8版".pdf',
        sha256: 'a'.repeat(64),
        size: 12,
        mediaType: 'application/pdf',
        questions: ['AUTH-01', 'ORG-02'],
        uploadedOn: '2026-01-02',
        expiresOn: '2027-01-02',
      },
    ],
    disclosures: [
      {
        customer: { ja: '甲社', en: 'Ko' },
        service: '人事',
        reference: 'KA-2026-0001',
        questionnaire: `${id}@${version}`,
        round: 2,
        submittedAt: '2026-05-01T00:00:00.000Z',
        receiptNumber: 'KR-AAAA-CCCC',
        attestedBy: { name: '佐藤', title: '' },
        answers: 3,
        files: ['a'.repeat(64), 'b'.repeat(64)],
      },
    ],
  };
}

function readBack(content: unknown): AnswerMaster {
  const read = readMaster(content, today);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems.slice(0, 3)));
  return read.master;
}

function fromBook(book: ReadBook): AnswerMaster {
  const read = masterOfBook(book);
  if (read === null || 'problems' in read) throw new Error(JSON.stringify(read));
  return readBack(read.content);
}

/** What the cells of a book are when read again, without a file in between. */
function asRead({ sheets }: Book): ReadBook {
  return {
    cut: false,
    sheets: sheets.map(({ name, rows }) => ({
      name,
      rows: rows.map(({ cells }, row) => ({
        number: row + 1,
        cells: cells.flatMap((cell, column) =>
          cell === null || cell.value === null ? [] : [{ column: column + 1, value: cell.value }],
        ),
      })),
    })),
  };
}

function expectEveryOffer(master: AnswerMaster, answers: readonly GivenAnswer[]): void {
  const { offered, misfits, unmatched } = matchAnswers(answersIn(master), jp, true);
  expect([misfits, unmatched]).toEqual([[], []]);
  const content = ({ value, naReason, comment, withheld, plan, conditional, on }: GivenAnswer) => ({
    value,
    naReason,
    comment,
    withheld,
    plan,
    conditional,
    on,
  });
  expect(offered.map(({ question, given: one, by }) => [question.id, by, content(one)])).toEqual(
    answers.map((one) => [one.question, 'key', content(one)]),
  );
}

describe('an answer master', () => {
  it('offers every answer exactly when its JSON comes back', () => {
    fc.assert(
      fc.property(given, (answers) => {
        const master = masterOf(answers);
        const back = readBack(JSON.parse(JSON.stringify(master)));
        expect(back).toEqual(master);
        expectEveryOffer(back, answers);
      }),
      { numRuns: 15, endOnFailure: true },
    );
  });

  it('says the same as a workbook, whatever the order of its columns', () => {
    fc.assert(
      fc.property(given, (answers) => {
        const master = masterOf(answers);
        const book = asRead(masterBook(master));
        const back = fromBook(turned(book));
        expectEveryOffer(back, answers);
        expect([back.evidence, back.disclosures]).toEqual([master.evidence, master.disclosures]);
      }),
      { numRuns: 15, endOnFailure: true },
    );
  });

  it('survives a real .xlsx file', async () => {
    const spreadsheets = createSpreadsheets();
    await fc.assert(
      fc.asyncProperty(given, async (answers) => {
        const master = masterOf(answers);
        const back = fromBook(await spreadsheets.read(await spreadsheets.write(masterBook(master))));
        expectEveryOffer(back, answers);
        expect([back.evidence, back.disclosures]).toEqual([master.evidence, master.disclosures]);
      }),
      { numRuns: 2, endOnFailure: true },
    );
  });

  it('names the cell of what is wrong in a workbook, and refuses formulas and columns it has not', () => {
    const [answers] = fc.sample(
      given.filter(({ length }) => length > 2),
      1,
    );
    const book = asRead(masterBook(masterOf(answers ?? [])));
    const change = (column: number, row: number, cell: object) => ({
      ...book,
      sheets: book.sheets.map((sheet, index) =>
        index !== 1
          ? sheet
          : {
              ...sheet,
              rows: sheet.rows.map((one) =>
                one.number !== row
                  ? one
                  : {
                      ...one,
                      cells: [...one.cells.filter((other) => other.column !== column), { column, value: '', ...cell }],
                    },
              ),
            },
      ),
    });
    const late = masterOfBook(change(16, 3, { value: '2999-01-01' }));
    if (late === null || 'problems' in late) throw new Error('not read');
    const read = readMaster(late.content, today);
    expect('problems' in read && read.problems.map(({ path }) => late.place(path))).toEqual(['回答 Answers!P3']);
    expect(masterOfBook(change(5, 2, { formula: true }))).toMatchObject({ problems: [{ path: '回答 Answers!E2' }] });
    expect(masterOfBook(change(17, 1, { value: '配点 (score)' }))).toMatchObject({
      problems: [{ path: '回答 Answers!Q1' }],
    });
    expect(masterOfBook({ ...book, sheets: book.sheets.slice(1) })).toBeNull();
  });
});

/** Columns of the tables the other way round, as somebody may arrange them. */
function turned(book: ReadBook): ReadBook {
  return {
    ...book,
    sheets: book.sheets.map((sheet, index) =>
      index === 0
        ? sheet
        : {
            ...sheet,
            rows: sheet.rows.map((row) => ({
              ...row,
              cells: row.cells.map((cell) => ({ ...cell, column: 40 - cell.column })),
            })),
          },
    ),
  };
}
