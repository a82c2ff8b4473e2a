import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { lastOpenDay } from '../../domain/assessment/states.ts';
import type { Questionnaire } from '../../domain/questionnaire/questionnaire.ts';
import type { MailMessage } from '../../services.ts';
import type { Assessment } from './assessment-state.usecases.ts';

/** Kinds of mail a contact gets from the customer; templates/mail has a pair for each. */
export type LetterKind = 'invitation' | 'reminder' | 'due-date-changed' | 'revoked';

/** Everything a letter speaks of, read in the transaction that sends it. */
export type Correspondence = {
  assessment: Assessment;
  organisation: { name: string; nameEn: string | null };
  vendor: { name: string; nameEn: string | null };
  service: { name: string };
  questionnaire: Questionnaire;
  sender: { name: string; email: string };
};
type Particulars = { link: string; previousDueOn?: string; reason?: string };

/** A mail to the contact in its language; every kind takes the same model, so the preview is what is sent. */
export function letterTo(about: Correspondence, kind: LetterKind, now: Date, particulars: Particulars): MailMessage {
  const { assessment } = about;
  return {
    assessmentId: assessment.id,
    kind,
    recipient: { email: assessment.contactEmail, name: assessment.contactName },
    locale: assessment.contactLocale,
    model: letterModel(about, now, particulars),
  };
}

function letterModel(
  { assessment, organisation, vendor, service, questionnaire, sender }: Correspondence,
  now: Date,
  { link, previousDueOn, reason }: Particulars,
): Record<string, unknown> {
  const locale = assessment.contactLocale;
  const nameOf = ({ name, nameEn }: { name: string; nameEn: string | null }) =>
    locale === 'en' ? (nameEn ?? name) : name;
  return {
    reference: assessment.reference,
    customerName: nameOf(organisation),
    contactName: assessment.contactName,
    vendorName: nameOf(vendor),
    serviceName: service.name,
    questionnaireTitle: questionnaire.title[locale],
    questionCount: questionnaire.sections.reduce((sum, { questions }) => sum + questions.length, 0),
    estimatedMinutes: questionnaire.estimatedMinutes ?? null,
    purpose: assessment.purpose,
    dueOn: assessment.dueOn,
    lastDay: lastOpenDay(assessment),
    isOverdue: assessment.dueOn < tokyoDate(now),
    link,
    senderName: sender.name,
    senderEmail: sender.email,
    previousDueOn: previousDueOn ?? null,
    reason: reason ?? '',
  };
}
