import type { Transaction } from '../../../db/client.ts';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import type { MailMessage, Services } from '../../services.ts';
import type { Assessment } from './assessment-state.usecases.ts';
import { readSequence } from './due-date-event.store.ts';
import { CALENDAR_TYPE, calendarFileName, type DueDateEvent, dueDateCalendar, requestEntry } from './due-date-event.ts';
import { readParties } from './parties.ts';

type Attachment = NonNullable<MailMessage['attachments']>[number];

/** One of the vendor's people: `dueOn` is the own date of a colleague, null where that of the request holds. */
export type Reader = { id: string; dueOn: string | null; locale: 'ja' | 'en' };

/**
 * The due date for somebody's calendar, as files of a mail. `before` is the own date until now: where another entry takes the place
 * of the one they have, the old one is cancelled.
 */
export async function calendarFor(
  services: Services,
  db: Transaction,
  assessment: Assessment,
  reader: Reader,
  before: string | null = reader.dueOn,
): Promise<Attachment[]> {
  const now = await eventFor(services, db, assessment, reader);
  const old = { ...now, ...entryOf(services, assessment, { ...reader, dueOn: before }), isCancelled: true };
  return old.id === now.id ? [attachmentOf(now)] : [attachmentOf(now), attachmentOf(old)];
}

/** Takes the entry out of somebody's calendar. */
export async function cancellationFor(
  services: Services,
  db: Transaction,
  assessment: Assessment,
  reader: Reader,
): Promise<Attachment[]> {
  return [attachmentOf({ ...(await eventFor(services, db, assessment, reader)), isCancelled: true })];
}

/** The entry as it stands now. */
export async function eventFor(
  services: Services,
  db: Transaction,
  assessment: Assessment,
  reader: Reader,
): Promise<DueDateEvent> {
  const { organisationId, id, reference } = assessment;
  const parties = await readParties(db, organisationId, id);
  const { locale } = reader;
  const customerName = parties.customer[locale];
  return {
    ...entryOf(services, assessment, reader),
    host: new URL(services.config.publicUrl).hostname,
    sequence: await readSequence(db, organisationId, id),
    writtenAt: services.clock.now(),
    isCancelled: false,
    ...{ locale, reference, customerName, serviceName: parties.service.name },
    organiser: { name: customerName, email: parties.sender.email },
  };
}

export function attachmentOf(event: DueDateEvent): Attachment {
  return {
    name: calendarFileName(event.reference, event.isCancelled),
    mediaType: `${CALENDAR_TYPE}; method=${event.isCancelled ? 'CANCEL' : 'PUBLISH'}`,
    content: dueDateCalendar(event),
  };
}

/** A date of one's own is an entry of one's own; the request's is the one that the mails to the contact keep up to date. */
function entryOf({ clock }: Services, assessment: Assessment, { id, dueOn }: Reader) {
  return dueOn
    ? { id: `${assessment.id}-${id}`, dueOn, isLastCall: false }
    : requestEntry(assessment, tokyoDate(clock.now()));
}
