import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { respondentOf } from '../answers/respondent.ts';
import { type SentAssessment, sentAssessment } from '../answers/sent-assessment.ts';
import { openWorkbook } from './workbook-file.ts';
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
  sent = await sentAssessment(test.app, test.services);
  excel = workbooksOf(test, sent);
  web = respondentOf(test, sent);
});

describe('answering in Excel', () => {
  it('takes over what was filled in', async () => {
    const book = await openWorkbook(await excel.download());
    book.cell('ORG-01').value = '株式会社あおぞらクラウド';
    book.cell('AUTH-01').value = 12;
    const { writeFileSync } = await import('node:fs');
    writeFileSync('/tmp/e/blank.xlsx', await book.save());
    const uploaded = await excel.upload(await book.save());
    expect([uploaded.statusCode, uploaded.body.slice(0, 3000)]).toEqual([303, '']);
    const location = String(uploaded.headers.location);
    const page = await excel.page(location);
    writeFileSync('/tmp/e/p.html', page.body);
    expect(page.statusCode).toBe(200);
    const applied = await excel.apply(location, { action: 'all' });
    expect([applied.statusCode, applied.body.slice(0, 2000)]).toEqual([303, '']);
    const { answers } = (await web.get('/api/respond/assessment')).json as { answers: Record<string, unknown> };
    expect(answers).toMatchObject({ 'ORG-01': { value: '株式会社あおぞらクラウド' }, 'AUTH-01': { value: 12 } });
  });
});
