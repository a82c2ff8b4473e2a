import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { nfkc } from '../../domain/assessment/normal-form.ts';
import { type AssessmentState, stateOn } from '../../domain/assessment/states.ts';
import type { Services } from '../../services.ts';
import { readAssessment } from '../assessments/assessment-state.usecases.ts';
import { linkAddress } from '../assessments/links.usecases.ts';
import { readParties } from '../assessments/parties.ts';
import { recordEvent, systemActor } from '../audit/audit.store.ts';
import { type Link, lockLink } from './entry.store.ts';
import { mailAllowed, mailWindow } from './mail-limit.ts';
import { linksOfAddress, resentSince } from './resend-links.store.ts';

/** Requests worth coming back to: to answer, to read what was sent, or to learn that the date has passed. */
const worthReopening: readonly AssessmentState[] = ['sent', 'inProgress', 'returned', 'submitted', 'expired'];

/** Mails the links of an address to that address, one mail a request. Resolves the same way when nobody has such an address. */
export async function resendLinks(services: Services, typedEmail: string): Promise<void> {
  const email = nfkc(typedEmail).trim().toLowerCase();
  const links = await services.database.byCredential(`resend:${email}`, (db) => linksOfAddress(db, email));
  for (const link of links) await resendLink(services, link);
}

async function resendLink(services: Services, link: Link): Promise<void> {
  const { organisationId, assessmentId } = link;
  const now = services.clock.now();
  await services.database.inOrganisation(organisationId, async (db) => {
    await lockLink(db, link);
    const assessment = await readAssessment(db, organisationId, assessmentId);
    if (!worthReopening.includes(stateOn(assessment, tokyoDate(now)))) return;
    if (!mailAllowed(await resentSince(db, link, mailWindow(now)), now)) return;
    const { customer, service, sender } = await readParties(db, organisationId, assessmentId);
    const locale = link.role === 'respondent' ? assessment.contactLocale : link.locale;
    await services.mail.enqueue(db, organisationId, {
      assessmentId,
      kind: 'link-resent',
      recipient: { email: link.email, name: link.name },
      locale,
      from: customer[locale],
      replyTo: sender,
      thread: [`request-${assessmentId}`],
      model: {
        contactName: link.name,
        customerName: customer[locale],
        serviceName: service.name,
        reference: assessment.reference,
        dueOn: link.dueOn ?? assessment.dueOn,
        link: linkAddress(services, link.id),
      },
    });
    await recordEvent(db, { organisationId, assessmentId, at: now, actor: systemActor, action: 'link.resent' });
  });
}
