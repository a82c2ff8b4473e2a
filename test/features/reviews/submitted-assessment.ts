import { randomUUID } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import { members } from '../../../db/schema/index.ts';
import type { Answer } from '../../../server/domain/questionnaire/answer.ts';
import { isRecords } from '../../../server/features/answers/collected.ts';
import { attachEvidence } from '../../../server/features/answers/evidence/evidence.usecases.ts';
import { holdFile } from '../../../server/features/answers/evidence/hold-file.ts';
import { finaliseAssessment } from '../../../server/features/reviews/finalise.usecases.ts';
import { recordReview } from '../../../server/features/reviews/record-review.usecases.ts';
import { readUnderReview } from '../../../server/features/reviews/reviews.usecases.ts';
import type { MemberPrincipal, RespondentPrincipal } from '../../../server/plugins/sessions.ts';
import { example, jp } from '../../domain/cases.ts';
import type { TestApp } from '../../support/app.ts';
import { asOwner } from '../../support/database.ts';
import { type SentAssessment, sentAssessment, signIn } from '../answers/sent-assessment.ts';

export type Submitted = SentAssessment & { principal: MemberPrincipal };
type Given = { answers: Readonly<Record<string, Answer>>; files?: readonly string[] };

/** Answers given over HTTP as a vendor gives them, files attached to `files` (subjects), and handed in. */
export async function submitted(
  { app, services }: TestApp,
  { answers, files = [] }: Given,
  options: Parameters<typeof sentAssessment>[2] = {},
): Promise<Submitted> {
  const sent = await sentAssessment(app, services, options);
  for (const { question } of jp.order) {
    const answer = answers[question.id];
    if (!answer) continue;
    const { naReason, comment, plan, conditional } = answer;
    const json = {
      revision: 0,
      value: asTyped(answer.value),
      ...(naReason ? { naReason } : {}),
      ...(comment ? { comment } : {}),
      ...(plan ? { plan } : {}),
      ...(conditional ? { conditional } : {}),
    };
    await send({ app, services }, sent.respondent, 'PUT', `/api/respond/answers/${question.id}`, { json }, 200);
  }
  const respondent: RespondentPrincipal = {
    ...{
      kind: 'respondent',
      sessionId: sessionOf(sent.respondent),
      organisationId: sent.organisationId,
      linkId: sent.linkId,
    },
    ...{
      assessmentId: sent.assessmentId,
      name: '田中太郎',
      email: 'tanaka@example.jp',
      role: 'respondent',
      scope: null,
    },
  };
  for (const subject of files) {
    await attachEvidence(
      services,
      respondent,
      subject,
      await holdFile(services, `${subject} 証跡.txt`, text(`${subject} の証跡`)),
    );
  }
  const form = { attested: 'yes', name: '佐藤一郎', title: '部長', unanswered: 'yes' };
  await send({ app, services }, sent.respondent, 'POST', '/respond/submission', { form }, 303);
  return { ...sent, principal: principalOf(sent) };
}

/** The session row a cookie header of `signIn` stands for. */
function sessionOf(cookie: string): string {
  const [, payload = ''] = cookie.split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString()).sub;
}

/** Submits a worked example with a file wherever it has evidence and the questionnaire asks for it, up to `most` files. */
export async function submittedExample(test: TestApp, id: string, most = 45): Promise<Submitted> {
  const { answers } = example(id);
  const files = jp.questions
    .filter(({ question }) => question.evidence.level !== 'none' && question.type !== 'certificates')
    .map(({ question }) => question.id)
    .filter((questionId) => (answers[questionId]?.evidence ?? 'none') !== 'none');
  const records = Object.entries(answers).flatMap(([questionId, { value }]) =>
    isRecords(value) ? value.map((_, index) => `${questionId}#${index + 1}`) : [],
  );
  return submitted(test, { answers, files: [...records, ...files].slice(0, most) });
}

/** Marks the evidence as the worked example has it; what has no file was verified on a shared screen. */
export async function settleExample(test: TestApp, work: Submitted, id: string): Promise<void> {
  const { answers } = example(id);
  const { subjects } = await readUnderReview(test.services, work.principal, work.assessmentId);
  for (const subject of subjects.filter(({ takesEvidence }) => takesEvidence)) {
    const answer = answers[subject.question.id];
    const record = isRecords(answer?.value) ? answer.value[(subject.record ?? 0) - 1] : undefined;
    const evidence = subject.record === null ? answer?.evidence : record?.evidence;
    if (evidence !== 'verified' && evidence !== 'rejected') continue;
    const reason = subject.files.length > 0 && evidence === 'verified' ? '' : '画面共有で確認';
    const mark = { evidence, naRejected: false, reason, remark: '' };
    await recordReview(test.services, work.principal, work.assessmentId, subject.id, mark);
  }
}

/** A worked example from the first answer to the settled result. */
export async function finalisedExample(test: TestApp, id: string): Promise<Submitted> {
  const work = await submittedExample(test, id);
  await settleExample(test, work, id);
  await finaliseAssessment(test.services, work.principal, work.assessmentId, example(id).asOf);
  return work;
}

type Body = { form?: Record<string, string>; json?: unknown };

/** One request as a browser of this site sends it; `status`, where given, is what must come back. */
export async function send(
  { app, services }: Pick<TestApp, 'app' | 'services'>,
  cookie: string,
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  { form, json }: Body = {},
  status?: number,
): Promise<LightMyRequestResponse> {
  const type = form ? 'application/x-www-form-urlencoded' : 'application/json';
  const payload = form ? new URLSearchParams(form).toString() : json ? JSON.stringify(json) : undefined;
  const response = await app.inject({
    ...{ method, url, headers: { cookie, ...(method === 'GET' ? {} : { origin: services.config.publicUrl }) } },
    ...(payload === undefined
      ? {}
      : { payload, headers: { cookie, origin: services.config.publicUrl, 'content-type': type } }),
  });
  if (status !== undefined && response.statusCode !== status) {
    throw new Error(`${method} ${url}: ${response.statusCode} instead of ${status}: ${response.body.slice(0, 2_000)}`);
  }
  return response;
}

/** The cookie of a new member of that role in the same organisation. */
export async function memberOfRole(
  { app, services }: TestApp,
  work: SentAssessment,
  role: 'owner' | 'member' | 'auditor',
  name = '監査次郎',
): Promise<{ cookie: string; principal: MemberPrincipal }> {
  const { organisationId } = work;
  const memberId = randomUUID();
  await services.database.inOrganisation(organisationId, (db) =>
    db.insert(members).values({ organisationId, id: memberId, email: `${memberId}@example.jp`, name, role }),
  );
  const cookie = await signIn(app, services, { ...work, memberId }, 'member');
  return { cookie, principal: { kind: 'member', sessionId: '', organisationId, memberId, name, role } };
}

/** Rows behind row-level security. */
export async function rows(test: TestApp, query: string): Promise<Record<string, unknown>[]> {
  let found: Record<string, unknown>[] = [];
  await asOwner(test.services.ownerUrl, async (client) => {
    found = (await client.query(query)).rows;
  });
  return found;
}

function principalOf({ organisationId, memberId }: SentAssessment): MemberPrincipal {
  return { kind: 'member', sessionId: '', organisationId, memberId, name: '山田花子', role: 'member' };
}

/** A respondent may not say how the customer judges its certificates. */
function asTyped(value: Answer['value']): unknown {
  return isRecords(value) ? value.map(({ evidence: _, ...record }) => record) : value;
}

async function* text(words: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${words}\n`);
}
