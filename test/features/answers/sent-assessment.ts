import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import {
  assessments,
  members,
  organisations,
  respondentLinks,
  services as serviceRows,
  vendors,
} from '../../../db/schema/index.ts';
import type { Questionnaire } from '../../../server/domain/questionnaire/questionnaire.ts';
import { createSession } from '../../../server/plugins/sessions.ts';
import type { Services } from '../../../server/services.ts';

export type SentAssessment = {
  organisationId: string;
  assessmentId: string;
  linkId: string;
  memberId: string;
  /** Cookie headers of a respondent and of a member. */
  respondent: string;
  member: string;
};

type Options = Partial<typeof assessments.$inferInsert>;

/** A questionnaire that has been sent to a vendor's contact, with the browser of that contact signed in. */
export async function sentAssessment(
  app: FastifyInstance,
  services: Services,
  options: Options = {},
): Promise<SentAssessment> {
  const { compiled, hash } = services.questionnaires.get('jp-cloud-ppc', '1.0.0');
  const ids = {
    organisationId: randomUUID(),
    assessmentId: randomUUID(),
    linkId: randomUUID(),
    memberId: randomUUID(),
  };
  await insertAssessment(services, ids, compiled.questionnaire, { questionnaireHash: hash, ...options });
  return {
    ...ids,
    respondent: await signIn(app, services, ids, 'respondent'),
    member: await signIn(app, services, ids, 'member'),
  };
}

type Ids = Omit<SentAssessment, 'respondent' | 'member'>;

/** The cookie header of a new session. */
export async function signIn(
  app: FastifyInstance,
  services: Services,
  { organisationId, assessmentId, linkId, memberId }: Ids,
  kind: 'respondent' | 'member',
): Promise<string> {
  const whose = kind === 'member' ? { memberId } : { linkId, assessmentId };
  const id = await services.database.inOrganisation(organisationId, (db) =>
    createSession(db, services.clock.now(), { organisationId, kind, ...whose }),
  );
  const token = app.jwt.sign({ sub: id, aud: kind, jti: randomUUID() }, { expiresIn: 3_600_000 });
  return `${kind === 'member' ? '__Host-kantoku' : '__Host-kantoku-respondent'}=${token}`;
}

async function insertAssessment(
  services: Services,
  { organisationId, assessmentId, linkId, memberId }: Ids,
  questionnaire: Questionnaire,
  options: Options,
): Promise<void> {
  const [vendorId, serviceId] = [randomUUID(), randomUUID()];
  await services.database.inOrganisation(organisationId, async (db) => {
    await db.insert(organisations).values({ id: organisationId, name: '株式会社みなと労務' });
    await db
      .insert(members)
      .values({ organisationId, id: memberId, email: `${memberId}@example.jp`, name: '山田花子', role: 'member' });
    await db.insert(vendors).values({ organisationId, id: vendorId, name: '株式会社あおぞらクラウド' });
    await db.insert(serviceRows).values({
      organisationId,
      id: serviceId,
      vendorId,
      name: 'あおぞら人事',
      deliveryModel: 'saas',
      criticality: 'high',
    });
    await db.insert(assessments).values({
      organisationId,
      id: assessmentId,
      reference: `KA-2026-${assessmentId.slice(0, 4)}`,
      serviceId,
      createdBy: memberId,
      state: 'sent',
      questionnaireId: questionnaire.id,
      questionnaireVersion: questionnaire.version,
      questionnaireHash: '',
      questionnaire,
      contactName: '田中太郎',
      contactEmail: 'tanaka@example.jp',
      dueOn: '2026-12-18',
      sentAt: services.clock.now(),
      ...options,
    });
    await db.insert(respondentLinks).values({
      organisationId,
      id: linkId,
      assessmentId,
      name: '田中太郎',
      email: 'tanaka@example.jp',
      tokenHash: randomUUID(),
    });
  });
}
