import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { asOwner } from '../../support/database.ts';
import { respondentOf } from '../answers/respondent.ts';
import { type SentAssessment, sentAssessment } from '../answers/sent-assessment.ts';
import { type OpenWorkbook, openWorkbook } from './workbook-file.ts';
import { workbooksOf } from './workbook-respondent.ts';

let test: TestApp;
let sent: SentAssessment;
let excel: ReturnType<typeof workbooksOf>;
let web: ReturnType<typeof respondentOf>;

beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());
beforeEach(async () => {
  test.services.clock.set('2026-04-15T10:00:00+09:00');
  sent = await sentAssessment(test.app, test.services);
  excel = workbooksOf(test, sent);
  web = respondentOf(test, sent);
});

type Stored = Record<string, { value: unknown; revision: number; comment: string; naReason: string }>;
const stored = async () => ((await web.get('/api/respond/assessment')).json as { answers: Stored }).answers;

/** Downloads, lets a person type, and uploads; resolves to the address of the preview. */
async function filled(type: (book: OpenWorkbook) => void): Promise<string> {
  const book = await openWorkbook(await excel.download());
  type(book);
  return uploaded(await book.save());
}

async function uploaded(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const response = await excel.upload(bytes);
  expect(response.statusCode, response.body.slice(0, 500)).toBe(303);
  return String(response.headers.location);
}

/** Text of the page without its tags. */
async function read(location: string): Promise<string> {
  const page = await excel.page(location);
  expect(page.statusCode, page.body.slice(0, 500)).toBe(200);
  return page.body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
}

describe('one request among many', () => {
  it('has one workbook read at a time, so that others need not wait for all of its', async () => {
    const { spreadsheets } = test.services;
    const { read: readWhole } = spreadsheets;
    let [inside, most] = [0, 0];
    spreadsheets.read = async (bytes) => {
      inside += 1;
      most = Math.max(most, inside);
      return readWhole(bytes).finally(() => {
        inside -= 1;
      });
    };
    try {
      const bytes = new Uint8Array(Buffer.from(await excel.download()));
      const uploads = await Promise.all([1, 2, 3].map(() => excel.upload(bytes)));
      expect(uploads.map(({ statusCode }) => statusCode)).toEqual([303, 303, 303]);
    } finally {
      spreadsheets.read = readWhole;
    }
    expect(most).toBe(1);
  });

  it('is told of the first 300 places that cannot be read', async () => {
    const location = await filled((book) => {
      const sheet = book.sheetOf('AUTH-01');
      for (let row = 500; row < 1_000; row += 1) sheet.getCell(row, 3).value = sheet.getCell(row, 6).value = `x${row}`;
    });
    const page = await read(location);
    expect(page).toMatch(/ほかに\d+か所、読み取れない箇所があります/);
  });

  it('survives a choice whose words are cut within a character', async () => {
    const location = await filled((book) => {
      book.cell('AUTH-03').value = `${'あ'.repeat(39)}😀以下は見えない`;
    });
    expect(await read(location)).toContain(`「${'あ'.repeat(39)}…」は選択肢にありません`);
  });
});

describe('answering in Excel', () => {
  it('takes over what was filled in, and records where it came from', async () => {
    const location = await filled((book) => {
      book.cell('ORG-01').value = '株式会社あおぞらクラウド';
      book.cell('AUTH-01').value = 12;
      book.cell('AUTH-01', '補足').value = '全テナント共通';
    });
    expect(await read(location)).toMatch(/追加 2 変更 0 衝突 0 エラー 0 変更なし 88/);
    expect(await stored()).toEqual({});
    const applied = await excel.apply(location, { action: 'all' });
    expect([applied.statusCode, applied.headers.location]).toEqual([303, `${location}?done=workbooks.applied`]);
    expect(await stored()).toMatchObject({
      'ORG-01': { value: '株式会社あおぞらクラウド', revision: 1 },
      'AUTH-01': { value: 12, comment: '全テナント共通' },
    });
    const events = await eventsOf(sent);
    expect(events.filter(({ action }) => action === 'answer.saved').map(({ details }) => details.source)).toEqual([
      'workbook',
      'workbook',
    ]);
    expect(events.find(({ action }) => action === 'workbook.applied')?.details).toMatchObject({
      name: '回答.xlsx',
      questions: ['ORG-01', 'AUTH-01'],
    });
  });

  it('understands what people write instead of choosing it', async () => {
    const location = await filled((book) => {
      book.cell('AUTH-01').value = '１２';
      book.cell('AUTH-02:common').value = '✓';
      book.cell('AUTH-02:seq').value = '〇';
      book.cell('AUTH-02:ctx').value = '×';
      book.cell('AUTH-03').value = 'MIX';
      book.cell('AUTH-05').value = '確認中';
      book.cell('BCK-05').value = '令和8年3月1日';
      book.cell('VUL-07').value = 46_000;
      book.cell('INC-05').value = new Date('2026-02-03T00:00:00Z');
      book.cell('BCK-03').value = '2種類の媒体・保存方式；３つのデータ(原本含む)';
      book.cell('CRT-01#1', '登録・認証番号').value = 'ＩＳ 123456';
      book.cell('CRT-01#1', '有効期限').value = '2028年3月31日';
      book.cell('CRT-01#1', '対象サービスを含む').value = '○';
    });
    await excel.apply(location, { action: 'all' });
    const answers = await stored();
    expect(await read(location)).toMatch(/エラー 0 /);
    expect(new Set(answers['BCK-03']?.value as string[])).toEqual(new Set(optionsOf('BCK-03').slice(0, 2)));
    expect(answers).toMatchObject({
      'AUTH-01': { value: 12 },
      'AUTH-02': { value: ['common', 'seq'] },
      'AUTH-03': { value: 'mix' },
      'AUTH-05': { value: 'unknown' },
      'BCK-05': { value: '2026-03-01' },
      'VUL-07': { value: '2025-12-09' },
      'INC-05': { value: '2026-02-03' },
      'CRT-01': { value: [{ kind: 'ISMS', number: 'IS 123456', expires: '2028-03-31', scopeIncludesService: true }] },
    });
  });

  it('names each cell it cannot read and how to mend it, and takes the rest', async () => {
    const location = await filled((book) => {
      book.cell('AUTH-01').value = '約12文字';
      book.cell('AUTH-03').value = 'だいたい長い';
      book.cell('AUTH-04').value = { formula: '1+1' };
      book.cell('AUTH-05').value = { formula: "cmd|'/C calc'!A0" };
      book.cell('AUTH-02:common').value = '一部のみ';
      book.cell('ORG-01').value = '株式会社あおぞらクラウド';
    });
    const page = await read(location);
    expect(page).toMatch(/追加 1 変更 0 衝突 0 エラー 5/);
    expect(page).toMatch(/4 識別・認証・パスワード!D4 AUTH-01 数値だけを入力してください/);
    expect(page).toMatch(/!D10 AUTH-03 「だいたい長い」は選択肢にありません。/);
    expect(page).toMatch(/!D11 AUTH-04 数式が入力されています/);
    expect(page).toMatch(/!D12 AUTH-05 数式が入力されています/);
    expect(page).toMatch(/!D6 AUTH-02 当てはまる場合は○を選び/);
    await excel.apply(location, { action: 'all' });
    expect(Object.keys(await stored())).toEqual(['ORG-01']);
  });

  it('takes only what is ticked', async () => {
    const location = await filled((book) => {
      book.cell('ORG-01').value = '株式会社あおぞらクラウド';
      book.cell('AUTH-01').value = 12;
    });
    await excel.apply(location, { action: 'some', take: ['AUTH-01'] });
    expect(Object.keys(await stored())).toEqual(['AUTH-01']);
    expect(await read(location)).toMatch(/追加 1 変更 0 衝突 0/);
  });

  it('applies nothing twice', async () => {
    const location = await filled((book) => {
      book.cell('AUTH-01').value = 12;
    });
    const both = await Promise.all([1, 2].map(() => excel.apply(location, { action: 'all' })));
    expect(both.map(({ statusCode }) => statusCode)).toEqual([303, 303]);
    await excel.apply(location, { action: 'some', take: 'AUTH-01' });
    expect((await stored())['AUTH-01']?.revision).toBe(1);
    expect((await eventsOf(sent)).filter(({ action }) => action === 'answer.saved')).toHaveLength(1);
  });

  it('asks before it empties an answer', async () => {
    await web.put('AUTH-01', { revision: 0, value: 10 });
    const location = await filled((book) => {
      book.cell('AUTH-01').value = null;
    });
    await excel.apply(location, { action: 'all' });
    expect((await stored())['AUTH-01']?.value).toBe(10);
    await excel.apply(location, { action: 'some', take: 'AUTH-01' });
    expect((await stored())['AUTH-01']?.value).toBeNull();
  });

  it('opens questions that depend on others in the same file', async () => {
    const location = await filled((book) => {
      book.cell('DATA-02:name').value = '○';
      book.cell('DATA-01').value = 'yes';
    });
    await excel.apply(location, { action: 'all' });
    expect(Object.keys(await stored()).sort()).toEqual(['DATA-01', 'DATA-02']);
  });

  it('says why a question cannot be answered that does not apply', async () => {
    const location = await filled((book) => {
      book.cell('DATA-01').value = 'no';
      book.cell('DATA-02:name').value = '○';
    });
    expect(await read(location)).toMatch(/DATA-02 関連する設問の回答により、今は対象外の設問です/);
    await excel.apply(location, { action: 'some', take: ['DATA-01', 'DATA-02'] });
    expect(Object.keys(await stored())).toEqual(['DATA-01']);
  });
});

describe('when others go on answering on the pages', () => {
  it('keeps what was said there since, where the workbook was not touched', async () => {
    const bytes = await excel.download();
    await web.put('AUTH-01', { revision: 0, value: 15 });
    const location = await uploaded(new Uint8Array(bytes));
    expect(await read(location)).toMatch(/追加 0 変更 0 衝突 0 エラー 0 変更なし 90/);
  });

  it('shows a conflict with both texts and overwrites only when told to', async () => {
    const book = await openWorkbook(await excel.download());
    book.cell('AUTH-01').value = 12;
    await web.put('AUTH-01', { revision: 0, value: 15 });
    const location = await uploaded(await book.save());
    expect(await read(location)).toMatch(/衝突 1[\s\S]*今の回答： 15文字 Excelの内容： 12文字/);
    await excel.apply(location, { action: 'all' });
    expect((await stored())['AUTH-01']?.value).toBe(15);
    await excel.apply(location, { action: 'some', take: 'AUTH-01', seen: 'AUTH-01=1' });
    expect((await stored())['AUTH-01']).toMatchObject({ value: 12, revision: 2 });
  });

  it('does not overwrite what changed while the person was looking', async () => {
    const location = await filled((book) => {
      book.cell('AUTH-01').value = 12;
      book.cell('ORG-01').value = '株式会社あおぞらクラウド';
    });
    await web.put('AUTH-01', { revision: 0, value: 15 });
    const response = await excel.apply(location, {
      action: 'some',
      take: ['AUTH-01', 'ORG-01'],
      seen: 'AUTH-01=0 ORG-01=0',
    });
    expect(response.statusCode).toBe(409);
    expect(response.body).toContain('AUTH-01：この設問は、あなたが読み込んだ後に');
    expect(await stored()).toMatchObject({ 'AUTH-01': { value: 15 }, 'ORG-01': { revision: 1 } });
  });
});

describe('what is not read', () => {
  it.each([
    ['no file', new Uint8Array(), /読み込むExcelファイルを選んでください/],
    ['a text file', new Uint8Array(Buffer.from('番号,回答\nAUTH-01,12')), /Excelブック（.xlsx）として読み取れません/],
  ])('%s is refused with a reason', async (_, bytes, reason) => {
    const response = await excel.upload(bytes);
    expect(response.statusCode).toBe(422);
    expect(response.body).toMatch(reason);
    expect(response.body).toContain('<title>エラー');
  });

  it('a workbook that is not ours, or without its hidden sheet', async () => {
    const book = await openWorkbook(await excel.download());
    book.file.removeWorksheet('_meta');
    const response = await excel.upload(await book.save());
    expect(response.statusCode).toBe(422);
    expect(response.body).toContain('この画面からダウンロードした回答用のExcelではないか');
  });

  it('a workbook whose hidden sheet was changed', async () => {
    const book = await openWorkbook(await excel.download());
    const meta = book.file.getWorksheet('_meta');
    meta?.eachRow((row) => {
      if (row.getCell(1).text === 'AUTH-01') row.getCell(2).value = '7';
    });
    const response = await excel.upload(await book.save());
    expect(response.body).toContain('（_meta）の内容が書き換えられている');
  });

  it('a workbook of another request, by its number', async () => {
    const other = await sentAssessment(test.app, test.services);
    const bytes = new Uint8Array(await workbooksOf(test, other).download());
    const response = await excel.upload(bytes);
    expect(response.statusCode).toBe(422);
    expect(response.body).toContain(`別の回答依頼（KA-2026-${other.assessmentId.slice(0, 4)}）のExcelです`);
  });

  it('a workbook of another version of the questionnaire', async () => {
    const bytes = new Uint8Array(await excel.download());
    await asOwner(test.services.ownerUrl, (client) =>
      client.query(`update assessments set questionnaire_hash = 'another' where id = $1`, [sent.assessmentId]),
    );
    expect((await excel.upload(bytes)).body).toContain('質問票の内容がダウンロードの後に変わった');
  });

  it('is gone after a day, and for everybody else', async () => {
    const location = await filled((book) => {
      book.cell('AUTH-01').value = 12;
    });
    const stranger = workbooksOf(test, await sentAssessment(test.app, test.services));
    expect((await stranger.page(location)).statusCode).toBe(404);
    expect((await stranger.apply(location, { action: 'all' })).statusCode).toBe(404);
    expect((await excel.page('/respond/workbook/imports/AUTH-01')).statusCode).toBe(404);
    const again = await openedAfter(25);
    expect((await again.page(location)).statusCode).toBe(404);
    expect((await again.apply(location, { action: 'all' })).statusCode).toBe(404);
    expect(await eventsOf(sent)).not.toContainEqual(expect.objectContaining({ action: 'answer.saved' }));
  });
});

/** The same person in a session begun so many hours later. */
async function openedAfter(hours: number) {
  test.services.clock.advance(hours * 3_600_000);
  const { signIn } = await import('../answers/sent-assessment.ts');
  return workbooksOf(test, { respondent: await signIn(test.app, test.services, sent, 'respondent') });
}

function optionsOf(id: string): string[] {
  const { byId } = test.services.questionnaires.get('jp-cloud-ppc', '1.0.0').compiled;
  return (byId.get(id)?.question.options ?? []).map(({ value }) => value);
}

type Event = { action: string; details: Record<string, unknown> };

async function eventsOf({ assessmentId }: SentAssessment): Promise<Event[]> {
  const events: Event[] = [];
  await asOwner(test.services.ownerUrl, async (client) => {
    await client.query('set row_security = off');
    const { rows } = await client.query<Event>(
      'select action, details from audit_events where assessment_id = $1 order by at, action',
      [assessmentId],
    );
    events.push(...rows);
  });
  return events;
}
