import type { MailMessage, Services } from '../../services.ts';
import { calendarFor } from '../assessments/calendar-entries.usecases.ts';
import type { ColleagueMail } from '../assessments/colleague-mail-limit.ts';
import { linkAddress } from '../assessments/links.usecases.ts';
import { readParties } from '../assessments/parties.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import type { Change } from './as-owner.ts';
import type { Person } from './people.store.ts';

/** Why the invitation is mailed: for the first time, once more, or because the part has changed. */
export type Occasion = 'new' | 'again' | 'changed';

/**
 * Tells a colleague who invites, about what, which part, until when, and how to check that it is so. `ownDate` is the own date until
 * now, which stands in the colleague's calendar.
 */
export async function mailInvitation(
  services: Services,
  change: Change,
  to: Person,
  occasion: Occasion,
  ownDate = to.dueOn,
): Promise<void> {
  const { db, assessment } = change;
  const locale = to.locale;
  const { questionnaire, byId } = compiledSnapshot(assessment);
  const { scope } = to;
  const particulars = {
    dueOn: to.dueOn ?? assessment.dueOn,
    isAgain: occasion === 'again',
    isChanged: occasion === 'changed',
    isContributor: to.role === 'contributor',
    isChecker: to.role === 'checker',
    isApprover: to.role === 'approver',
    isWhole: scope === null,
    sections: questionnaire.sections.filter(({ id }) => scope?.sections.includes(id)).map(({ title }) => title[locale]),
    questions: (scope?.questions ?? []).map((id) => ({ id, text: byId.get(id)?.question.text[locale] ?? '' })),
  };
  const calendar = await calendarFor(services, db, assessment, to, ownDate);
  await mailPerson(services, change, 'contributor-invitation', to, particulars, calendar);
}

/** Tells a contributor that the own date comes near or has passed, and how much of the part is still open. */
export function mailReminder(
  services: Services,
  change: Change,
  to: Person,
  part: { dueOn: string; isLate: boolean; open: number; applicable: number; isReturned: boolean },
): Promise<string> {
  return mailPerson(services, change, 'contributor-reminder', to, part);
}

/** A mail in the recipient's language, on behalf of the colleague who causes it, who also gets the replies; resolves to its id. */
export async function mailPerson(
  services: Services,
  { db, assessment, me }: Pick<Change, 'db' | 'assessment' | 'me'>,
  kind: ColleagueMail,
  to: Person,
  particulars: Record<string, unknown> = {},
  attachments: NonNullable<MailMessage['attachments']> = [],
): Promise<string> {
  const { customer, vendor, service, sender } = await readParties(db, assessment.organisationId, assessment.id);
  const locale = to.role === 'respondent' ? assessment.contactLocale : to.locale;
  return services.mail.enqueue(db, assessment.organisationId, {
    assessmentId: assessment.id,
    kind,
    recipient: { email: to.email, name: to.name },
    locale,
    from: me.name,
    replyTo: { email: me.email, name: me.name },
    thread: [`request-${assessment.id}`],
    attachments,
    model: {
      contactName: to.name,
      byName: me.name,
      byEmail: me.email,
      vendorName: vendor[locale],
      customerName: customer[locale],
      senderName: sender.name,
      serviceName: service.name,
      questionnaireTitle: compiledSnapshot(assessment).questionnaire.title[locale],
      reference: assessment.reference,
      dueOn: assessment.dueOn,
      link: linkAddress(services, to.id),
      ...particulars,
    },
  });
}
