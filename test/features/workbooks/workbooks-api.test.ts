import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiClient, apiClient, listening } from '../../support/api-client.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { sentAssessment } from '../answers/sent-assessment.ts';
import { openWorkbook } from './workbook-file.ts';

let app: TestApp;
let address: string;
beforeAll(async () => {
  app = await buildTestApp();
  address = await listening(app);
});
afterAll(() => app.close());

async function newVendor(): Promise<ApiClient> {
  return apiClient(address, app, (await sentAssessment(app.app, app.services)).respondent);
}

async function downloaded(vendor: ApiClient): Promise<Buffer> {
  const { body, headers } = await vendor.get('/api/respond/workbook').responseType('blob').expect(200);
  expect(headers['content-type']).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
  return body as Buffer;
}

function upload(vendor: ApiClient, bytes: Uint8Array) {
  return vendor.post('/api/respond/workbook/imports').attach('workbook', Buffer.from(bytes), '回答.xlsx');
}

describe('A workbook over JSON', () => {
  test('Downloaded, filled in, looked at, and taken over question by question', async () => {
    const vendor = await newVendor();
    const book = await openWorkbook(await downloaded(vendor));
    book.cell('AUTH-01').value = 12;
    book.cell('VUL-07').value = '2026-02-01';
    book.cell('AUTH-03').value = 'たぶん';
    const { body } = await upload(vendor, await book.save()).expect(201);
    const url = `/api/respond/workbook/imports/${body.id}`;
    const preview = (await vendor.get(url).expect(200)).body;
    expect(preview.rows).toMatchObject([
      { questionId: 'AUTH-01', kind: 'added', revision: 0, changes: [{ from: null, to: { ja: expect.any(String) } }] },
      { questionId: 'VUL-07', kind: 'added', revision: 0 },
    ]);
    expect(preview.problems).toMatchObject([{ questionId: 'AUTH-03', place: expect.stringContaining('!') }]);
    await vendor.put('/api/respond/answers/VUL-07', { revision: 0, value: '2026-03-01' }).expect(200);
    const seen = { 'AUTH-01': 0, 'VUL-07': 0 };
    const applied = await vendor.post(`${url}/application`, { take: ['AUTH-01', 'VUL-07'], seen }).expect(200);
    expect(applied.body).toMatchObject({ taken: ['AUTH-01'], refused: [{ questionId: 'VUL-07' }] });
    const { answers } = (await vendor.get('/api/respond/assessment')).body;
    expect([answers['AUTH-01'].value, answers['VUL-07'].value]).toEqual([12, '2026-03-01']);
    const again = await vendor.post(`${url}/application`, { take: 'all' }).expect(200);
    expect(again.body).toEqual({ taken: [], refused: [] });
  });

  test('A file that is none, none at all, and the import of somebody else are refused with the reason', async () => {
    const [vendor, other] = [await newVendor(), await newVendor()];
    const lying = await upload(vendor, Buffer.from('not a workbook'));
    expect([lying.status, lying.type]).toEqual([422, 'application/problem+json']);
    expect(lying.body.code).toMatch(/^workbook_/);
    const { status } = await vendor.post('/api/respond/workbook/imports', {});
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    const foreign = await upload(other, await downloaded(vendor));
    expect([foreign.status, foreign.body.code]).toEqual([422, 'workbook_other_request']);
    const { body } = await upload(vendor, await downloaded(vendor)).expect(201);
    await other.get(`/api/respond/workbook/imports/${body.id}`).expect(404);
    await other.post(`/api/respond/workbook/imports/${body.id}/application`, { take: 'all' }).expect(404);
  });
});
