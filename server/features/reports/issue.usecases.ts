import { randomUUID } from 'node:crypto';
import type { Transaction } from '../../../db/client.ts';
import { reportHash } from '../../adapters/report-hash.ts';
import { buildReport } from '../../domain/report/build.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { type Assessment, lockAssessment, requireAllowed } from '../assessments/assessment-state.usecases.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { latestEvaluation } from '../reviews/reviews.store.ts';
import { readReportInput } from './report-input.ts';
import { insertReport, latestVersion } from './reports.store.ts';

const LOCALES = ['ja', 'en'] as const;

/**
 * Freezes the report of a finalised assessment as one document and queues its Japanese and English PDF. Issuing again
 * makes a new version; earlier ones stay. Resolves to the report's id.
 */
export async function issueReport(
  services: Services,
  principal: MemberPrincipal,
  assessmentId: string,
): Promise<string> {
  const { organisationId } = principal;
  return services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await lockAssessment(db, organisationId, assessmentId);
    const now = services.clock.now();
    requireAllowed('reports.issue', assessment, now);
    const version = (await latestVersion(db, organisationId, assessmentId)) + 1;
    const number = `${assessment.reference}-R`;
    const document = await freeze(db, assessment, { number, version, now, principal });
    const id = randomUUID();
    const report = { organisationId, id, assessmentId, number, version, document, issuedAt: now };
    const documentHash = reportHash(document);
    await insertReport(db, { ...report, documentHash, issuedBy: principal.memberId }, LOCALES);
    for (const locale of LOCALES) await services.queue.send(db, 'render-report', { organisationId, id, locale });
    await recordEvent(db, {
      organisationId,
      assessmentId,
      at: now,
      actor: actorOf(principal),
      action: 'report.issued',
      subject: `${number} v${version}`,
      details: { documentHash },
    });
    return id;
  });
}

type Freeze = { number: string; version: number; now: Date; principal: MemberPrincipal };

async function freeze(db: Transaction, assessment: Assessment, { number, version, now, principal }: Freeze) {
  const final = await latestEvaluation(db, assessment.organisationId, assessment.id, 'final');
  if (!final) throw new Error(`assessment ${assessment.id} is finalised without a final evaluation`);
  const issue = {
    number,
    version: String(version),
    issuedAt: now,
    preparedBy: principal.memberId,
    evaluation: final.result,
  };
  return buildReport(await readReportInput(db, assessment, issue));
}
