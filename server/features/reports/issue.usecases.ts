import { randomUUID } from 'node:crypto';
import { reportHash } from '../../adapters/report-hash.ts';
import { buildReport } from '../../domain/report/build.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { lockAssessment, requireAllowed } from '../assessments/assessment-state.usecases.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { settledEvaluation } from '../reviews/reviews.usecases.ts';
import { readReportInput } from './report-input.ts';
import { insertReport, latestReport } from './reports.store.ts';

const LOCALES = ['ja', 'en'] as const;

/**
 * Freezes the report of a finalised assessment as one document and queues its Japanese and English PDF. Issuing again
 * makes a new version; earlier ones stay. `seen`, where given, is the newest version the asker knew (0: none): when there
 * is a newer one, that is what was asked for, so that sending a form twice issues one. Resolves to the report's id.
 */
export async function issueReport(
  services: Services,
  principal: MemberPrincipal,
  assessmentId: string,
  seen?: number,
): Promise<string> {
  const { organisationId } = principal;
  return services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await lockAssessment(db, organisationId, assessmentId);
    const now = services.clock.now();
    requireAllowed('reports.issue', assessment, now);
    const latest = await latestReport(db, organisationId, assessmentId);
    if (latest && seen !== undefined && latest.version > seen) return latest.id;
    const version = (latest?.version ?? 0) + 1;
    const number = `${assessment.reference}-R`;
    const evaluation = await settledEvaluation(db, assessment);
    const issue = { number, version: String(version), issuedAt: now, preparedBy: principal.memberId, evaluation };
    const document = buildReport(await readReportInput(db, assessment, issue));
    const documentHash = reportHash(document);
    const report = { organisationId, id: randomUUID(), assessmentId, number, version, document, documentHash };
    await insertReport(db, { ...report, issuedAt: now, issuedBy: principal.memberId }, LOCALES);
    for (const locale of LOCALES) {
      await services.queue.send(db, 'render-report', { organisationId, id: report.id, locale });
    }
    const event = { organisationId, assessmentId, at: now, actor: actorOf(principal), action: 'report.issued' };
    await recordEvent(db, { ...event, subject: `${number} v${version}`, details: { documentHash } });
    return report.id;
  });
}
