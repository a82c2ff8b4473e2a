import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { members } from '../../../db/schema/index.ts';
import type { Logo } from '../../../server/domain/report/input.ts';
import { issueReport } from '../../../server/features/reports/issue.usecases.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { signIn } from '../answers/sent-assessment.ts';
import { finalisedExample, rows, type Submitted } from '../reviews/submitted-assessment.ts';
import { logoIn, picture, upload } from './owner.ts';

let test_: TestApp;
let work: Submitted;
let owner: string;
beforeAll(async () => {
  test_ = await buildTestApp();
  test_.services.clock.set('2026-11-21T10:00:00+09:00');
  work = await finalisedExample(test_, 'EX1');
  const row = { organisationId: work.organisationId, id: randomUUID(), email: 'owner@minato.example' };
  await test_.services.database.inOrganisation(work.organisationId, (db) =>
    db.insert(members).values({ ...row, name: '佐藤一郎', role: 'owner' }),
  );
  owner = await signIn(test_.app, test_.services, { ...work, memberId: row.id }, 'member');
}, 60_000);
afterAll(() => test_?.close());

async function issuedLogo(): Promise<Logo | null> {
  test_.services.clock.advance(60_000);
  return logoOf(await issueReport(test_.services, work.principal, work.assessmentId));
}

async function logoOf(id: string): Promise<Logo | null> {
  const [row] = await rows(test_, `select document -> 'cover' -> 'logo' as logo from reports where id = '${id}'`);
  return row?.logo as Logo | null;
}

test('A report keeps the logo of the day it was issued, whatever becomes of the logo', async () => {
  expect(await issuedLogo()).toBeNull();
  await upload(test_, owner, { bytes: await picture(1_280, 320), name: 'logo.png' });
  const before = await issueReport(test_.services, work.principal, work.assessmentId);
  const first = await logoOf(before);
  const { body } = await test_.app.inject({ url: '/organisation', headers: { cookie: owner } });
  const shown = await test_.app.inject({ url: logoIn(body), headers: { cookie: owner } });
  const dataUri = `data:image/png;base64,${shown.rawPayload.toString('base64')}`;
  expect(first).toEqual({ dataUri, width: 640, height: 160 });
  const seen = logoIn(body).split('/').at(-1) ?? '';
  await upload(test_, owner, { bytes: await picture(300, 300), name: 'new.png', seen });
  expect(await issuedLogo()).toMatchObject({ width: 240, height: 240 });
  expect(await logoOf(before)).toEqual(first);
});
