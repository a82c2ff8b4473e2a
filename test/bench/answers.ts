/** Answer saves and section pages at 16 connections, each beside a floor taken in the same run on the same machine. */
import { availableParallelism } from 'node:os';
import Fastify from 'fastify';
import pg from 'pg';
import type { Services } from '../../server/services.ts';
import { type SentAssessment, sentAssessment } from '../features/answers/sent-assessment.ts';
import type { Result, Shot } from './generator.ts';
import { type Ground, onGround, portOf, shoot } from './ground.ts';
import type { Row } from './rows.ts';

const CONNECTIONS = 16;
const CPUS = availableParallelism();
/** Four a connection, so that each link stays below its limit of saves a minute. */
const ASSESSMENTS = 64;
const SECONDS = 3;
/** The best of several rounds, floor and value in turn, so that a neighbour on the machine meets both. */
const ROUNDS = 3;

type Prepared = Ground & {
  sent: readonly SentAssessment[];
  /** For the floor, so that its rows do not burden the saves. */
  unanswered: readonly SentAssessment[];
};

export function measure(): Promise<readonly Row[]> {
  return onGround(async (ground) => {
    const sent: SentAssessment[] = [];
    for (let n = 0; n < ASSESSMENTS + CONNECTIONS; n += 1) sent.push(await sentAssessment(ground.app, ground.services));
    const prepared = { ...ground, unanswered: sent.splice(ASSESSMENTS), sent };
    return [await measureSaves(prepared), await measurePages(prepared)];
  });
}

async function measureSaves(ground: Prepared): Promise<Row> {
  const questions = singles(ground.services);
  const rounds = await inTurn(
    (round) => upserts(ground, round),
    // Every round begins with revisions of its own: each takes other questions.
    (round) => shoot(ground, SECONDS, saveShots(ground.sent, questions.slice(round * 10, round * 10 + 10))),
  );
  return {
    what: 'answer saved, full HTTP path with transaction and audit row',
    value: `${Math.round(rounds.value)}/s`,
    floor: `${Math.round(rounds.floor)} bare pg upsert commits/s`,
    ratio: rounds.value / rounds.floor,
    target: { atLeast: 0.5 },
    note: `a save is four messages to PostgreSQL (session; BEGIN with the tenant; lock, revision check, upsert, audit row and all answers in one function; COMMIT) where the floor is one; the server's thread is busy ${rounds.cpu} µs a save, a third of it in system calls; generator, server and database share ${CPUS} processors`,
  };
}

async function measurePages(ground: Prepared): Promise<Row> {
  const path = '/respond/sections/AUTH';
  const shots = ground.sent.map(({ respondent }) => ({ method: 'GET', path, cookie: respondent, bodies: [] }) as Shot);
  const [first] = ground.sent;
  const page = await ground.app.inject({ url: path, headers: { cookie: first?.respondent } });
  const constant = Fastify();
  constant.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(page.body));
  await constant.listen({ host: '127.0.0.1', port: 0 });
  try {
    const rounds = await inTurn(
      () =>
        shoot(
          { ...ground, port: portOf(constant) },
          SECONDS,
          deal([{ method: 'GET', path: '/', cookie: '', bodies: [] }]),
        ).then(({ perSecond }) => perSecond),
      () => shoot(ground, SECONDS, deal(shots)),
    );
    return {
      what: `section page of a 90-question request (${Math.round(page.body.length / 1024)} KB)`,
      value: `${Math.round(rounds.value)}/s`,
      floor: `${Math.round(rounds.floor)} constant strings/s`,
      ratio: rounds.value / rounds.floor,
      target: { atLeast: 0.3 },
      note: `a remembered page still asks PostgreSQL for the session and for the version of the answers (four messages); the server's thread is busy ${rounds.cpu} µs a page`,
    };
  } finally {
    await constant.close();
  }
}

async function inTurn(floor: (round: number) => Promise<number>, value: (round: number) => Promise<Result>) {
  const best = { floor: 0, value: 0, cpu: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    best.floor = Math.max(best.floor, await floor(round));
    const before = process.cpuUsage();
    const { perSecond, requests } = await value(round);
    const { user, system } = process.cpuUsage(before);
    if (perSecond > best.value) Object.assign(best, { value: perSecond, cpu: Math.round((user + system) / requests) });
  }
  return best;
}

/** The one write nobody can do without, on the real table, nothing else. */
async function upserts({ ownerUrl, unanswered }: Prepared, round: number): Promise<number> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: CONNECTIONS });
  const end = performance.now() + SECONDS * 1000;
  let done = 0;
  const text = `insert into answers (organisation_id, assessment_id, question_id, revision, value, comment, updated_at, updated_by)
    values ($1, $2, $3, 1, $4, $5, now(), $6) on conflict (organisation_id, assessment_id, question_id)
    do update set revision = answers.revision + 1, value = excluded.value, comment = excluded.comment, updated_at = now()`;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async (_, connection) => {
      for (let n = 0; performance.now() < end; n += 1) {
        const { organisationId, assessmentId } = unanswered[connection] as SentAssessment;
        await pool.query(text, [
          organisationId,
          assessmentId,
          `floor-${round}-${n % 10}`,
          '"yes"',
          'comment',
          '田中太郎',
        ]);
        done += 1;
      }
    }),
  );
  await pool.end();
  return done / SECONDS;
}

function saveShots(
  sent: readonly SentAssessment[],
  questions: readonly { id: string; values: readonly string[] }[],
): Shot[][] {
  const shots = sent.map(({ respondent }) =>
    questions.map(
      ({ id, values }): Shot => ({
        method: 'PUT',
        path: `/api/respond/answers/${id}`,
        cookie: respondent,
        bodies: values.map((value) => JSON.stringify({ revision: '{revision}', value, comment: 'comment' })),
      }),
    ),
  );
  return Array.from({ length: CONNECTIONS }, (_, connection) =>
    shots.filter((_, index) => index % CONNECTIONS === connection).flat(),
  );
}

function deal(shots: readonly Shot[]): Shot[][] {
  return Array.from({ length: CONNECTIONS }, (_, connection) => [shots[connection % shots.length] as Shot]);
}

/** Questions everybody is shown, with two options to change between. */
function singles({ questionnaires }: Services) {
  const { compiled } = questionnaires.get('jp-cloud-ppc', '1.0.0');
  return compiled.questions
    .filter(({ question, showWhen }) => showWhen === null && question.type === 'single')
    .map(({ question }) => ({
      id: question.id,
      values: (question.options ?? []).slice(0, 2).map(({ value }) => value),
    }));
}

if (import.meta.main) {
  const { table } = await import('./rows.ts');
  console.log(table(await measure()));
}
