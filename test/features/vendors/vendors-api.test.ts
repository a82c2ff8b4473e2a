import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiClient, apiClient, listening, pointersOf } from '../../support/api-client.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { type Customer, newCustomer } from './customer.ts';

let app: TestApp;
let address: string;
let customer: Customer;
let member: ApiClient;
beforeAll(async () => {
  app = await buildTestApp();
  address = await listening(app);
  customer = await newCustomer(app);
  member = apiClient(address, app, customer.member.cookie);
});
afterAll(() => app.close());

const service = {
  name: '社労夢',
  deliveryModel: 'saas',
  criticality: 'high',
  dataItems: ['氏名'],
  dataSubjects: 1_850,
};

test('A vendor and its service are added, changed as a whole, and read back', async () => {
  const { id } = (await member.post('/api/vendors', { name: '株式会社エムケイ', note: 'メモ' }).expect(201)).body;
  await member.put(`/api/vendors/${id}`, { name: '株式会社エムケイシステム' }).expect(204);
  const made = await member.post(`/api/vendors/${id}/services`, service).expect(201);
  const url = `/api/vendors/${id}/services/${made.body.id}`;
  await member.put(url, { ...service, criticality: 'low', dataItems: [] }).expect(204);
  expect((await member.get(url).expect(200)).body).toMatchObject({ vendorId: id, criticality: 'low', dataItems: [] });
  const { body } = await member.get(`/api/vendors/${id}`).expect(200);
  expect(body).toMatchObject({ name: '株式会社エムケイシステム', note: '', services: [{ id: made.body.id }] });
});

test('What is wrong is named, and what belongs to others is not there', async () => {
  const { id } = (await member.post('/api/vendors', { name: 'A社' })).body;
  const wrong = await member.put(`/api/vendors/${id}`, { name: '', corporateNumber: '123' }).expect(400);
  expect(pointersOf(wrong)).toEqual(['/name', '/corporateNumber']);
  const other = apiClient(address, app, (await newCustomer(app)).owner.cookie);
  await other.put(`/api/vendors/${id}`, { name: 'B社' }).expect(404);
  const auditor = apiClient(address, app, customer.auditor.cookie);
  await auditor.put(`/api/vendors/${id}`, { name: 'B社' }).expect(403);
  expect((await member.get(`/api/vendors/${id}`)).body.name).toBe('A社');
});

test('Vendors come in pages, with how many there are', async () => {
  const many = apiClient(address, app, (await newCustomer(app)).owner.cookie);
  for (let n = 0; n < 51; n += 1) await many.post('/api/vendors', { name: `委託先${n}` });
  const [first, second, beyond] = await Promise.all([1, 2, 3].map((page) => many.get(`/api/vendors?page=${page}`)));
  expect([first, second, beyond].map((page) => page?.body.vendors.length)).toEqual([50, 1, 0]);
  expect(second?.body.total).toBe(51);
  await many.get('/api/vendors?page=0').expect(400);
});
