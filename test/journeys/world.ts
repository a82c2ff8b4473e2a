import { randomUUID } from 'node:crypto';
import { members, respondentLinks } from '../../db/schema/index.ts';
import { bytes, respondentOf } from '../features/answers/respondent.ts';
import { type SentAssessment, sentAssessment, signIn } from '../features/answers/sent-assessment.ts';
import { newDraft, START } from '../features/assessments/drafts.ts';
import { finalisedExample, memberOfRole, send, submittedExample } from '../features/reviews/submitted-assessment.ts';
import { flag, returned } from '../features/rounds/returned.ts';
import { newCustomer } from '../features/vendors/customer.ts';
import { workbooksOf } from '../features/workbooks/workbook-respondent.ts';
import type { TestApp } from '../support/app.ts';

/** Somebody at the screen: the cookie and the pages to begin with. */
export type Visitor = { name: string; cookie: string; roots: readonly string[] };

/** A request in every state with everybody who can look at it, so that following links leads to every page there is. */
export async function peopledWorld(test: TestApp): Promise<Visitor[]> {
  test.services.clock.set(START);
  const [draft, busy, givenBack, handedIn, done] = [
    await drafting(test),
    await underWay(test),
    await returned(test, ['ORG-02', 'ORG-05']),
    await submittedExample(test, 'EX2'),
    await finalised(test),
  ];
  await flag(test, handedIn, ['ORG-02', 'AUTH-01']);
  const late = await sentAssessment(test.app, test.services, { dueOn: '2026-03-01' });
  const declined = await sentAssessment(test.app, test.services);
  await send(
    test,
    declined.respondent,
    'POST',
    '/respond/decline',
    { form: { reason: '対象のサービスは終了しました。' } },
    303,
  );
  const customer = ({ member, assessmentId }: SentAssessment, name: string): Visitor => ({
    name: `customer, ${name}`,
    cookie: member,
    roots: ['/', `/assessments/${assessmentId}`],
  });
  const vendor = ({ respondent }: SentAssessment, name: string): Visitor => ({
    name: `vendor, ${name}`,
    cookie: respondent,
    roots: ['/respond'],
  });
  return [
    {
      name: 'nobody',
      cookie: '',
      roots: ['/sign-in', '/password-link', '/welcome', '/v', '/v/resend', '/styleguide', '/captured-mail'],
    },
    draft,
    customer(busy.sent, 'being answered'),
    { ...vendor(busy.sent, 'answering'), roots: ['/respond', '/respond/messages/ORG-02', ...busy.pages] },
    ...busy.colleagues,
    customer(givenBack, 'returned'),
    vendor(givenBack, 'returned'),
    customer(handedIn, 'submitted'),
    vendor(handedIn, 'submitted'),
    ...done,
    customer(late, 'expired'),
    vendor(late, 'expired'),
    customer(declined, 'declined'),
    vendor(declined, 'declined'),
  ];
}

async function drafting(test: TestApp): Promise<Visitor> {
  const { owner } = await newCustomer(test);
  const id = await newDraft(test, owner.principal);
  return { name: 'owner, draft', cookie: owner.cookie, roots: ['/', `/assessments/${id}`] };
}

/** Good and bad answers, a file, a question asked, colleagues of every role. */
async function underWay(test: TestApp) {
  const sent = await sentAssessment(test.app, test.services);
  const tanaka = respondentOf(test, sent);
  await tanaka.put('ORG-02', { revision: 0, value: 'no', comment: '来月から点検します。' });
  await tanaka.put('ORG-03', { revision: 0, value: 'yes' });
  await tanaka.put('AUTH-01', { revision: 0, value: 6 });
  await tanaka.upload('ORG-03', '情報セキュリティ基本方針.txt', bytes('基本方針'));
  await send(
    test,
    sent.respondent,
    'POST',
    '/respond/messages/ORG-02',
    { form: { body: '点検の範囲を教えてください。' } },
    303,
  );
  const workbooks = workbooksOf(test, sent);
  const compared = await workbooks.upload(await workbooks.download());
  const colleagues = [];
  for (const [role, name, scope] of [
    ['contributor', '鈴木 基盤', { sections: ['AUTH'], questions: ['ORG-02'] }],
    ['checker', '高橋 課長', null],
    ['approver', '伊藤 部長', null],
  ] as const) {
    const linkId = randomUUID();
    await test.services.database.inOrganisation(sent.organisationId, (db) =>
      db.insert(respondentLinks).values({
        ...{ organisationId: sent.organisationId, id: linkId, assessmentId: sent.assessmentId, name, role, scope },
        ...{ email: `${role}@example.jp`, tokenHash: linkId, invitedBy: sent.linkId },
      }),
    );
    const cookie = await signIn(test.app, test.services, { ...sent, linkId }, 'respondent');
    colleagues.push({ name: `vendor, ${role}`, cookie, roots: ['/respond'] });
  }
  const subject = new URLSearchParams({ subject: 'ORG-02' });
  return { sent, colleagues, pages: [String(compared.headers.location), `/respond/files?${subject}`] };
}

async function finalised(test: TestApp): Promise<Visitor[]> {
  const work = await finalisedExample(test, 'EX3');
  await send(test, work.member, 'POST', `/assessments/${work.assessmentId}/reports`, { form: {} }, 303);
  await test.services.drainJobs();
  const owner = await memberOfRole(test, work, 'owner', '山本 管理');
  const auditor = await memberOfRole(test, work, 'auditor');
  await test.services.database.inOrganisation(work.organisationId, (db) =>
    db.insert(members).values({
      ...{ organisationId: work.organisationId, id: randomUUID(), email: 'yoshida@example.jp', name: '吉田 花' },
      role: 'member',
    }),
  );
  const roots = ['/', `/assessments/${work.assessmentId}`, '/reports'];
  return [
    { name: 'owner, finalised', cookie: owner.cookie, roots },
    { name: 'auditor, finalised', cookie: auditor.cookie, roots },
    { name: 'vendor, finalised', cookie: work.respondent, roots: ['/respond'] },
  ];
}
