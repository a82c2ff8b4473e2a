import { fileURLToPath } from 'node:url';
import formbody from '@fastify/formbody';
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyInstance } from 'fastify';
import { api } from './api.ts';
import { accountsPages } from './features/accounts/accounts.pages.ts';
import { answerSheetPages } from './features/answer-sheets/answer-sheets.pages.ts';
import { attachedFilePages } from './features/answers/evidence/attached-files.pages.ts';
import { downloadRoutes } from './features/answers/evidence/download.routes.ts';
import { historyPages } from './features/answers/history.pages.ts';
import { sectionPages } from './features/answers/section.pages.ts';
import { assessmentPages } from './features/assessments/assessments.pages.ts';
import { dutyPages } from './features/assessments/duties.pages.ts';
import { followUpPages } from './features/assessments/follow-up.pages.ts';
import { linkPages } from './features/assessments/links.pages.ts';
import { sendingPages } from './features/assessments/sending.pages.ts';
import { settingPages } from './features/assessments/settings.pages.ts';
import { capturedMailPages } from './features/captured-mail/captured-mail.pages.ts';
import { messagePages } from './features/messages/messages.pages.ts';
import { organisationPages } from './features/organisation/organisation.pages.ts';
import { peoplePages } from './features/people/people.pages.ts';
import { questionnairePages } from './features/questionnaires/questionnaires.pages.ts';
import { reportPages } from './features/reports/reports.pages.ts';
import { respondentPages } from './features/respondents/respondents.pages.ts';
import { reusePages } from './features/reuse/reuse.pages.ts';
import { conditionPages } from './features/reviews/conditions.pages.ts';
import { finalisationPages } from './features/reviews/finalisation.pages.ts';
import { flagPages } from './features/reviews/flags.pages.ts';
import { reviewPages } from './features/reviews/reviews.pages.ts';
import { roundPages } from './features/reviews/round.pages.ts';
import { returnPages } from './features/rounds/return.pages.ts';
import { styleguidePages } from './features/styleguide/styleguide.pages.ts';
import { servicePages } from './features/vendors/services.pages.ts';
import { vendorPages } from './features/vendors/vendors.pages.ts';
import { workbookPages } from './features/workbooks/workbooks.pages.ts';
import { accessPlugin } from './plugins/access.ts';
import { bodyTimeoutPlugin } from './plugins/body-timeout.ts';
import { closedBodiesPlugin } from './plugins/closed-bodies.ts';
import { errorsPlugin } from './plugins/errors.ts';
import { healthPlugin } from './plugins/health.ts';
import { networkOf } from './plugins/network-address.ts';
import { openApiPlugin } from './plugins/open-api.ts';
import { pagesPlugin } from './plugins/pages.ts';
import { sameOriginPlugin } from './plugins/same-origin.ts';
import { securityHeadersPlugin } from './plugins/security-headers.ts';
import { limits as defaultLimits, type Limits, serverOptions } from './plugins/server-options.ts';
import { sessionsPlugin } from './plugins/sessions.ts';
import { storableTextPlugin } from './plugins/storable-text.ts';
import type { Services } from './services.ts';

/** The table of contents: every plugin and every feature, in the order in which they see a request. */
export async function buildApp(services: Services, limits: Limits = defaultLimits): Promise<FastifyInstance> {
  const app = Fastify(serverOptions(services, limits));

  await app.register(securityHeadersPlugin);
  await app.register(sessionsPlugin, { services });
  await app.register(pagesPlugin, { services });
  await app.register(errorsPlugin);
  await app.register(sameOriginPlugin, { services });
  await app.register(accessPlugin);
  await app.register(storableTextPlugin);
  await app.register(closedBodiesPlugin);
  await app.register(bodyTimeoutPlugin, { milliseconds: limits.body });
  await app.register(formbody);
  await app.register(rateLimit, {
    max: limits.requestsPerMinute,
    timeWindow: '1 minute',
    keyGenerator: ({ ip }) => networkOf(ip),
  });
  await app.register(assets);
  await app.register(openApiPlugin, { services });
  await app.register(healthPlugin, { services });

  await app.register(styleguidePages);
  await app.register(accountsPages, { services });
  await app.register(organisationPages, { services });
  await app.register(vendorPages, { services });
  await app.register(servicePages, { services });
  await app.register(questionnairePages, { services });
  await app.register(assessmentPages, { services });
  await app.register(sendingPages, { services });
  await app.register(settingPages, { services });
  await app.register(followUpPages, { services });
  await app.register(linkPages, { services });
  await app.register(dutyPages, { services });
  await app.register(returnPages, { services });
  await app.register(messagePages, { services });
  await app.register(peoplePages, { services });
  await app.register(downloadRoutes, { services });
  await app.register(attachedFilePages, { services });
  await app.register(historyPages, { services });
  await app.register(sectionPages, { services });
  await app.register(workbookPages, { services });
  await app.register(reusePages, { services });
  await app.register(answerSheetPages, { services });
  await app.register(respondentPages, { services });
  await app.register(reviewPages, { services });
  await app.register(flagPages, { services });
  await app.register(roundPages, { services });
  await app.register(conditionPages, { services });
  await app.register(finalisationPages, { services });
  await app.register(reportPages, { services });
  await app.register(capturedMailPages, { services });

  await app.register(api, { services });

  return app;
}

async function assets(app: FastifyInstance): Promise<void> {
  await app.register(fastifyStatic, {
    root: fileURLToPath(new URL('../templates/assets', import.meta.url)),
    prefix: '/assets/',
    maxAge: '365d',
    immutable: true,
  });
  // The Japanese fonts of the reports, for the few browsers that have none (tokens.css).
  for (const folder of ['400Regular', '700Bold']) {
    await app.register(fastifyStatic, {
      root: fileURLToPath(new URL(`../node_modules/@expo-google-fonts/biz-udpgothic/${folder}`, import.meta.url)),
      prefix: `/assets/fonts/${folder}/`,
      decorateReply: false,
      maxAge: '365d',
      allowedPath: (path) => path.endsWith('.ttf'),
    });
  }
}
