import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { shownReference } from './assessments.views.ts';
import { readOverview } from './overview.usecases.ts';

/** What every page about one assessment says above its form. */
export async function readHead(services: Services, principal: MemberPrincipal, id: string) {
  const { assessment, vendor, service, state } = await readOverview(services, principal, id);
  const head = {
    href: `/assessments/${id}`,
    reference: shownReference(assessment.reference),
    vendor: vendor.name,
    service: service.name,
    state,
    contact: { name: assessment.contactName, email: assessment.contactEmail },
  };
  return { head, assessment };
}
