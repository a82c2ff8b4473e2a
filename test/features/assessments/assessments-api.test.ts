import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiClient, apiClient, listening, pointersOf } from '../../support/api-client.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { type Customer, newCustomer } from '../vendors/customer.ts';
import { mailsOf, newDraft, newSent, newService, START } from './drafts.ts';

let app: TestApp;
let address: string;
let customer: Customer;
let owner: ApiClient;
let auditor: ApiClient;
let stranger: ApiClient;
beforeAll(async () => {
  app = await buildTestApp();
  app.services.clock.set(START);
  address = await listening(app);
  customer = await newCustomer(app);
  owner = apiClient(address, app, customer.owner.cookie);
  auditor = apiClient(address, app, customer.auditor.cookie);
  stranger = apiClient(address, app, (await newCustomer(app)).owner.cookie);
});
afterAll(() => app.close());

const contact = { name: '田中 一郎', email: 'tanaka@vendor.example' };

describe('A request over JSON', () => {
  test('Drafted from what the register and the questionnaires say, changed, sent', async () => {
    const serviceId = await newService(app, customer.owner.principal);
    const { body } = await owner.get('/api/questionnaires').expect(200);
    const { id, version } = body.questionnaires.find((one: { audience: string }) => one.audience === 'vendor');
    const draft = { serviceId, questionnaire: { id, version }, contact };
    const made = await owner.post('/api/assessments', draft).expect(201);
    const url = `/api/assessments/${made.body.id}`;
    expect(made.headers.location).toBe(url);
    await owner.put(url, { ...draft, dueOn: '2026-12-18', graceDays: 3 }).expect(204);
    expect((await auditor.get(url)).body).toMatchObject({ state: 'draft', dueOn: '2026-12-18', lastDay: '2026-12-21' });
    const sent = await owner.post(`${url}/sending`).expect(201);
    expect(sent.body.state).toBe('sent');
    const late = await owner.put(url, draft);
    expect([late.status, late.body.code]).toEqual([409, 'wrong_state']);
    expect((await owner.delete(url)).status).toBe(409);
  });

  test('A draft that is not wanted is thrown away', async () => {
    const url = `/api/assessments/${await newDraft(app, customer.owner.principal)}`;
    await stranger.delete(url).expect(404);
    await auditor.delete(url).expect(403);
    await owner.delete(url).expect(204);
    await owner.get(url).expect(404);
  });

  test('What is wrong with the contact is told where the body has it', async () => {
    const serviceId = await newService(app, customer.owner.principal);
    const draft = { serviceId, questionnaire: { id: 'jp-cloud-ppc', version: '1.0.0' } };
    const answer = await owner.post('/api/assessments', { ...draft, contact: { name: '', email: 'x' } }).expect(400);
    expect(answer.type).toBe('application/problem+json');
    expect(pointersOf(answer)).toEqual(['/contact/name', '/contact/email']);
    const url = `/api/assessments/${await newSent(app, customer.owner.principal)}/contact`;
    expect(pointersOf(await owner.put(url, { name: '', email: 'x', locale: 'ja' }))).toEqual(['/name', '/email']);
    expect(pointersOf(await owner.put(url, { ...contact, locale: 'fr' }))).toContain('/locale');
  });

  test('Followed up: reminded, given more time, handed to another contact, called off', async () => {
    const id = await newSent(app, customer.owner.principal);
    const url = `/api/assessments/${id}`;
    app.services.clock.advance(3_600_000);
    await owner.post(`${url}/reminders`).expect(204);
    const earlier = await owner.put(`${url}/due-date`, { dueOn: '2026-12-01' });
    expect([earlier.status, ...pointersOf(earlier)]).toEqual([400, '/dueOn']);
    await owner.put(`${url}/due-date`, { dueOn: '令和8年12月21日' }).expect(204);
    expect((await owner.get(url)).body.dueOn).toBe('2026-12-21');
    const { body } = await owner.post(`${url}/link-display`).expect(200);
    expect(body.link).toContain('/v#');
    await owner.put(`${url}/contact`, { name: '小林', email: 'kobayashi@vendor.example', locale: 'ja' }).expect(204);
    expect((await owner.get(url)).body.contact).toEqual({ name: '小林', email: 'kobayashi@vendor.example' });
    expect((await owner.post(`${url}/link-display`)).body.link).not.toBe(body.link);
    await owner.put(`${url}/link-revocation`).expect(204);
    expect((await owner.post(`${url}/link-display`)).body.code).toBe('no_link');
    await owner.put(`${url}/revocation`, { reason: '' }).expect(400);
    await owner.put(`${url}/revocation`, { reason: '契約を終了したため' }).expect(204);
    expect((await owner.get(url)).body.state).toBe('revoked');
    const again = await owner.post(`${url}/reminders`);
    expect([again.status, again.body.code]).toEqual([409, 'wrong_state']);
    expect((await mailsOf(app, id)).map(({ kind }) => kind)).toContain('reminder');
  });

  test('Settings and own duties are read, changed, and checked', async () => {
    const url = `/api/assessments/${await newSent(app, customer.owner.principal)}`;
    const { body } = await owner.get(`${url}/settings`).expect(200);
    expect(body).toMatchObject({ advice: true, plans: true, prefillMonths: 24, emailDomains: [] });
    await owner.put(`${url}/settings`, { ...body, advice: false, emailDomains: ['partner.example'] }).expect(204);
    expect((await owner.get(`${url}/settings`)).body).toEqual({
      ...body,
      advice: false,
      emailDomains: ['partner.example'],
    });
    const wrong = await owner.put(`${url}/settings`, { ...body, emailDomains: ['???'] });
    expect([wrong.status, ...pointersOf(wrong)]).toEqual([400, '/emailDomains']);
    expect(pointersOf(await owner.put(`${url}/settings`, { ...body, prefillMonths: 61 }))).toEqual(['/prefillMonths']);
    const { duties } = (await auditor.get(`${url}/duties`).expect(200)).body;
    const [first] = duties;
    expect(first.answer).toBeNull();
    await owner.put(`${url}/duties`, { answers: { [first.id]: 'yes' } }).expect(204);
    expect((await owner.get(`${url}/duties`)).body.duties[0].answer).toBe('yes');
    await owner.put(`${url}/duties`, { answers: { [first.id]: 'perhaps' } }).expect(400);
    await auditor.put(`${url}/duties`, { answers: {} }).expect(403);
  });

  test('Nothing of it can be read or changed from another organisation, or told from what is not there', async () => {
    const id = await newSent(app, customer.owner.principal);
    for (const part of ['', '/settings', '/duties', '/messages', '/rounds']) {
      const [of, none] = await Promise.all([
        stranger.get(`/api/assessments/${id}${part}`),
        stranger.get(`/api/assessments/00000000-0000-4000-8000-000000000000${part}`),
      ]);
      expect([part, of.status, of.text]).toEqual([part, 404, none.text]);
    }
  });
});
