import type { FastifyInstance } from 'fastify';
import { accountRoutes } from './features/accounts/account.routes.ts';
import { answersRoutes } from './features/answers/answers.routes.ts';
import { evidenceRoutes } from './features/answers/evidence/evidence.routes.ts';
import { evidenceListRoutes } from './features/answers/evidence/evidence-list.routes.ts';
import { historyRoutes } from './features/answers/history.routes.ts';
import { prefillRoutes } from './features/answers/prefill.routes.ts';
import { presenceRoutes } from './features/answers/presence.routes.ts';
import { assessmentRoutes } from './features/assessments/assessments.routes.ts';
import { dutyRoutes } from './features/assessments/duties.routes.ts';
import { followUpRoutes } from './features/assessments/follow-up.routes.ts';
import { linkRoutes } from './features/assessments/links.routes.ts';
import { settingRoutes } from './features/assessments/settings.routes.ts';
import { messageRoutes } from './features/messages/messages.routes.ts';
import { organisationRoutes } from './features/organisation/organisation.routes.ts';
import { peopleRoutes } from './features/people/people.routes.ts';
import { questionnaireRoutes } from './features/questionnaires/questionnaires.routes.ts';
import { reportRoutes } from './features/reports/reports.routes.ts';
import { requestRoutes } from './features/respondents/request.routes.ts';
import { reuseRoutes } from './features/reuse/reuse.routes.ts';
import { reviewRoutes } from './features/reviews/reviews.routes.ts';
import { roundRoutes } from './features/rounds/rounds.routes.ts';
import { vendorRoutes } from './features/vendors/vendors.routes.ts';
import { workbookRoutes } from './features/workbooks/workbooks.routes.ts';
import type { Services } from './services.ts';

/** The JSON API: every module of routes, beside the pages that do the same by the same use cases. */
export async function api(app: FastifyInstance, options: { services: Services }): Promise<void> {
  const modules = [
    ...[accountRoutes, organisationRoutes, vendorRoutes, questionnaireRoutes],
    ...[assessmentRoutes, settingRoutes, followUpRoutes, linkRoutes, dutyRoutes],
    ...[messageRoutes, roundRoutes, reviewRoutes, reportRoutes],
    ...[answersRoutes, historyRoutes, prefillRoutes, presenceRoutes, evidenceRoutes, evidenceListRoutes],
    ...[peopleRoutes, workbookRoutes, reuseRoutes, requestRoutes],
  ];
  for (const routes of modules) await app.register(routes, options);
}
