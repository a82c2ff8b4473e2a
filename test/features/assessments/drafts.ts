import { randomUUID } from 'node:crypto';
import { createAssessment, sendAssessment } from '../../../server/features/assessments/assessments.usecases.ts';
import { createService } from '../../../server/features/vendors/services.usecases.ts';
import { createVendor } from '../../../server/features/vendors/vendors.usecases.ts';
import type { MemberPrincipal } from '../../../server/plugins/sessions.ts';
import type { TestApp } from '../../support/app.ts';
import { asOwner } from '../../support/database.ts';

/** The clock of every test of this folder: a Sunday evening in UTC, Monday morning in Tokyo. */
export const START = '2026-11-22T23:30:00Z';

type Input = Parameters<typeof createAssessment>[3];

/** A service of a vendor of that organisation; resolves to its id. */
export async function newService({ services }: TestApp, principal: MemberPrincipal, name = '社労夢'): Promise<string> {
  const vendorId = await createVendor(services, principal, randomUUID(), {
    name: '株式会社エムケイシステム',
    nameEn: 'MKSystem Corporation',
    corporateNumber: null,
    address: null,
    note: '社内だけのメモ',
  });
  return createService(services, principal, vendorId, randomUUID(), {
    name,
    version: '5.0',
    deliveryModel: 'saas',
    entrustedWork: '社会保険の手続',
    dataItems: ['氏名'],
    dataSubjects: 1_850,
    criticality: 'high',
  });
}

export async function newDraft(
  test: TestApp,
  principal: MemberPrincipal,
  change: Partial<Input> = {},
): Promise<string> {
  const serviceId = change.serviceId ?? (await newService(test, principal));
  return createAssessment(test.services, principal, randomUUID(), {
    serviceId,
    questionnaire: 'jp-cloud-ppc@1.0.0',
    contactName: '田中 一郎',
    contactEmail: 'tanaka@vendor.example',
    contactLocale: 'ja',
    dueOn: '2026-12-14',
    graceDays: 14,
    purpose: '確認の目的です。',
    ...change,
  });
}

export async function newSent(test: TestApp, principal: MemberPrincipal, change: Partial<Input> = {}): Promise<string> {
  const id = await newDraft(test, principal, change);
  await sendAssessment(test.services, principal, id);
  return id;
}

/** What stands in the database, past row-level security. */
export async function rows(test: TestApp, query: string, values: unknown[]): Promise<Record<string, unknown>[]> {
  let found: Record<string, unknown>[] = [];
  await asOwner(test.services.ownerUrl, async (client) => {
    found = (await client.query(query, values)).rows;
  });
  return found;
}

export async function assessmentRow(test: TestApp, id: string): Promise<Record<string, unknown>> {
  return (await rows(test, 'select *, due_on::text from assessments where id = $1', [id]))[0] ?? {};
}

export async function trail(test: TestApp, id: string): Promise<unknown[]> {
  const events = await rows(test, 'select action from audit_events where assessment_id = $1 order by at, action', [id]);
  return events.map(({ action }) => action);
}

/** The mails of one assessment as delivered, oldest first. */
export async function mailsOf(test: TestApp, id: string) {
  const all = await test.services.mails();
  const ids = new Set((await rows(test, 'select id from mails where assessment_id = $1', [id])).map((row) => row.id));
  return all.filter((mail) => ids.has(mail.id)).reverse();
}
