import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiClient, listening, pointersOf } from '../../support/api-client.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { newCustomer } from '../vendors/customer.ts';

let app: TestApp;
let address: string;
beforeAll(async () => {
  app = await buildTestApp();
  address = await listening(app);
});
afterAll(() => app.close());

test('An owner changes how the organisation shows itself, from what was read; nobody else does either', async () => {
  const customer = await newCustomer(app);
  const owner = apiClient(address, app, customer.owner.cookie);
  const auditor = apiClient(address, app, customer.auditor.cookie);
  const { body } = await owner.get('/api/organisation').expect(200);
  await auditor.get('/api/organisation').expect(403);
  expect(body).toMatchObject({ name: 'みなと社会保険労務士法人', isEntrustee: false });
  const changed = { ...body, isEntrustee: true, department: '情報管理課' };
  await auditor.put('/api/organisation', changed).expect(403);
  const wrong = await owner.put('/api/organisation', { ...changed, name: '', privacyPhone: 'あ' });
  expect([wrong.status, ...pointersOf(wrong)]).toEqual([400, '/name', '/privacyName', '/privacyPhone']);
  await owner.put('/api/organisation', changed).expect(204);
  expect((await owner.get('/api/organisation')).body).toEqual({ ...changed, revision: body.revision + 1 });
  const stale = await owner.put('/api/organisation', { ...changed, department: '総務課' });
  expect([stale.status, stale.body.code]).toEqual([409, 'settings_changed']);
});
