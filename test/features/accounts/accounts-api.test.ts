import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiClient, apiClient, listening, pointersOf } from '../../support/api-client.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { type Customer, newCustomer } from '../vendors/customer.ts';

let app: TestApp;
let address: string;
let customer: Customer;
let owner: ApiClient;
beforeAll(async () => {
  app = await buildTestApp();
  address = await listening(app);
  customer = await newCustomer(app);
  owner = apiClient(address, app, customer.owner.cookie);
});
afterAll(() => app.close());

test('A program asks whose session it has', async () => {
  const { body } = await apiClient(address, app, customer.auditor.cookie).get('/api/account').expect(200);
  expect(body).toMatchObject({
    name: '監査 太郎',
    role: 'auditor',
    organisation: { nameEn: 'Minato Labour Law Office' },
  });
  expect(Object.keys(body)).not.toContain('passwordHash');
});

test('An owner invites, changes a role, shuts out and lets in again; the session of whoever is shut out ends', async () => {
  await owner.post('/api/members', { name: '新人', email: 'new@customer.example', role: 'member' }).expect(204);
  const odd = await owner.post('/api/members', { name: '', email: 'x', role: 'member' }).expect(400);
  expect(pointersOf(odd)).toEqual(['/name', '/email']);
  const { members } = (await owner.get('/api/members').expect(200)).body;
  expect(members).toHaveLength(4);
  const invited = members.find(({ email }: { email: string }) => email === 'new@customer.example');
  await owner.put(`/api/members/${invited.id}/role`, { role: 'auditor' }).expect(204);
  await owner.post(`/api/members/${invited.id}/invitation`).expect(204);
  const { memberId } = customer.member.principal;
  const member = apiClient(address, app, customer.member.cookie);
  await member.get('/api/account').expect(200);
  await owner.put(`/api/members/${memberId}/disabling`).expect(204);
  const ended = await member.get('/api/account');
  expect([ended.status, ended.body.code]).toEqual([401, 'sign_in_needed']);
  await owner.put(`/api/members/${memberId}/enabling`).expect(204);
  const last = await owner.put(`/api/members/${customer.owner.principal.memberId}/role`, { role: 'auditor' });
  expect(last.status).toBe(409);
});

test('Whoever is no owner sees no list of members', async () => {
  const auditor = apiClient(address, app, customer.auditor.cookie);
  expect((await auditor.get('/api/members')).body.code).toBe('forbidden');
  expect((await auditor.post('/api/members', { name: 'x', email: 'a@b.example', role: 'owner' })).status).toBe(403);
});
