import type { FastifyInstance } from 'fastify';
import type { Services } from '../../services.ts';
import { approvalPages } from './approval.pages.ts';
import { checkPages } from './check.pages.ts';
import { dueDatePages } from './due-date.pages.ts';
import { entryPages } from './entry.pages.ts';
import { requestPages } from './request.pages.ts';
import { resendLinksPages } from './resend-links.pages.ts';
import { roundPages } from './round.pages.ts';

/** Everything a vendor's contact sees besides the questions themselves, in the order in which it is met. */
export async function respondentPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  await app.register(entryPages, { services });
  await app.register(resendLinksPages, { services });
  await app.register(requestPages, { services });
  await app.register(dueDatePages, { services });
  await app.register(checkPages, { services });
  await app.register(roundPages, { services });
  await app.register(approvalPages, { services });
}
