import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { lastOpenDay } from '../../domain/assessment/states.ts';
import type { Questionnaire } from '../../domain/questionnaire/questionnaire.ts';
import type { MailMessage } from '../../services.ts';
import type { Assessment } from './assessment-state.usecases.ts';
import { attachmentOf } from './calendar-entries.usecases.ts';
import { requestEntry } from './due-date-event.ts';

/** Kinds of mail a contact gets from the customer; templates/mail has a pair for each. */
export type LetterKind =
  | 'invitation'
  | 'reminder'
  | 'overdue'
  | 'due-date-changed'
  | 'returned'
  | 'return-withdrawn'
  | 'resumed'
  | 'link-replaced'
  | 'link-closed'
  | 'revoked';

/** Those that set, repeat or move the date, with the calendar entry attached; and those after which it no longer matters. */
const dated: readonly LetterKind[] = ['invitation', 'reminder', 'overdue', 'due-date-changed', 'returned', 'resumed'];
const undated: readonly LetterKind[] = ['return-withdrawn', 'revoked'];

/** Those that follow from a review: the vendor meets the reviewer as the organisation, and the requester as its contact. */
const ofTheOrganisation: readonly LetterKind[] = ['returned', 'return-withdrawn', 'resumed'];

/** Everything a letter speaks of, read in the transaction that sends it. */
export type Correspondence = {
  assessment: Assessment;
  organisation: { name: string; nameEn: string | null };
  vendor: { name: string; nameEn: string | null };
  service: { name: string };
  questionnaire: Questionnaire;
  /** The member who writes now, and the one who asked. */
  sender: { name: string; email: string };
  requester: { name: string; email: string };
  /** Of the calendar entry: host name of this system, and how often the date has changed. */
  host: string;
  sequence: number;
};
export type Particulars = {
  /** '' when there is none any more. */
  link: string;
  previousDueOn?: string;
  reason?: string;
  /** Words of the customer. */
  note?: string;
  /** Questions returned to the vendor, in the contact's language. */
  questions?: readonly { id: string; text: string; reason: string }[];
  /** How many questions a reminder is about when the answers were returned; 0: it is about all of them. */
  returned?: number;
};

/** A mail to the contact in its language; every kind takes the same model, so the preview is what is sent. */
export function letterTo(read: Correspondence, kind: LetterKind, now: Date, particulars: Particulars): MailMessage {
  const about = ofTheOrganisation.includes(kind) ? { ...read, sender: read.requester } : read;
  const { assessment, organisation, sender } = about;
  return {
    assessmentId: assessment.id,
    kind,
    recipient: { email: assessment.contactEmail, name: assessment.contactName },
    locale: assessment.contactLocale,
    model: letterModel(about, particulars),
    from: nameIn(organisation, assessment.contactLocale),
    replyTo: sender,
    thread: [`request-${assessment.id}`],
    ...(dated.includes(kind) ? { attachments: [calendarOf(about, now, false)] } : {}),
    ...(undated.includes(kind) ? { attachments: [calendarOf(about, now, true)] } : {}),
  };
}

function letterModel(about: Correspondence, particulars: Particulars): Record<string, unknown> {
  const { assessment, organisation, vendor, service, questionnaire, sender } = about;
  const { link, previousDueOn, reason, note, questions = [], returned = 0 } = particulars;
  const locale = assessment.contactLocale;
  return {
    reference: assessment.reference,
    customerName: nameIn(organisation, locale),
    contactName: assessment.contactName,
    vendorName: nameIn(vendor, locale),
    serviceName: service.name,
    questionnaireTitle: questionnaire.title[locale],
    questionCount: questionnaire.sections.reduce((sum, section) => sum + section.questions.length, 0),
    estimatedMinutes: questionnaire.estimatedMinutes ?? null,
    purpose: assessment.purpose,
    dueOn: assessment.dueOn,
    lastDay: lastOpenDay(assessment),
    link,
    senderName: sender.name,
    senderEmail: sender.email,
    previousDueOn: previousDueOn ?? null,
    reason: reason ?? '',
    note: note ?? '',
    round: assessment.round,
    questions,
    count: questions.length,
    returned,
  };
}

function calendarOf(
  { assessment, organisation, service, sender, host, sequence }: Correspondence,
  now: Date,
  isCancelled: boolean,
) {
  const { reference, contactLocale: locale } = assessment;
  const customerName = nameIn(organisation, locale);
  return attachmentOf({
    ...requestEntry(assessment, tokyoDate(now)),
    ...{ host, sequence, writtenAt: now, isCancelled, locale, reference, customerName },
    serviceName: service.name,
    organiser: { name: customerName, email: sender.email },
  });
}

function nameIn({ name, nameEn }: { name: string; nameEn: string | null }, locale: 'ja' | 'en'): string {
  return locale === 'en' ? (nameEn ?? name) : name;
}
