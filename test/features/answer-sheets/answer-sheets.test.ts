import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answers, auditEvents } from '../../../db/schema/index.ts';
import { sha256 } from '../../../server/adapters/keys.ts';
import { recordReview } from '../../../server/features/reviews/record-review.usecases.ts';
import type { MemberPrincipal } from '../../../server/plugins/sessions.ts';
import { type Inspected, inspect, showsMissingGlyph } from '../../adapters/pdf/inspect.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { bytes, respondentOf } from '../answers/respondent.ts';
import { colleague, declared, newTeam, type Team } from '../people/team.ts';
import type { Visitor } from '../respondents/visitor.ts';
import { flag, sendBack } from '../rounds/returned.ts';
import { openWorkbook } from '../workbooks/workbook-file.ts';
import { workbooksOf } from '../workbooks/workbook-respondent.ts';

const long = '当社では、アクセス権を四半期ごとに棚卸しし、その結果を情報セキュリティ委員会に報告しています。'.repeat(
  40,
);

let test: TestApp;
beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());

/** A request with one answer of every kind; 10 questions in words. */
async function answered(): Promise<Team> {
  const team = await newTeam(test);
  const person = respondentOf(test, team.sent);
  const put = async (id: string, json: object) =>
    expect([id, (await person.put(id, { revision: 0, ...json })).status]).toEqual([id, 200]);
  await put('ORG-01', { value: '株式会社あおぞらクラウド（東京都港区）' });
  await put('ORG-02', {
    value: 'doc',
    comment: long,
    plan: { by: '2027-03-31', measure: '来年度から毎年点検します。' },
  });
  await put('ORG-05', { value: 'na', naReason: '再販を行っていません。' });
  await put('AUTH-01', { value: 8, conditional: { value: 12, condition: 'プレミアムプランの契約' } });
  await put('AUTH-06', { value: ['cert', 'sso'], withheld: '構成図は社外秘です。来社時に閲覧いただけます。' });
  await put('DATA-01', { value: 'unknown' });
  expect((await person.upload('ORG-02', '規程<2026>.txt', bytes('規程の本文'))).status).toBe(201);
  return team;
}

async function pdf(
  browser: Visitor,
  url: string,
): Promise<{ read: Inspected; text: string; raw: Uint8Array; name: string }> {
  const response = await browser.get(url);
  expect([url, response.statusCode, response.headers['content-type']]).toEqual([url, 200, 'application/pdf']);
  const raw = new Uint8Array(response.rawPayload);
  const read = await inspect(raw);
  const [, plain, full] =
    /^attachment; filename="(.+?)"(?:; filename\*=UTF-8''(.+))?$/.exec(
      String(response.headers['content-disposition']),
    ) ?? [];
  const name = decodeURIComponent(full ?? plain ?? '');
  return { read, raw, name, text: read.pages.join('\n').replace(/\s/g, '') };
}

function memberOf({ sent: { organisationId, memberId } }: Team): MemberPrincipal {
  return { kind: 'member', sessionId: '', organisationId, memberId, name: '山田花子', role: 'member' };
}

function expectAll(text: string, parts: readonly string[]): void {
  for (const part of parts) expect(text).toContain(part.replace(/\s/g, ''));
}

describe('the copy of the answers', () => {
  it('holds every answer with its remarks, plan, condition and files, and who attested', {
    timeout: 60_000,
  }, async () => {
    const team = await answered();
    const draft = await pdf(team.owner, '/respond/answers.pdf');
    expectAll(draft.text, ['回答の下書き', '提出前の回答です', '下書き（未提出）']);
    expect(draft.name).toMatch(/^KA-2026-.*_回答の下書き\.pdf$/);
    expect(draft.text).not.toContain('受付番号');

    expect((await team.owner.post('/respond/submission', declared)).statusCode).toBe(303);
    const receipt = (await team.owner.get('/respond/receipt')).body;
    const number = /KR-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(receipt)?.[0] ?? '';
    const { read, text, raw, name } = await pdf(team.owner, '/respond/answers.pdf');
    expectAll(text, [
      '回答控え',
      number,
      '株式会社みなと労務',
      '株式会社あおぞらクラウド',
      'あおぞら人事',
      '田中 太郎（情報システム部長）',
    ]);
    expectAll(text, ['株式会社あおぞらクラウド（東京都港区）', '2027年3月31日', '来年度から毎年点検します。']);
    expectAll(text, [
      '該当なし',
      '再販を行っていません。',
      '8文字',
      '12文字',
      'プレミアムプランの契約',
      'わからない・確認中',
      '未回答',
    ]);
    expectAll(text, ['規程<2026>.txt', sha256(bytes('規程の本文'))]);
    expectAll(text, ['証跡はあるが提出できない理由', '構成図は社外秘です。来社時に閲覧いただけます。']);
    // It runs over the end of a page.
    expect(text.split('棚卸しし')).toHaveLength(41);
    expect(text).not.toMatch(/下書き|\{\{|undefined|null/);
    expect(name).toBe(`KA-2026-${team.sent.assessmentId.slice(0, 4)}_回答控え_${number}.pdf`);
    expect([read.tagged, read.lang, read.displayDocTitle]).toEqual([true, 'ja', true]);
    expect(read.outline).toEqual(['回答控え']);
    expectAll(read.pages[0] ?? '', ['目次', '証跡一覧']);
    expect([...read.roles]).toEqual(expect.arrayContaining(['Table', 'TH', 'H1', 'H2']));
    expect(await showsMissingGlyph(raw)).toBe(false);
    read.pages.forEach((page, index) => {
      expect(page.replace(/\s/g, '')).toContain(`受付番号${number}`);
      expect(page).toContain(`${index + 1} / ${read.pages.length}`);
    });
    for (const page of ['/respond/receipt', '/respond/answers', '/respond'])
      expect((await team.owner.get(page)).body).toContain('href="/respond/answers.pdf"');

    const again = await pdf(team.owner, '/respond/answers.pdf');
    expect(sha256(again.raw)).toBe(sha256(raw));
    const events = await test.services.database.inOrganisation(team.sent.organisationId, (db) =>
      db.select().from(auditEvents).where(eq(auditEvents.action, 'answerSheet.downloaded')),
    );
    expect(events).toHaveLength(3);
  });

  it('is printed however many line breaks stand beside every answer, with every word', {
    timeout: 60_000,
  }, async () => {
    const team = await newTeam(test);
    const { organisationId, assessmentId } = team.sent;
    const { compiled } = test.services.questionnaires.get('jp-cloud-ppc', '1.0.0');
    const words = `${'行\n'.repeat(1_999)}末尾`;
    const rest = { value: null, comment: words, withheld: words, plan: { by: '2027-03-31', measure: words } };
    const given = { ...rest, organisationId, assessmentId, revision: 1, updatedAt: test.services.clock.now() };
    await test.services.database.inOrganisation(organisationId, (db) =>
      db
        .insert(answers)
        .values(compiled.questions.map(({ question: { id } }) => ({ ...given, questionId: id, updatedBy: '青空' }))),
    );
    const { text } = await pdf(team.owner, '/respond/answers.pdf');
    expect(text.split('行/末尾').length).toBeGreaterThan(100);
  });

  it('is written in English for whoever reads English', { timeout: 60_000 }, async () => {
    const team = await answered();
    const { text, read } = await pdf(team.owner, '/respond/answers.pdf?lang=en');
    expectAll(text, [
      'Draft of your answers',
      'Not submitted'.replace('N', 'n'),
      '8 characters',
      'Under a condition',
      'by Wed 31 Mar 2027',
    ]);
    expect(read.lang).toBe('en');
  });

  it('keeps what each round handed in, and says what changed', { timeout: 60_000 }, async () => {
    const team = await answered();
    expect((await team.owner.post('/respond/submission', declared)).statusCode).toBe(303);
    const work = { ...team.sent, principal: memberOf(team) };
    await flag(test, work, ['AUTH-01']);
    await sendBack(test, work);
    const person = respondentOf(test, team.sent);
    expect((await person.put('AUTH-01', { revision: 1, value: 14 })).status).toBe(200);

    const draft = await pdf(team.owner, '/respond/answers.pdf');
    expectAll(draft.text, ['提出前の回答です', '14文字', '提出の経過']);
    expect((await pdf(team.owner, '/respond/rounds/1/answers.pdf')).text).toContain('8文字');
    expect((await team.owner.get('/respond/rounds/2/answers.pdf')).statusCode).toBe(404);

    expect((await team.owner.post('/respond/submission', declared)).statusCode).toBe(303);
    const second = await pdf(team.owner, '/respond/rounds/2/answers.pdf');
    expectAll(second.text, ['14文字', '第2回の提出', '前回から変更した設問', 'AUTH-01']);
    const first = await pdf(team.owner, '/respond/rounds/1/answers.pdf');
    expect(first.text).toContain('8文字');
    expect(first.text).not.toContain('14文字');
    expect((await team.owner.get('/respond/rounds/2')).body).toContain('/respond/rounds/2/answers.pdf');
  });
});

describe('who gets which sheet', () => {
  it('gives a contributor the own part only, of answers, files and questions', { timeout: 60_000 }, async () => {
    const team = await answered();
    const person = respondentOf(test, team.sent);
    await person.upload('AUTH-01', '設定.txt', bytes('設定'));
    const { browser } = await colleague(test, team, 'contributor', {
      scope: { sections: ['AUTH'], questions: ['MNT-02'] },
    });
    const answers = await pdf(browser, '/respond/answers.pdf');
    expectAll(answers.text, ['鈴木次郎様の担当範囲のみ', 'プレミアムプランの契約', '設定.txt']);
    expect(answers.text).not.toMatch(/ORG-0|DATA-0|東京都港区|規程<2026>/);
    const questions = await pdf(browser, '/respond/questions.pdf');
    expect(questions.text).toContain('AUTH-01');
    expect(questions.text).toContain('MNT-01の回答が所定の内容である場合にお答えください。');
    expect(questions.text).not.toContain('到達できる」');
    expect(questions.text).not.toMatch(/(ORG|CEX)-0\d|MNT-03/);
  });

  it('lets a checker read all, and nobody without a session or of another request anything of it', {
    timeout: 60_000,
  }, async () => {
    const team = await answered();
    const checker = await colleague(test, team, 'checker');
    expectAll((await pdf(checker.browser, '/respond/answers.pdf')).text, ['東京都港区', 'プレミアムプランの契約']);
    const stranger = await newTeam(test);
    const other = await pdf(stranger.owner, '/respond/answers.pdf');
    expect(other.text).not.toMatch(/東京都港区|プレミアム|規程<2026>/);
    for (const url of [
      '/respond/answers.pdf',
      '/respond/questions.pdf',
      '/respond/rounds/1/answers.pdf',
      '/respond/blank-workbook.xlsx',
    ])
      expect([url, (await test.app.inject({ url, headers: { cookie: team.sent.member } })).statusCode]).toEqual([
        url,
        401,
      ]);
  });

  it('has nothing internal, whatever reviewers have marked', { timeout: 60_000 }, async () => {
    const { compiled } = test.services.questionnaires.get('jp-cloud-ppc', '1.1.0');
    const canary = { ja: 'カナリア', en: 'カナリア' };
    const questionnaire = {
      ...compiled.questionnaire,
      sections: compiled.questionnaire.sections.map((section) => ({
        ...section,
        weight: 7.77,
        questions: section.questions.map((one) => ({
          ...one,
          weight: one.weight && 7.77,
          advice: canary,
          references: ['カナリア'],
        })),
      })),
      findings: (compiled.questionnaire.findings ?? []).map((one) => ({
        ...one,
        title: canary,
        statement: canary,
        code: 'カナリア',
      })),
    };
    const team = await newTeam(test, { questionnaire, questionnaireHash: randomUUID() });
    const person = respondentOf(test, team.sent);
    expect((await person.put('ORG-02', { revision: 0, value: 'no' })).status).toBe(200);
    expect((await team.owner.post('/respond/submission', declared)).statusCode).toBe(303);
    const mark = { evidence: 'rejected', naRejected: false, reason: 'カナリア', remark: 'カナリア' } as const;
    await recordReview(test.services, memberOf(team), team.sent.assessmentId, 'ORG-02', mark);
    for (const url of [
      '/respond/answers.pdf',
      '/respond/questions.pdf',
      '/respond/answers.pdf?lang=en',
      '/respond/questions.pdf?lang=en',
    ]) {
      const { text } = await pdf(team.owner, url);
      expect(text).not.toMatch(/カナリア|7\.77|配点|評点|足切り|\bF[1-9]\b/);
    }
  });
});

describe('the blank questionnaire', () => {
  it('lists every question, with the answers under which conditional ones are asked', { timeout: 60_000 }, async () => {
    const team = await answered();
    const { text, read, name } = await pdf(team.owner, '/respond/questions.pdf');
    const { compiled } = test.services.questionnaires.get('jp-cloud-ppc', '1.0.0');
    for (const { question } of compiled.questions) expectAll(text, [question.id, question.text.ja]);
    expectAll(text, ['提出期限2026年12月18日(金)', 'DATA-01が「保存される」である場合にお答えください。']);
    expectAll(text, ['DATA-02で「個人番号（マイナンバー）」を選択した場合', '株式会社みなと労務']);
    expect(text).not.toMatch(/東京都港区|プレミアム|規程<2026>/);
    expect(name).toMatch(/_質問票\.pdf$/);
    expect([read.tagged, ...read.outline]).toEqual([true, '質問票（回答前の閲覧用）']);
    expectAll((await pdf(team.owner, '/respond/questions.pdf?lang=en')).text, [
      'Asked only if DATA-01 is “Yes, it is stored”.',
    ]);
    for (const page of ['/respond', '/respond/questions'])
      expect((await team.owner.get(page)).body).toContain('href="/respond/questions.pdf"');
  });

  it.each(['ja', 'en'] as const)(
    'never leaves a heading alone at the foot of a page (%s)',
    { timeout: 60_000 },
    async (lang) => {
      const { compiled, hash } = test.services.questionnaires.get('jp-cloud-ppc', '1.1.0');
      const { sections } = compiled.questionnaire;
      const team = await newTeam(test, { questionnaire: compiled.questionnaire, questionnaireHash: hash });
      const { read } = await pdf(team.owner, `/respond/questions.pdf?lang=${lang}`);
      const pages = read.pages.map((one) => one.replace(/\s/g, ''));
      const alone = sections.filter(({ title, questions: { length, 0: first } }) => {
        const heading = { ja: `${title.ja}${length}問`, en: `${title.en}Questions: ${length}` }[lang].replace(
          /\s/g,
          '',
        );
        return !pages.some((page) => page.includes(heading) && page.includes(first?.id ?? ''));
      });
      expect(alone.map(({ id }) => id)).toEqual([]);
    },
  );

  it('is there as a workbook without answers, which never passes for a newer answer', { timeout: 60_000 }, async () => {
    const team = await answered();
    const response = await team.owner.get('/respond/blank-workbook.xlsx');
    expect(response.statusCode).toBe(200);
    const read = await test.services.spreadsheets.read(new Uint8Array(response.rawPayload));
    const cells = JSON.stringify(read);
    expect(cells).toContain('ORG-01');
    expect(cells).not.toMatch(/東京都港区|プレミアム|規程<2026>|棚卸しし/);

    const workbooks = workbooksOf(test, team.sent);
    const preview = async (bytes: Uint8Array<ArrayBuffer>) =>
      (await workbooks.page(String((await workbooks.upload(bytes)).headers.location))).body;
    const blank = new Uint8Array(response.rawPayload);
    expect(await preview(blank)).toContain('反映する変更はありません');
    const open = await openWorkbook(blank);
    open.cell('AUTH-01').value = 20;
    const filled = await preview(await open.save());
    expect(filled).toContain('衝突');
    expect(filled).toContain('value="AUTH-01"');
  });
});

describe('without a browser', () => {
  it('says so with a page of status 503', { timeout: 60_000 }, async () => {
    const bare = await buildTestApp({ PUPPETEER_EXECUTABLE_PATH: '/nowhere/chromium' });
    try {
      const team = await newTeam(bare);
      for (const url of ['/respond/answers.pdf', '/respond/questions.pdf']) {
        const { statusCode, headers, body } = await team.owner.get(url);
        expect([url, statusCode, String(headers['content-type'])]).toEqual([url, 503, 'text/html; charset=utf-8']);
        expect(body).toContain('ただ今、PDFを作成できません。');
        expect(body).not.toMatch(/PUPPETEER|chromium/);
        expect(headers['content-disposition']).toBeUndefined();
      }
    } finally {
      await bare.close();
    }
  });
});
