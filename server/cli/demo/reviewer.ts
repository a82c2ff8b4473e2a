import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer } from '../../domain/questionnaire/answer.ts';
import type { Evaluation } from '../../domain/scoring/evaluation.ts';
import { downloadReport } from '../../features/reports/download.usecases.ts';
import { issueReport } from '../../features/reports/issue.usecases.ts';
import { readIssuedReport } from '../../features/reports/reports.usecases.ts';
import { finaliseAssessment } from '../../features/reviews/finalise.usecases.ts';
import { recordReview } from '../../features/reviews/record-review.usecases.ts';
import { readUnderReview } from '../../features/reviews/reviews.usecases.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';

type Case = { asOf: string; answers: Record<string, Answer> };

/** Settles the evidence as the case says and finalises at its date. */
export async function settle(
  services: Services,
  principal: MemberPrincipal,
  assessmentId: string,
  given: Case,
): Promise<Evaluation> {
  const { collected } = await readUnderReview(services, principal, assessmentId);
  const withFile = new Set(collected.files.map((file) => file.subject));
  for (const [questionId, { evidence }] of Object.entries(given.answers)) {
    if (!withFile.has(questionId) || (evidence !== 'verified' && evidence !== 'rejected')) continue;
    const reason = evidence === 'rejected' ? '回答と矛盾するため' : '';
    await recordReview(services, principal, assessmentId, questionId, {
      evidence,
      naRejected: false,
      reason,
      remark: '',
    });
  }
  return finaliseAssessment(services, principal, assessmentId, given.asOf);
}

/** Issues the report, waits until the worker has printed both editions, and writes them to `folder`. */
export async function issue(
  services: Services,
  principal: MemberPrincipal,
  assessmentId: string,
  target: { folder: string; name: string },
): Promise<{ reportId: string; files: string[] }> {
  const reportId = await issueReport(services, principal, assessmentId);
  await printed(services, principal, reportId);
  mkdirSync(target.folder, { recursive: true });
  const files: string[] = [];
  for (const locale of ['ja', 'en'] as const) {
    const { bytes } = await downloadReport(services, principal, reportId, locale);
    const file = join(target.folder, `${target.name}.${locale}.pdf`);
    writeFileSync(file, bytes);
    files.push(file);
  }
  return { reportId, files };
}

const PATIENCE_MS = 120_000;

async function printed(services: Services, principal: MemberPrincipal, reportId: string): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until) {
    const { files } = await readIssuedReport(services, principal, reportId);
    const failed = files.find((file) => file.state === 'failed');
    if (failed) throw new Error(`the report could not be printed: ${failed.failure}`);
    if (files.every((file) => file.state === 'ready')) return;
    await pause(200);
  }
  throw new Error(`the report was not printed within ${PATIENCE_MS / 1000} s`);
}
