import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reviews } from '../../../db/schema/index.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { type SentAssessment, signIn } from '../answers/sent-assessment.ts';
import { colleague, newTeam, type Team } from '../people/team.ts';
import { returned } from '../rounds/returned.ts';
import { partsOf } from './archive-text.ts';
import { storeAnswers } from './stored-answers.ts';
import { openWorkbook } from './workbook-file.ts';
import { workbooksOf } from './workbook-respondent.ts';

let test: TestApp;
let team: Team;
beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());
beforeEach(async () => {
  team = await newTeam(test);
});

async function asColleague(role: 'contributor' | 'checker', questions: readonly string[]) {
  const { linkId } = await colleague(test, team, role, { scope: { sections: [], questions } });
  return workbooksOf(test, {
    respondent: await signIn(test.app, test.services, { ...team.sent, linkId }, 'respondent'),
  });
}

async function text(response: Promise<{ body: string }>): Promise<string> {
  return (await response).body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
}

describe('the part of one person', () => {
  it('is all a contributor gets, and all that is taken from a larger workbook', async () => {
    await storeAnswers(test.services, team.sent, {
      'AUTH-01': { value: 10 },
      'ORG-01': { value: '社外秘の回答' },
    });
    const mine = await asColleague('contributor', ['AUTH-01', 'CRT-01']);
    const bytes = await mine.download();
    const everything = [...(await partsOf(bytes)).values()].join('\n');
    expect(everything).toContain('AUTH-01');
    expect(everything).not.toMatch(/社外秘の回答|ORG-01|AUTH-02/);

    const owners = await openWorkbook(await workbooksOf(test, team.sent).download());
    owners.cell('AUTH-01').value = 12;
    owners.cell('ORG-01').value = '書き換え';
    const uploaded = await mine.upload(await owners.save());
    const location = String(uploaded.headers.location);
    const page = await text(mine.page(location));
    expect(page).toMatch(/変更 1 [\s\S]*ご担当の範囲外の設問（88問）は読み込みません/);
    expect(page).not.toMatch(/社外秘の回答|書き換え/);
    await mine.apply(location, { action: 'some', take: ['AUTH-01', 'ORG-01'] });
    const again = await openWorkbook(await workbooksOf(test, team.sent).download());
    expect([again.cell('AUTH-01').value, again.cell('ORG-01').value]).toEqual([12, '社外秘の回答']);
  });

  it('is nothing for those who only check', async () => {
    const checker = await asColleague('checker', []);
    expect((await checker.page()).statusCode).toBe(403);
    expect((await checker.page('/respond/workbook.xlsx')).statusCode).toBe(403);
  });
});

describe('after a return', () => {
  it('takes only what was returned and says so for the rest', async () => {
    const work = await returned(test, ['ORG-02']);
    const excel = workbooksOf(test, work);
    const book = await openWorkbook(await excel.download());
    book.cell('ORG-02').value = 'no';
    book.cell('ORG-03').value = 'no';
    const location = String((await excel.upload(await book.save())).headers.location);
    expect(await text(excel.page(location))).toMatch(/変更 1 衝突 0 エラー 1[\s\S]*ORG-03 差戻しの対象ではないため/);
    const forced = await excel.apply(location, { action: 'some', take: ['ORG-02', 'ORG-03'] });
    expect(forced.statusCode).toBe(409);
    const again = await openWorkbook(await excel.download());
    expect(again.cell('ORG-03').text).toBe(labelOf('ORG-03', 'yes'));
    expect(again.cell('ORG-02').text).toBe(labelOf('ORG-02', 'no'));
  });

  it('holds no word of the review', async () => {
    const work = await returned(test, ['ORG-02']);
    await note(work, '社内限りの所見です');
    const parts = [...(await partsOf(await workbooksOf(test, work).download())).values()].join('\n');
    expect(parts).not.toMatch(/社内限りの所見|knockout|"weight"|配点|足切り|採点結果/);
  });

  it('has nothing to fill in once the answers are handed in', async () => {
    const excel = workbooksOf(test, team.sent);
    const bytes = new Uint8Array(await excel.download());
    await test.services.database.inOrganisation(team.sent.organisationId, (db) =>
      db.execute(`update assessments set state = 'submitted' where id = '${team.sent.assessmentId}'`),
    );
    expect((await excel.page()).headers.location).toBe('/respond');
    expect((await excel.page('/respond/workbook.xlsx')).statusCode).toBe(409);
    expect((await excel.upload(bytes)).statusCode).toBe(409);
  });
});

function labelOf(id: string, value: string): string {
  const { byId } = test.services.questionnaires.get('jp-cloud-ppc', '1.0.0').compiled;
  return byId.get(id)?.question.options?.find((option) => option.value === value)?.label.ja ?? '';
}

/** A reviewer's internal remark. */
async function note({ organisationId, assessmentId, memberId }: SentAssessment, remark: string): Promise<void> {
  await test.services.database.inOrganisation(organisationId, (db) =>
    db.insert(reviews).values({
      organisationId,
      assessmentId,
      subject: 'BCP-02',
      remark,
      reviewedBy: memberId,
      reviewedAt: test.services.clock.now(),
    }),
  );
}
