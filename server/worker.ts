import type { Carrier } from './adapters/mail/carrier.ts';
import { createMailDelivery } from './adapters/mail/delivery.ts';
import type { JobHandlers } from './adapters/queue.ts';
import { encloseCopy } from './features/answer-sheets/enclose-copy.ts';
import { scanEvidenceJob } from './features/answers/evidence/scan-evidence.job.ts';
import { renderReportJob } from './features/reports/render-report.job.ts';
import type { Services } from './services.ts';

/** What this system does in the background: every kind of job and who does it. */
export function jobHandlers(services: Services, carrier: Carrier): JobHandlers {
  return {
    'render-report': renderReportJob(services),
    'scan-evidence': scanEvidenceJob(services),
    'send-mail': createMailDelivery({ ...services, carrier, enclose: encloseCopy(services) }),
  };
}
