import { afterAll, beforeAll, expect, test } from 'vitest';
import { sha256 } from '../../../server/adapters/keys.ts';
import { finaliseAssessment } from '../../../server/features/reviews/finalise.usecases.ts';
import { type ApiClient, apiClient, listening } from '../../support/api-client.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { sentAssessment } from '../answers/sent-assessment.ts';
import { memberOfRole, type Submitted, submitted } from '../reviews/submitted-assessment.ts';

let app: TestApp;
let address: string;
let work: Submitted;
let url: string;
let member: ApiClient;
let auditor: ApiClient;
beforeAll(async () => {
  app = await buildTestApp();
  app.services.clock.set('2026-11-21T10:00:00+09:00');
  address = await listening(app);
  work = await submitted(app, { answers: { 'ORG-02': { value: 'doc' } } });
  url = `/api/assessments/${work.assessmentId}/reports`;
  member = apiClient(address, app, work.member);
  auditor = apiClient(address, app, (await memberOfRole(app, work, 'auditor')).cookie);
});
afterAll(() => app.close());

test('A report is issued once it is settled, once for what the asker knew, and then as the next version', async () => {
  const early = await member.post(url, { seen: 0 });
  expect([early.status, early.body.code]).toEqual([409, 'wrong_state']);
  await finaliseAssessment(app.services, work.principal, work.assessmentId, '2026-11-21');
  await auditor.post(url, { seen: 0 }).expect(403);
  const made = await member.post(url, { seen: 0 }).expect(201);
  expect(made.headers.location).toBe(`/api/reports/${made.body.id}`);
  expect((await member.post(url, { seen: 0 })).body.id).toBe(made.body.id);
  const next = await member.post(url, { seen: 1 }).expect(201);
  const { reports, total } = (await auditor.get(`/api/reports?assessment=${work.assessmentId}`).expect(200)).body;
  expect(total).toBe(2);
  expect(reports.map(({ id, version }: { id: string; version: number }) => [id, version])).toEqual([
    [next.body.id, 2],
    [made.body.id, 1],
  ]);
  expect((await auditor.get('/api/reports?page=2')).body.reports).toEqual([]);
  await auditor.get('/api/reports?vendor=nonsense').expect(404);
});

test('The frozen document has the hash it was issued with, and a PDF is not handed out before it is made', async () => {
  const { id } = (await auditor.get('/api/reports')).body.reports[0];
  const { body } = await auditor.get(`/api/reports/${id}`).expect(200);
  expect(body).toMatchObject({ intact: true, files: [{ state: 'queued' }, { state: 'queued' }] });
  const file = await auditor.get(`/api/reports/${id}/document`).buffer(true).expect(200);
  expect(sha256(Buffer.from(file.text))).toBe(body.documentHash);
  expect(file.headers['content-disposition']).toMatch(/^attachment; filename=".+-R-v2\.json"$/);
  const pdf = await auditor.get(`/api/reports/${id}/files/ja`);
  expect([pdf.status, pdf.body.code]).toEqual([409, 'report_not_ready']);
  await auditor.get(`/api/reports/${id}/files/fr`).expect(404);
  await member.post(`/api/reports/${id}/renderings`).expect(204);
});

test('Reports of another organisation are not there', async () => {
  const { id } = (await auditor.get('/api/reports')).body.reports[0];
  const other = apiClient(address, app, (await sentAssessment(app.app, app.services)).member);
  expect((await other.get('/api/reports')).body).toEqual({ reports: [], total: 0 });
  for (const part of ['', '/document', '/files/ja']) await other.get(`/api/reports/${id}${part}`).expect(404);
  await other.post(`/api/reports/${id}/renderings`).expect(404);
});
