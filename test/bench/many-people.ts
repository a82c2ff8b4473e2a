/** 200 people answering at once: requests with 90 answers and 20 files each, in sections and saves, beside a constant string. */
import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import { answers, evidenceFiles, respondentLinks } from '../../db/schema/index.ts';
import type { AnswerValue } from '../../server/domain/questionnaire/answer.ts';
import type { Question } from '../../server/domain/questionnaire/questionnaire.ts';
import { type SentAssessment, sentAssessment, signIn } from '../features/answers/sent-assessment.ts';
import type { Result, Shot } from './generator.ts';
import { type Ground, onGround, portOf, shoot } from './ground.ts';
import type { Row } from './rows.ts';

const PEOPLE = 200;
/** Ten colleagues a request. */
const REQUESTS = 20;
const FILES = 20;
const SECONDS = 5;
const SECTIONS = ['ORG', 'AUTH', 'VUL', 'LOG', 'BCK'];

type Person = SentAssessment & { index: number };

export function measure(): Promise<readonly Row[]> {
  return onGround(async (ground) => {
    const people = await invite(ground);
    const sections = sectionsOf(ground);
    const pages = people.map(({ respondent, index }) => [
      {
        method: 'GET',
        path: `/respond/sections/${sections[index % sections.length]}`,
        cookie: respondent,
        bodies: [],
      } as Shot,
    ]);
    const path = pages[0]?.[0]?.path ?? '';
    const { body } = await ground.app.inject({ url: path, headers: { cookie: people[0]?.respondent } });
    const floor = await constantString(ground, body);
    // Saves first: each makes every remembered page of its request new, as it is when colleagues work side by side.
    const saved = await shoot(
      ground,
      SECONDS,
      people.map((person) => saves(ground, person)),
    );
    const read = await shoot(ground, SECONDS, pages);
    return [
      row(`page of a 90-answer request with ${FILES} files, ${PEOPLE} people at once`, read, floor),
      row(`save in a 90-answer request with ${FILES} files, ${PEOPLE} people at once`, saved, floor),
    ];
  });
}

function row(what: string, { perSecond, latency }: Result, floor: Result): Row {
  const ms = ({ p50, p95, p99 }: Result['latency']) =>
    `p50 ${p50.toFixed(0)} p95 ${p95.toFixed(0)} p99 ${p99.toFixed(0)} ms`;
  return {
    what,
    value: `${Math.round(perSecond)}/s, ${ms(latency)}`,
    floor: `${Math.round(floor.perSecond)} constant strings/s, ${ms(floor.latency)}`,
    ratio: perSecond / floor.perSecond,
  };
}

/** The same bytes from a route that does nothing else. */
async function constantString(ground: Ground, body: string): Promise<Result> {
  const constant = Fastify();
  constant.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(body));
  await constant.listen({ host: '127.0.0.1', port: 0 });
  const shot: Shot = { method: 'GET', path: '/', cookie: '', bodies: [] };
  try {
    return await shoot(
      { ...ground, port: portOf(constant) },
      SECONDS,
      Array.from({ length: PEOPLE }, () => [shot]),
    );
  } finally {
    await constant.close();
  }
}

async function invite(ground: Ground): Promise<Person[]> {
  const people: Person[] = [];
  for (let request = 0; request < REQUESTS; request += 1) {
    const sent = await sentAssessment(ground.app, ground.services);
    await answerEverything(ground, sent);
    for (let n = 0; n < PEOPLE / REQUESTS; n += 1) people.push(await colleague(ground, sent, people.length));
  }
  return people;
}

async function colleague({ app, services }: Ground, sent: SentAssessment, index: number): Promise<Person> {
  const linkId = randomUUID();
  const { organisationId, assessmentId } = sent;
  await services.database.inOrganisation(organisationId, (db) =>
    db.insert(respondentLinks).values({
      ...{ organisationId, id: linkId, assessmentId, role: 'contributor' },
      ...{ name: `回答者${index}`, email: `p${index}@example.jp`, tokenHash: linkId },
    }),
  );
  return { ...sent, linkId, index, respondent: await signIn(app, services, { ...sent, linkId }, 'respondent') };
}

async function answerEverything({ services }: Ground, { organisationId, assessmentId }: SentAssessment): Promise<void> {
  const at = services.clock.now();
  const common = { organisationId, assessmentId };
  const questions = questionsOf(services);
  await services.database.inOrganisation(organisationId, async (db) => {
    await db.insert(answers).values(
      questions.map((question) => ({
        ...common,
        questionId: question.id,
        revision: 1,
        value: someAnswer(question),
        comment: '2026年4月の点検の結果によります。',
        updatedAt: at,
        updatedBy: '田中太郎',
      })),
    );
    await db.insert(evidenceFiles).values(
      questions.slice(0, FILES).map(({ id }, n) => ({
        ...common,
        id: randomUUID(),
        subject: id,
        name: `証跡${n}.pdf`,
        mediaType: 'application/pdf',
        size: 120_000,
        sha256: 'a'.repeat(64),
        storageKey: randomUUID(),
        uploadedAt: at,
        uploadedBy: '田中太郎',
      })),
    );
  });
}

function someAnswer({ type, options = [], minimum = 12 }: Question): AnswerValue {
  if (type === 'single') return options[0]?.value ?? null;
  if (type === 'multi') return options.slice(0, 2).map(({ value }) => value);
  if (type === 'number') return minimum;
  if (type === 'date') return '2026-04-01';
  return type === 'text' ? '株式会社あおぞらクラウド、あおぞら人事 5.2、SaaS' : [];
}

/** Each person has questions of their own, so that every save names the revision there is. */
function saves({ services }: Ground, { respondent, index }: Person): Shot[] {
  const singles = questionsOf(services).filter(({ type, showWhen }) => type === 'single' && !showWhen);
  const own = singles.filter((_, at) => at % (PEOPLE / REQUESTS) === index % (PEOPLE / REQUESTS));
  return own.slice(0, 3).map(({ id, options = [] }) => ({
    method: 'PUT',
    path: `/api/respond/answers/${id}`,
    cookie: respondent,
    bodies: options.slice(0, 2).map(({ value }) => JSON.stringify({ revision: '{revision}', value, comment: '補足' })),
    firstRevision: 1,
  }));
}

function questionsOf({ questionnaires }: Ground['services']): readonly Question[] {
  return questionnaires.get('jp-cloud-ppc', '1.0.0').compiled.questions.map(({ question }) => question);
}

function sectionsOf({ services }: Ground): string[] {
  const all = services.questionnaires.get('jp-cloud-ppc', '1.0.0').compiled.questionnaire.sections.map(({ id }) => id);
  return all.filter((id) => SECTIONS.includes(id));
}

if (import.meta.main) {
  const { table } = await import('./rows.ts');
  console.log(table(await measure()));
}
