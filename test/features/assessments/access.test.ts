import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { type Customer, newCustomer, words } from '../vendors/customer.ts';
import { assessmentRow, mailsOf, newDraft, newSent, newService, START } from './drafts.ts';

let test: TestApp;
let customer: Customer;
let stranger: Customer;
let draft: string;
let sent: string;

beforeAll(async () => {
  test = await buildTestApp();
  test.services.clock.set(START);
  customer = await newCustomer(test);
  stranger = await newCustomer(test);
  draft = await newDraft(test, customer.owner.principal);
  sent = await newSent(test, customer.owner.principal);
});
afterAll(() => test.close());

const pages = ['', '/edit', '/sending', '/due-date', '/revocation', '/contact', '/duties'];
const forms: Record<string, Record<string, string>> = {
  '': { contactName: 'x', contactEmail: 'x@y.example', contactLocale: 'ja', dueOn: '2026-12-28' },
  '/deletion': {},
  '/sending': {},
  '/reminders': {},
  '/invitations': {},
  '/due-date': { dueOn: '2026-12-28' },
  '/revocation': { reason: 'x' },
  '/link-display': {},
  '/link-revocation': {},
  '/contact': { contactName: 'x', contactEmail: 'x@y.example', contactLocale: 'ja' },
  '/duties': {},
};

describe('assessments of somebody else', () => {
  it('are answered like unknown and malformed ids, on every page, form and API route', async () => {
    const bodies = new Set<string>();
    for (const id of [draft, sent, randomUUID(), 'new-one', "'; select 1", '%00']) {
      for (const path of pages) {
        const answer = await stranger.owner.get(`/assessments/${encodeURIComponent(id)}${path}`);
        expect([id, path, answer.statusCode]).toEqual([id, path, 404]);
        bodies.add(words(answer.body));
      }
      for (const [path, form] of Object.entries(forms)) {
        const answer = await stranger.owner.post(`/assessments/${encodeURIComponent(id)}${path}`, form);
        expect([id, path, answer.statusCode]).toEqual([id, path, 404]);
        bodies.add(words(answer.body));
      }
      const read = await stranger.owner.get(`/api/assessments/${encodeURIComponent(id)}`);
      const sending = await stranger.owner.send(`/api/assessments/${encodeURIComponent(id)}/sending`);
      expect([read.statusCode, sending.statusCode, read.json()]).toEqual([404, 404, sending.json()]);
    }
    expect(bodies.size).toBe(1);
    expect(await assessmentRow(test, draft)).toMatchObject({ state: 'draft' });
    expect(await assessmentRow(test, sent)).toMatchObject({ state: 'sent', due_on: '2026-12-14' });
    expect(await mailsOf(test, sent)).toHaveLength(1);
    expect((await stranger.owner.get('/api/assessments')).json()).toEqual({ assessments: [], total: 0 });
  });
});

describe('an auditor', () => {
  it('reads and changes nothing', async () => {
    for (const path of ['', '/duties']) {
      expect((await customer.auditor.get(`/assessments/${sent}${path}`)).statusCode).toBe(200);
    }
    for (const path of ['/edit', '/sending', '/due-date', '/revocation', '/contact']) {
      expect([path, (await customer.auditor.get(`/assessments/${sent}${path}`)).statusCode]).toEqual([path, 403]);
    }
    expect((await customer.auditor.get('/assessments/new')).statusCode).toBe(403);
    for (const [path, form] of Object.entries(forms)) {
      expect([path, (await customer.auditor.post(`/assessments/${draft}${path}`, form)).statusCode]).toEqual([
        path,
        403,
      ]);
    }
    expect((await customer.auditor.send('/api/assessments', {})).statusCode).toBe(403);
    expect((await customer.auditor.send(`/api/assessments/${draft}/sending`)).statusCode).toBe(403);
  });
});

describe('assessments as JSON', () => {
  it('are made, sent and read', async () => {
    const serviceId = await newService(test, customer.owner.principal);
    const made = await customer.owner.send('/api/assessments', {
      serviceId,
      questionnaire: { id: 'jp-cloud-ppc', version: '1.0.0' },
      contact: { name: 'Ms Suzuki', email: 'suzuki@vendor.example', locale: 'en' },
    });
    expect(made.statusCode).toBe(201);
    const { id } = made.json();
    expect((await customer.auditor.get(`/api/assessments/${id}`)).json()).toMatchObject({
      reference: null,
      state: 'draft',
      dueOn: '2026-12-14',
      lastDay: '2026-12-28',
      progress: null,
      delivery: null,
    });
    const sending = await customer.owner.send(`/api/assessments/${id}/sending`);
    expect([sending.statusCode, sending.json()]).toEqual([
      201,
      { id, reference: expect.stringMatching(/^KA-2026-\d{4}$/), state: 'sent' },
    ]);
    const again = await customer.owner.send(`/api/assessments/${id}/sending`);
    expect([again.statusCode, again.json()]).toEqual([
      409,
      expect.objectContaining({ code: 'wrong_state', state: 'sent' }),
    ]);
    const { body } = await customer.auditor.get(`/api/assessments/${id}`);
    expect(JSON.parse(body)).toMatchObject({
      state: 'sent',
      contact: { name: 'Ms Suzuki', email: 'suzuki@vendor.example' },
      delivery: { kind: 'invitation', state: 'queued', failure: null },
    });
    expect(body).not.toMatch(/ktk1_|token|sealed|purpose/);
  });

  it('are refused with every wrong field named', async () => {
    const body = {
      serviceId: randomUUID(),
      questionnaire: { id: 'jp-cloud-ppc', version: '9.9.9' },
      contact: { name: '', email: 'x' },
      dueOn: '2020-01-01',
      graceDays: 1.5,
    };
    const strict = await customer.owner.send('/api/assessments', body);
    expect(strict.json().errors.map((error: { path: string }) => error.path)).toEqual(['/graceDays']);
    const answer = await customer.owner.send('/api/assessments', { ...body, graceDays: 99 });
    expect(answer.statusCode).toBe(400);
    expect(
      answer
        .json()
        .errors.map((error: { path: string }) => error.path)
        .sort(),
    ).toEqual(['contactEmail', 'contactName', 'dueOn', 'graceDays', 'questionnaire', 'serviceId'].sort());
    const unknown = await customer.owner.send('/api/assessments', { ...body, graceDays: 3, state: 'sent' });
    expect([unknown.statusCode, unknown.json().errors[0].path]).toEqual([400, '/state']);
  });
});
