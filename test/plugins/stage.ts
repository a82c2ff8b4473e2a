import { randomUUID } from 'node:crypto';
import { members, respondentLinks } from '../../db/schema/index.ts';
import { buildApp } from '../../server/app.ts';
import { roleMay } from '../../server/domain/assessment/permissions.ts';
import { createOrganisation } from '../../server/features/accounts/organisations.usecases.ts';
import { createAssessment, sendAssessment } from '../../server/features/assessments/assessments.usecases.ts';
import { createService } from '../../server/features/vendors/services.usecases.ts';
import { createVendor } from '../../server/features/vendors/vendors.usecases.ts';
import type { DeclaredRoute } from '../../server/plugins/access.ts';
import { type Limits, limits } from '../../server/plugins/server-options.ts';
import { createSession, type MemberPrincipal } from '../../server/plugins/sessions.ts';
import type { TestApp } from '../support/app.ts';
import { asOwner } from '../support/database.ts';
import { startTestServices } from '../support/services.ts';

export type Actor = 'anonymous' | 'owner' | 'member' | 'auditor' | 'respondent' | 'stranger';
export type Stage = TestApp & {
  /** Cookie header of each; `stranger` is the owner of another organisation. */
  cookies: Record<Actor, string>;
  /** Ids of rows of the first organisation. */
  ids: { vendor: string; service: string; assessment: string; member: string; link: string; organisation: string };
  sessions: Record<'owner' | 'member' | 'auditor' | 'respondent', string>;
  /** The cookie of somebody who may use the route: of the vendor's people or of the customer's. */
  cookieFor(route: Pick<DeclaredRoute, 'url' | 'action'>): string;
};

/** Two organisations; the first with all three roles, a vendor, its service and a questionnaire that has been sent. */
export async function buildStage(change: Partial<Limits> = { requestsPerMinute: 1_000_000 }): Promise<Stage> {
  const test = await startApp(change);
  const { services } = test;
  const owner = await organisation(test, '株式会社みなと', 'owner@minato.example');
  const other = await organisation(test, '株式会社やま', 'owner@yama.example');
  const memberId = await addMember(test, owner, 'member');
  const auditorId = await addMember(test, owner, 'auditor');
  const vendor = await createVendor(services, owner, randomUUID(), {
    ...{ name: '株式会社あおぞらクラウド', nameEn: '', corporateNumber: '', address: '', note: '' },
  });
  const service = await createService(services, owner, vendor, randomUUID(), {
    ...{ name: 'あおぞら労務', version: '', deliveryModel: 'saas', entrustedWork: '給与計算', dataItems: ['氏名'] },
    ...{ dataSubjects: 100, criticality: 'high' },
  });
  const assessment = await createAssessment(services, owner, randomUUID(), {
    ...{
      serviceId: service,
      questionnaire: 'jp-cloud-ppc@1.0.0',
      contactName: '青空',
      contactEmail: 'aozora@vendor.example',
    },
    ...{ contactLocale: 'ja', purpose: '', dueOn: '2026-05-15', graceDays: 14 },
  });
  await sendAssessment(services, owner, assessment);
  const link = await linkOf(test, assessment);
  const sessions = {
    owner: await session(test, owner.organisationId, { memberId: owner.memberId }),
    member: await session(test, owner.organisationId, { memberId }),
    auditor: await session(test, owner.organisationId, { memberId: auditorId }),
    respondent: await session(test, owner.organisationId, { linkId: link, assessmentId: assessment }),
  };
  const checker = await addChecker(test, owner.organisationId, assessment);
  const strangerSession = await session(test, other.organisationId, { memberId: other.memberId });
  const cookies = {
    anonymous: '',
    owner: cookie(test, 'member', sessions.owner),
    member: cookie(test, 'member', sessions.member),
    auditor: cookie(test, 'member', sessions.auditor),
    respondent: cookie(test, 'respondent', sessions.respondent),
    stranger: cookie(test, 'member', strangerSession),
  };
  return {
    ...test,
    sessions,
    cookies,
    cookieFor: ({ url, action }) => {
      if (!/\/respond\b/.test(url)) return cookies.owner;
      return roleMay('respondent', action) ? cookies.respondent : cookie(test, 'respondent', checker);
    },
    ids: { vendor, service, assessment, member: memberId, link, organisation: owner.organisationId },
  };
}

/** The whole server, with other limits and settings where a test needs them. */
export async function startApp(change: Partial<Limits> = {}, env: NodeJS.ProcessEnv = {}): Promise<TestApp> {
  const services = await startTestServices(env);
  const app = await buildApp(services, { ...limits, ...change });
  await app.ready();
  const close = async () => {
    await app.close();
    await services.close();
  };
  return { app, services, close };
}

export function cookie({ app }: TestApp, kind: 'member' | 'respondent', sessionId: string): string {
  const token = app.jwt.sign({ sub: sessionId, aud: kind, jti: randomUUID() }, { expiresIn: 3_600_000 });
  return `${kind === 'member' ? '__Host-kantoku' : '__Host-kantoku-respondent'}=${token}`;
}

async function organisation({ services }: TestApp, name: string, email: string): Promise<MemberPrincipal> {
  const ids = await createOrganisation(services, {
    organisation: { name, nameEn: null, isEntrustee: false },
    owner: { name: '監督 花子', title: '', email, locale: 'ja' },
  });
  return { kind: 'member', sessionId: '', name: '監督 花子', role: 'owner', ...ids };
}

async function addMember({ services }: TestApp, owner: MemberPrincipal, role: 'member' | 'auditor'): Promise<string> {
  const { organisationId } = owner;
  const row = { organisationId, id: randomUUID(), email: `${role}@minato.example`, name: role, role };
  await services.database.inOrganisation(organisationId, (db) => db.insert(members).values(row));
  return row.id;
}

/** A session of a colleague who only checks. */
async function addChecker(test: TestApp, organisationId: string, assessmentId: string): Promise<string> {
  const linkId = randomUUID();
  await test.services.database.inOrganisation(organisationId, (db) =>
    db.insert(respondentLinks).values({
      ...{ organisationId, id: linkId, assessmentId, role: 'checker' },
      ...{ name: '高橋', email: 'takahashi@vendor.example', tokenHash: linkId },
    }),
  );
  return session(test, organisationId, { linkId, assessmentId });
}

async function linkOf({ services }: TestApp, assessment: string): Promise<string> {
  let id = '';
  await asOwner(services.ownerUrl, async (client) => {
    id = (await client.query('select id from respondent_links where assessment_id = $1', [assessment])).rows[0].id;
  });
  return id;
}

export function session(
  { services }: TestApp,
  organisationId: string,
  whose: { memberId: string } | { linkId: string; assessmentId: string },
): Promise<string> {
  const kind = 'memberId' in whose ? 'member' : 'respondent';
  return services.database.inOrganisation(organisationId, (db) =>
    createSession(db, services.clock.now(), { organisationId, kind, ...whose }),
  );
}
