import { describe, expect, it } from 'vitest';
import type { Answer, Answers, AnswerValue } from '../../../server/domain/questionnaire/answer.ts';
import { shownToRespondent } from '../../../server/domain/questionnaire/visibility.ts';
import type { Book, ReadBook, ReadCell, ReadSheet } from '../../../server/domain/workbook/book.ts';
import { differenceOf } from '../../../server/domain/workbook/compare.ts';
import { type Content, contentKey, type ExportInput, nothing } from '../../../server/domain/workbook/content.ts';
import { buildBook } from '../../../server/domain/workbook/layout.ts';
import { type Meta, readMeta, signedText } from '../../../server/domain/workbook/meta.ts';
import { readWorkbook } from '../../../server/domain/workbook/read.ts';
import { choiceOf } from '../../../server/domain/workbook/read-choice.ts';
import { dayText } from '../../../server/domain/workbook/read-day.ts';
import { best, jp } from '../cases.ts';

const meta: Meta = {
  assessmentId: 'a',
  reference: 'KA-2026-0001',
  questionnaireHash: 'h',
  exportedAt: '2026-04-15T01:00:00.000Z',
  answers: [{ questionId: 'AUTH-01', revision: 3, fingerprint: 'f' }],
};

const everything = new Set(jp.questions.map(({ question }) => question.id));

function bookOf(answers: Answers, more: Partial<ExportInput> = {}): Book {
  const contents = Object.entries(answers).map(([id, answer]) => [id, { ...contentOf(answer), revision: 1 }] as const);
  return buildBook(
    {
      locale: 'ja',
      compiled: jp,
      own: everything,
      shown: shownToRespondent(jp, answers),
      answers: new Map(contents),
      files: new Map(),
      plans: true,
      facts: {
        reference: 'KA-2026-0001',
        customer: '株式会社みなと労務',
        service: 'あおぞら人事',
        respondent: '田中太郎',
        dueOn: '2026年12月18日(金)',
        contact: '山田花子 <yamada@example.jp>',
        questionnaire: jp.questionnaire.title,
        version: jp.reference,
        exportedAt: '2026年4月15日(水) 10:00 JST',
        uploadAt: 'https://kantoku.example.jp/respond/workbook',
      },
      ...more,
    },
    meta,
    'code',
  );
}

function contentOf({ value = null, naReason = '', comment = '', plan = null, conditional = null }: Answer): Content {
  return { value, naReason, comment, plan, conditional };
}

/** The book as a file holds it. */
function saved(book: Book): ReadBook {
  const sheets = book.sheets.map(({ name, rows }) => ({
    name,
    rows: rows.map(({ cells }, index) => ({
      number: index + 1,
      cells: cells.flatMap((cell, column): ReadCell[] =>
        cell?.value === null || cell === null ? [] : [{ column: column + 1, value: cell.value }],
      ),
    })),
  }));
  return { sheets, cut: false };
}

type MutableSheet = { name: string; rows: { number: number; cells: { column: number; value: string | number }[] }[] };

/** The file after somebody has worked on the sheet that holds AUTH-01. */
function edited(change: (sheet: MutableSheet) => void, answers: Answers = {}): ReadBook {
  const book = structuredClone(saved(bookOf(answers))) as unknown as { sheets: MutableSheet[]; cut: boolean };
  const sheet = book.sheets.find(({ name }) => name.startsWith('4 '));
  if (!sheet) throw new Error('no sheet with AUTH');
  change(sheet);
  return book;
}

const read = (book: ReadBook) => {
  const { answers, problems } = readWorkbook(book, jp);
  return { byId: new Map(answers.map((one) => [one.question.id, one])), problems };
};

const ANSWER = 4;
const rowOf = ({ rows }: MutableSheet, id: string) => {
  const row = rows.find(({ cells }) => cells.some(({ column, value }) => column > 10 && value === id));
  if (!row) throw new Error(`no row ${id}`);
  return row;
};
function type(sheet: MutableSheet, id: string, value: string | number, column = ANSWER): void {
  const row = rowOf(sheet, id);
  row.cells = [...row.cells.filter((cell) => cell.column !== column), { column, value }];
}

describe('a workbook', () => {
  it('has a guide, a sheet a section, certificates and two hidden sheets', () => {
    const { sheets } = bookOf({});
    expect(sheets.map(({ state }) => state)).toEqual([...Array(15).fill('visible'), 'hidden', 'hidden']);
    expect(sheets.map(({ name }) => name)).toEqual([
      '記入要領',
      ...jp.questionnaire.sections.map(({ title }, index) => `${index + 1} ${title.ja}`.slice(0, 31)),
      '認証・報告書',
      '_choices',
      '_meta',
    ]);
    for (const locale of ['ja', 'en'] as const) {
      const names = bookOf({}, { locale }).sheets.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      expect(names.filter((name) => name.length > 31 || /[\\/?*[\]:]/.test(name))).toEqual([]);
    }
  });

  it('holds the questions of the person and no others', () => {
    const { sheets } = bookOf(best, { own: new Set(['AUTH-01', 'CRT-01']) });
    expect(sheets.filter(({ state }) => state === 'visible').map(({ name }) => name)).toEqual([
      '記入要領',
      '4 識別・認証・パスワード',
      '11 第三者認証',
      '認証・報告書',
    ]);
    expect(JSON.stringify(sheets)).not.toMatch(/AUTH-02|CRT-02|ORG-01/);
  });

  it('refers each list to choices that are there', () => {
    const { sheets } = bookOf({});
    const choices = sheets.find(({ name }) => name === '_choices')?.rows.map(({ cells }) => cells[0]?.value) ?? [];
    const auth03 = sheets
      .flatMap(({ rows }) => rows)
      .find(({ cells }) => cells.at(-1)?.value === 'AUTH-03')
      ?.cells.find((cell) => cell?.list);
    const [, from, to] = /^'_choices'!\$A\$(\d+):\$A\$(\d+)$/.exec(auth03?.list ?? '') ?? [];
    const options = jp.byId.get('AUTH-03')?.question.options?.map(({ label }) => label.ja) ?? [];
    expect(choices.slice(Number(from) - 1, Number(to))).toEqual([...options, 'わからない・確認中', '該当なし']);
  });

  it('gives nothing away that the pages do not', () => {
    const words = JSON.stringify([bookOf(best), bookOf(best, { locale: 'en' })]);
    for (const { question } of jp.questions) expect(words).not.toContain(question.advice.ja);
    expect(words).not.toMatch(/"(weight|score|fails|bands|finding|severity)":|配点|足切り|knock-?out|\bF[1-8]\b/i);
  });

  it('says the same when it is read as when it was written', () => {
    const answers: Answers = {
      ...best,
      'AUTH-01': { value: 12, comment: '二行\n目', plan: { by: '2027-03-31', measure: '適用' } },
      'AUTH-03': { value: 'na', naReason: '理由' },
      'AUTH-04': { value: 'unknown' },
      'AUTH-06': { value: 'none', conditional: { value: ['cert', 'ip'], condition: '上位プラン' } },
      'CRT-04': { value: [] },
    };
    for (const locale of ['ja', 'en'] as const) {
      const { byId, problems } = read(saved(bookOf(answers, { locale })));
      expect(problems).toEqual([]);
      expect(byId.size).toBe(90);
      expect(byId.get('AUTH-01')).toMatchObject({
        typed: '12',
        comment: '二行\n目',
        plan: { by: '2027-03-31', measure: '適用' },
      });
      expect(byId.get('AUTH-02')?.choice).toEqual(best['AUTH-02']?.value);
      expect(byId.get('AUTH-03')).toMatchObject({ choice: ['na'], naReason: '理由' });
      expect(byId.get('AUTH-04')?.choice).toEqual(['unknown']);
      expect(byId.get('AUTH-06')).toMatchObject({ choice: ['none'], conditional: { condition: '上位プラン' } });
      expect(byId.get('CRT-04')?.choice).toEqual(['empty']);
      expect(byId.get('CRT-01')?.records).toHaveLength([best['CRT-01']?.value].flat().length);
    }
  });
});

describe('what people do to a sheet', () => {
  const filled = (sheet: MutableSheet) => {
    type(sheet, 'AUTH-01', 12);
    type(sheet, 'AUTH-02:seq', '○');
  };
  const expectFilled = (book: ReadBook) => {
    const { byId, problems } = read(book);
    expect(problems).toEqual([]);
    expect([byId.get('AUTH-01')?.typed, byId.get('AUTH-02')?.choice]).toEqual(['12', ['seq']]);
  };

  it('sorts its rows', () => {
    expectFilled(
      edited((sheet) => {
        filled(sheet);
        const numbers = sheet.rows.slice(3).map(({ number }) => number);
        const reversed = sheet.rows.slice(3).reverse();
        sheet.rows.splice(
          3,
          reversed.length,
          ...reversed.map((row, index) => ({ ...row, number: numbers[index] ?? 0 })),
        );
      }),
    );
  });

  it('inserts rows and columns, and a title above', () => {
    expectFilled(
      edited((sheet) => {
        filled(sheet);
        for (const row of sheet.rows) {
          row.number += row.number > 5 ? 4 : 2;
          row.cells = row.cells.map(({ column, value }) => ({ column: column + (column > 2 ? 1 : 0), value }));
        }
        sheet.rows.unshift({ number: 1, cells: [{ column: 1, value: '社内回覧用' }] });
      }),
    );
  });

  it('deletes the hidden column: numbers and words tell the rows', () => {
    expectFilled(
      edited((sheet) => {
        filled(sheet);
        for (const row of sheet.rows)
          row.cells = row.cells.filter(
            ({ value }) => !/^_id$|^[A-Z]{3,4}-\d\d(:.*)?$/.test(String(value)) || row.cells[0]?.value === value,
          );
      }),
    );
  });

  it('copies a row: it cannot be told which one counts', () => {
    const { problems } = read(
      edited((sheet) => {
        const row = rowOf(sheet, 'AUTH-01');
        sheet.rows.push({ ...structuredClone(row), number: 99 });
      }),
    );
    expect(problems).toMatchObject([
      { cell: 'A99', message: { ja: expect.stringContaining('AUTH-01 の行が2つ以上') } },
    ]);
  });

  it('writes into a row that belongs to no question', () => {
    const { problems } = read(
      edited((sheet) => {
        sheet.rows.push({ number: 98, cells: [{ column: ANSWER, value: '覚え書き' }] });
        sheet.rows.push({ number: 99, cells: [{ column: 2, value: '以上' }] });
      }),
    );
    expect(problems).toMatchObject([{ sheet: '4 識別・認証・パスワード', cell: 'A98', questionId: null }]);
  });

  it('deletes a column: what it held stays as it is', () => {
    const { byId } = read(
      edited((sheet) => {
        for (const row of sheet.rows) row.cells = row.cells.filter(({ column }) => column !== 6);
      }),
    );
    expect([byId.get('AUTH-01')?.comment, byId.get('AUTH-01')?.naReason]).toEqual([undefined, '']);
    expect(byId.get('ORG-01')?.comment).toBe('');
  });

  it('writes x, which is a tick to some and a cross to others', () => {
    const { byId, problems } = read(edited((sheet) => type(sheet, 'AUTH-02:seq', 'x')));
    expect([byId.has('AUTH-02'), problems[0]?.questionId]).toEqual([false, 'AUTH-02']);
  });

  it('adds a certificate in a row of their own, and leaves out the sheet', () => {
    const book = saved(bookOf({ 'CRT-01': { value: [{ kind: 'ISMS', number: 'IS 1' }] } }));
    const certificates = book.sheets.find(({ name }) => name === '認証・報告書') as ReadSheet & MutableSheet;
    certificates.rows.push({
      number: 80,
      cells: [
        { column: 1, value: 'ＣＲＴ-01' },
        { column: 3, value: 'isms' },
        { column: 4, value: 'IS 2' },
        { column: 11, value: 46_000 },
      ],
    });
    const records = read(book)
      .byId.get('CRT-01')
      ?.records.map(({ fields }) => fields);
    expect(records).toMatchObject([{ number: 'IS 1' }, { kind: 'ISMS', number: 'IS 2', expires: '2025-12-09' }]);
    const without = { ...book, sheets: book.sheets.filter((sheet) => sheet !== certificates) };
    expect(read(without).byId.has('CRT-01')).toBe(false);
  });
});

describe('words for a choice', () => {
  const question = (id: string) => {
    const found = jp.byId.get(id)?.question;
    if (!found) throw new Error(id);
    return found;
  };
  const yesNo = jp.questions.find(
    ({ question: { type, options } }) => type === 'single' && options?.map(({ value }) => value).join() === 'yes,no',
  )?.question;

  it.each([
    ['○', 'yes'],
    ['✓', 'yes'],
    ['はい', 'yes'],
    ['×', 'no'],
    ['いいえ', 'no'],
    ['ＹＥＳ', 'yes'],
    ['わからない', 'unknown'],
    ['確認中。', 'unknown'],
    ['△', null],
  ])('%s is %s where the options are yes and no', (text, value) => {
    expect(choiceOf(yesNo ?? question('AUTH-03'), text)).toBe(value);
  });

  it('a tick means nothing where there is no yes', () => {
    expect(choiceOf(question('AUTH-03'), '○')).toBeNull();
  });

  it.each([
    [46_000, '2025-12-09'],
    ['46000', '2025-12-09'],
    ['46000.5', '2025-12-09'],
    [12, '12'],
    ['令和8年3月1日', '令和8年3月1日'],
    [undefined, ''],
  ])('the day %s is %s', (value, day) => {
    expect(dayText(value)).toBe(day);
  });
});

describe('what would change', () => {
  const content = (value: AnswerValue, comment = ''): Content => ({ ...nothing, value, comment });
  const fingerprint = (key: string) => `#${key}`;
  const base = (value: AnswerValue, revision: number) => ({
    questionId: 'AB-01',
    revision,
    fingerprint: fingerprint(contentKey(content(value))),
  });
  it.each([
    ['nothing', base(1, 1), { ...content(1), revision: 1 }, content(1), 'unchanged'],
    ['only on the web', base(1, 1), { ...content(2), revision: 2 }, content(1), 'unchanged'],
    ['both to the same', base(1, 1), { ...content(2), revision: 2 }, content(2), 'unchanged'],
    ['both', base(1, 1), { ...content(2), revision: 2 }, content(3), 'conflict'],
    ['an answer to none', base(null, 0), { ...content(null), revision: 0 }, content(3), 'added'],
    ['an answer', base(1, 1), { ...content(1), revision: 1 }, content(3), 'changed'],
    ['a comment', base(1, 1), { ...content(1), revision: 1 }, content(1, 'x'), 'changed'],
    ['emptied', base(1, 1), { ...content(1), revision: 1 }, content(null), 'cleared'],
    ['order', base(['a', 'b'], 1), { ...content(['a', 'b']), revision: 1 }, content(['b', 'a']), 'unchanged'],
    ['an answer the workbook knows nothing of', undefined, { ...content(1), revision: 1 }, content(2), 'conflict'],
  ] as const)('%s', (_, from, now, file, difference) => {
    expect(differenceOf({ base: from, now, file }, fingerprint)).toBe(difference);
  });
});

describe('the hidden sheet', () => {
  it('comes back as it was, and signs every member', () => {
    expect(readMeta(saved(bookOf({})))).toEqual({ meta, mac: 'code' });
    const signed = signedText(meta);
    const [answer] = meta.answers;
    if (!answer) throw new Error('no answer');
    const changes: Meta[] = [
      { ...meta, assessmentId: 'b' },
      { ...meta, reference: 'b' },
      { ...meta, questionnaireHash: 'b' },
      { ...meta, exportedAt: 'b' },
      { ...meta, answers: [] },
      { ...meta, answers: [{ ...answer, revision: 4 }] },
      { ...meta, answers: [{ ...answer, fingerprint: 'g' }] },
    ];
    for (const changed of changes) expect(signedText(changed)).not.toBe(signed);
  });

  it.each([
    ['no sheet', []],
    ['another format', [['kantoku/workbook/2']]],
    ['a head that is no JSON', [['kantoku/workbook/1'], ['{'], ['code']]],
    ['a head without the request', [['kantoku/workbook/1'], ['{}'], ['code']]],
    ['a revision that is none', [['kantoku/workbook/1'], [JSON.stringify(meta)], ['code'], ['AUTH-01', 'x', 'f']]],
  ])('%s is none of ours', (_, lines) => {
    const rows = lines.map((cells, index) => ({
      number: index + 1,
      cells: cells.map((value, column) => ({ column: column + 1, value })),
    }));
    expect(readMeta({ sheets: [{ name: '_meta', rows }], cut: false })).toBeNull();
  });
});
