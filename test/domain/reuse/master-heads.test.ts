import { expect, it } from 'vitest';
import { type AnswerMaster, MASTER_FORMAT } from '../../../server/domain/reuse/answer-master.ts';
import { masterBook } from '../../../server/domain/reuse/master-book.ts';
import { masterOfBook } from '../../../server/domain/reuse/master-of-book.ts';

const master: AnswerMaster = {
  format: MASTER_FORMAT,
  exportedAt: '2026-11-01T00:00:00.000Z',
  vendor: { name: { ja: '株式会社あおぞら', en: '' }, service: 'あおぞら人事' },
  questionnaire: { id: 'jp-cloud-ppc', version: '1.0.0', title: { ja: '質問票', en: '' } },
  answers: [
    {
      ...{ question: 'Q-1', type: 'text', text: { ja: '設問', en: '' }, references: [], value: '回答' },
      ...{ words: [{ ja: '回答', en: '回答' }], on: '2026-10-01' },
    },
  ],
  evidence: [],
  disclosures: [],
};

/** The first sheet of answers with one head replaced. */
function read(head?: string) {
  const sheets = masterBook(master).sheets.map(({ name, rows }) => ({
    name,
    rows: rows.map(({ cells }, row) => ({
      number: row + 1,
      cells: cells.flatMap((cell, column) => {
        if (!cell || cell.value === null) return [];
        const isHead = head !== undefined && name === '回答 Answers' && row === 0 && column === 0;
        return [{ column: column + 1, value: isHead ? head : cell.value }];
      }),
    })),
  }));
  const told = masterOfBook({ cut: false, sheets });
  return told && 'content' in told ? (told.content as AnswerMaster).answers : told;
}

it('the column that finds a question again says what it is, and not to change it', () => {
  const heads = masterBook(master).sheets.flatMap(({ rows }) => rows[0]?.cells.map((cell) => cell?.value) ?? []);
  expect(heads).toContain('設問の識別子（変更しないでください） / Question identifier (do not change) (question)');
  expect(JSON.stringify(heads)).not.toContain('設問キー');
});

it.each([
  ['as written now', undefined],
  ['as written before', '設問キー / Question (question)'],
  ['in the vendor’s own words', '番号 (question)'],
])('its head is read %s', (_, head) => {
  expect(read(head)).toMatchObject([{ question: 'Q-1', value: '回答' }]);
});
