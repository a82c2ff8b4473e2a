import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../../server/domain/questionnaire/answer.ts';
import { example } from '../../domain/cases.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { respondentOf } from '../answers/respondent.ts';
import { type SentAssessment, sentAssessment } from '../answers/sent-assessment.ts';
import { partsOf } from './archive-text.ts';
import { type LibreOffice, missing, openLibreOffice } from './libreoffice.ts';
import { storeAnswers } from './stored-answers.ts';
import { openWorkbook } from './workbook-file.ts';
import { workbooksOf } from './workbook-respondent.ts';

if (missing) console.warn(missing);

/** What would be a formula, a command or a link if a spreadsheet program took it for one. */
const hostile = [
  `=cmd|'/C calc'!A0`,
  '＝HYPERLINK("http://127.0.0.1:9/canary","開く")',
  '+1+1',
  '＋81-3-0000-0000',
  '-2+3',
  '－10',
  '@SUM(1,1)',
  '＠here',
  '=WEBSERVICE("http://127.0.0.1:9/canary")',
  '\t=1+1',
  "'=1+1",
  '=1+1\n=2+2',
  '  =1+1',
  '<b>&amp;"\'</b>',
  '_x0041_',
  '令和8年12月1日',
  '2026/12/1',
  '００１２',
  '1e5',
  'TRUE',
  '#N/A',
  '😀𠮷野家 ゙か',
  `長い文章${'あ'.repeat(3_900)}`,
];

describe.skipIf(missing)('through LibreOffice', () => {
  let test: TestApp;
  let office: LibreOffice;
  let sent: SentAssessment;
  let excel: ReturnType<typeof workbooksOf>;

  beforeAll(async () => {
    test = await buildTestApp();
    office = openLibreOffice();
  });
  afterAll(async () => {
    office?.close();
    await test?.close();
  });
  beforeEach(async () => {
    sent = await sentAssessment(test.app, test.services);
    excel = workbooksOf(test, sent);
  });

  /** What the preview counts: new, changed, in conflict, errors, unchanged. */
  async function counted(
    bytes: Uint8Array<ArrayBuffer>,
  ): Promise<{ location: string; counts: number[]; page: string }> {
    const uploaded = await excel.upload(bytes);
    expect(uploaded.statusCode, uploaded.body.slice(0, 800)).toBe(303);
    const location = String(uploaded.headers.location);
    const page = (await excel.page(location)).body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    const found = /追加 (\d+) 変更 (\d+) 衝突 (\d+) エラー (\d+) 変更なし (\d+)/.exec(page) ?? [];
    return { location, counts: found.slice(1).map(Number), page };
  }

  const same = [0, 0, 0, 0, 90];

  it('loses nothing of a fully answered workbook and of an empty one, as .xlsx and by way of .ods', async () => {
    const empty = await excel.download();
    await storeAnswers(test.services, sent, fullyAnswered());
    const full = await excel.download();
    const english = await excel.download('en');
    const saved = office.convert([full, english], 'xlsx', 'xlsx');
    const viaOds = office.convert(office.convert([full], 'xlsx', 'ods'), 'ods', 'xlsx');
    for (const bytes of [new Uint8Array(full), ...saved, ...viaOds]) {
      const { counts, page } = await counted(bytes);
      expect(counts, page).toEqual(same);
    }
    // What the empty one was made from is older than the answers: nothing in it was touched, so nothing is overwritten.
    const [emptyAgain] = office.convert([empty], 'xlsx', 'xlsx');
    expect((await counted(emptyAgain as Uint8Array<ArrayBuffer>)).counts).toEqual(same);
  }, 240_000);

  it('takes over what was typed into a copy saved by LibreOffice', async () => {
    const [copy] = office.convert([await excel.download()], 'xlsx', 'xlsx');
    const book = await openWorkbook(copy ?? new Uint8Array());
    book.cell('AUTH-01').value = '１２';
    book.cell('AUTH-02:common').value = '○';
    book.cell('BCK-05').value = '令和8年3月1日';
    book.cell('CRT-03#1', '登録・認証番号').value = '10860000(05)';
    const [edited] = office.convert([await book.save()], 'xlsx', 'xlsx');
    const { location, counts, page } = await counted(edited as Uint8Array<ArrayBuffer>);
    expect(counts, page).toEqual([4, 0, 0, 0, 86]);
    await excel.apply(location, { action: 'all' });
    const { answers } = (await respondentOf(test, sent).get('/api/respond/assessment')).json as {
      answers: Record<string, { value: unknown }>;
    };
    expect(answers).toMatchObject({
      'AUTH-01': { value: 12 },
      'AUTH-02': { value: ['common'] },
      'BCK-05': { value: '2026-03-01' },
      'CRT-03': { value: [{ kind: 'PMARK', number: '10860000(05)' }] },
    });
  }, 240_000);

  it('keeps texts that look like formulas as texts', async () => {
    const ids = [...test.services.questionnaires.get('jp-cloud-ppc', '1.0.0').compiled.byId.keys()];
    const given = Object.fromEntries(
      hostile.map((comment, index): [string, Answer] => [ids[index] ?? '', { value: null, comment }]),
    );
    given['ORG-01'] = { value: hostile[0] ?? '', comment: hostile[1] ?? '' };
    await storeAnswers(test.services, sent, given);
    const written = await excel.download();
    const [saved] = office.convert([written], 'xlsx', 'xlsx');
    for (const bytes of [written, saved ?? new Uint8Array()]) {
      const sheets = [...(await partsOf(bytes))].filter(([name]) => name.startsWith('xl/worksheets/sheet'));
      expect(sheets.length).toBeGreaterThan(14);
      expect(sheets.filter(([, xml]) => /<f[ >/]/.test(xml)).map(([name]) => name)).toEqual([]);
    }
    const { counts, page } = await counted(saved as Uint8Array<ArrayBuffer>);
    expect(counts, page).toEqual(same);
  }, 240_000);
});

/** Every question that applies, with every kind of answer and remark. */
function fullyAnswered(): Record<string, Answer> {
  const given: Record<string, Answer> = { ...example('EX2').answers };
  const plan = { by: '2027-03-31', measure: '次期リリースで\n全テナントに適用する' };
  return {
    ...given,
    'ORG-01': { value: '株式会社あおぞらクラウド\n東京都港区　1-2-3' },
    'AUTH-01': {
      value: 12,
      comment: '全テナント共通。\n例外なし',
      plan,
      conditional: { value: 15, condition: '上位プラン' },
    },
    'AUTH-02': {
      value: ['seq', 'common'],
      conditional: { value: ['common', 'breached', 'seq'], condition: '有償オプション' },
    },
    'AUTH-03': { value: 'na', naReason: 'パスワードを使わない' },
    'AUTH-04': { value: 'unknown', comment: '確認中' },
    'BCP-02': { value: 99.95 },
    'CRT-04': { value: [] },
    'CRT-06': { value: 'unknown' },
  };
}
