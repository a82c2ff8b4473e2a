import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { assessments, prefills, respondentLinks, services as serviceRows } from '../../../db/schema/index.ts';
import { sha256 } from '../../../server/adapters/keys.ts';
import { tokyoDate } from '../../../server/domain/assessment/calendar.ts';
import type { AnswerValue } from '../../../server/domain/questionnaire/answer.ts';
import type { TestServices } from '../../support/services.ts';
import { type Invited, invited, mailedCode, type Visitor, visitor } from '../respondents/visitor.ts';

/** The clock of these tests runs for years. */
export const FAR = '2099-12-31';

type Options = Partial<typeof assessments.$inferInsert>;

/** A first request, answered like this and handed in; the clock then moves half a year on. */
export async function submittedRequest(
  app: FastifyInstance,
  services: TestServices,
  answers: Readonly<Record<string, AnswerValue>>,
  options: Options = {},
): Promise<Invited & { person: Visitor; on: string }> {
  const sent = await invited(app, services, { dueOn: FAR, ...options });
  const person = cookieHolder(app, services, sent.respondent);
  for (const [id, value] of Object.entries(answers)) await answer(person, id, { revision: 0, value });
  const done = await person.post('/respond/submission', {
    attested: 'yes',
    unanswered: 'yes',
    name: '佐藤一郎',
    title: '情報システム部長',
  });
  if (done.statusCode !== 303) throw new Error(done.body);
  const on = tokyoDate(services.clock.now());
  services.clock.advance(180 * 86_400_000);
  return { ...sent, person, on };
}

/** Somebody who comes in by link and code, from a network of their own: entering is limited for each. */
export async function enter(app: FastifyInstance, services: TestServices, token: string): Promise<Visitor> {
  networks += 1;
  const person = visitor(app, services.config.publicUrl, `10.${networks}.0.1`);
  services.clock.advance(1_000);
  await person.post('/v/start', { token });
  await person.post('/v/code', { code: await mailedCode(services) });
  return person;
}
let networks = 0;

function cookieHolder(app: FastifyInstance, services: TestServices, cookie: string): Visitor {
  const person = visitor(app, services.config.publicUrl);
  const [name = '', value = ''] = cookie.split('=');
  person.cookies.set(name, value);
  return person;
}

/** JSON posted by the scripts of a page. */
export function postJson(app: FastifyInstance, services: TestServices, person: Visitor, url: string, body: object) {
  return app.inject({
    method: 'POST',
    url,
    headers: {
      origin: services.config.publicUrl,
      'content-type': 'application/json',
      accept: 'application/json',
      cookie: [...person.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    },
    payload: JSON.stringify(body),
  });
}

export async function answer(person: Visitor, id: string, body: object): Promise<void> {
  const saved = await person.put(`/api/respond/answers/${id}`, body);
  if (saved.statusCode !== 200) throw new Error(`${id}: ${saved.body}`);
}

/** The same customer asks again, about the same service unless `serviceId` says otherwise. */
export async function requestAgain(services: TestServices, first: Invited, options: Options = {}): Promise<Invited> {
  const { organisationId, memberId } = first;
  const [assessmentId, linkId] = [randomUUID(), randomUUID()];
  const token = services.keys.linkToken(linkId);
  await services.database.inOrganisation(organisationId, async (db) => {
    const [row] = await db
      .select()
      .from(assessments)
      .where(and(eq(assessments.organisationId, organisationId), eq(assessments.id, first.assessmentId)));
    if (!row) throw new Error('no first request');
    await db.insert(assessments).values({
      ...{ organisationId, id: assessmentId, reference: `KA-2027-${assessmentId.slice(0, 4)}`, state: 'sent' },
      ...{ serviceId: row.serviceId, createdBy: memberId, questionnaire: row.questionnaire },
      ...{ questionnaireId: row.questionnaireId, questionnaireVersion: row.questionnaireVersion },
      ...{ questionnaireHash: row.questionnaireHash, contactName: '鈴木次郎', contactEmail: 'suzuki@example.jp' },
      ...{ dueOn: FAR, sentAt: services.clock.now() },
      ...options,
    });
    await db.insert(respondentLinks).values({
      ...{ organisationId, id: linkId, assessmentId, name: '鈴木次郎', email: 'suzuki@example.jp' },
      tokenHash: sha256(token),
    });
  });
  return { ...first, assessmentId, linkId, token };
}

/** Another service of the same vendor. */
export async function anotherService(services: TestServices, { organisationId }: Invited): Promise<string> {
  const id = randomUUID();
  await services.database.inOrganisation(organisationId, async (db) => {
    const [row] = await db.select().from(serviceRows).where(eq(serviceRows.organisationId, organisationId));
    if (!row) throw new Error('no service');
    await db.insert(serviceRows).values({ ...row, id, name: 'あおぞら給与' });
  });
  return id;
}

export function offersOf(services: TestServices, { organisationId, assessmentId }: Invited) {
  return services.database.inOrganisation(organisationId, (db) =>
    db
      .select()
      .from(prefills)
      .where(and(eq(prefills.organisationId, organisationId), eq(prefills.assessmentId, assessmentId)))
      .orderBy(prefills.questionId),
  );
}
