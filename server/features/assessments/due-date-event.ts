import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { lastOpenDay } from '../../domain/assessment/states.ts';

/** The due date of one request as a calendar entry. `sequence` rises with every change; the same `id` always, so it is replaced. */
export type DueDateEvent = {
  id: string;
  host: string;
  /** YYYY-MM-DD in Asia/Tokyo. */
  dueOn: string;
  /** The due date has passed; the day is the last one on which answers are still taken. */
  isLastCall: boolean;
  sequence: number;
  writtenAt: Date;
  isCancelled: boolean;
  locale: 'ja' | 'en';
  reference: string;
  customerName: string;
  serviceName: string;
  organiser: { name: string; email: string };
};
export const CALENDAR_TYPE = 'text/calendar; charset=utf-8';

/** 09:00 three days before a day that begins at midnight, in seconds before that midnight. */
const ALARM_SECONDS = (3 * 24 - 9) * 60 * 60;

/**
 * An all-day entry on the due date (RFC 5545), published rather than an invitation; one that is withdrawn is cancelled, as
 * RFC 5546 §3.2.5 asks for published entries. It holds no link: calendars are shared more freely than mail.
 */
export function dueDateCalendar(event: DueDateEvent): string {
  const { locale, isCancelled } = event;
  const calendar = ical({
    method: isCancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
    prodId: { company: 'Kantoku', product: 'Kantoku', language: locale.toUpperCase() },
  });
  const summary = words[locale].summary(event);
  const entry = calendar.createEvent({
    id: `due-${event.id}@${event.host}`,
    sequence: event.sequence,
    stamp: event.writtenAt,
    start: dayOf(event.dueOn),
    end: dayOf(event.dueOn, 1),
    allDay: true,
    summary,
    description: words[locale].description(event).join('\n'),
    organizer: { name: event.organiser.name.replace(/["\p{Cc}]+/gu, ' '), email: event.organiser.email },
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: ICalEventTransparency.TRANSPARENT,
  });
  if (!isCancelled) {
    entry.createAlarm({ type: ICalAlarmType.display, trigger: ALARM_SECONDS, description: summary });
  }
  return `${calendar.toString().trimEnd()}\r\n`;
}

/** Noon UTC: without a time zone the library prints the day in UTC, whatever the clock of this machine. */
function dayOf(day: string, later = 0): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, date + later, 12));
}

type Told = Pick<DueDateEvent, 'reference' | 'customerName' | 'serviceName' | 'isLastCall'>;

const words = {
  ja: {
    summary: ({ customerName, serviceName, isLastCall }: Told) =>
      `【${isLastCall ? '提出の受付最終日' : '提出期限'}】${customerName}の質問票（${serviceName}）`,
    description: ({ customerName, serviceName, reference, isLastCall }: Told) => [
      isLastCall
        ? `${customerName}からの質問票は提出期限を過ぎています。23時59分（日本時間）を過ぎると提出できなくなります。`
        : `${customerName}からの質問票の提出期限です。23時59分（日本時間）までに提出してください。`,
      `対象サービス：${serviceName}`,
      `依頼番号：${reference}`,
      '回答用リンクは、ご案内のメールに記載しています。',
    ],
  },
  en: {
    summary: ({ customerName, serviceName, isLastCall }: Told) =>
      `${isLastCall ? 'Last day' : 'Due'}: questionnaire of ${customerName} about ${serviceName}`,
    description: ({ customerName, serviceName, reference, isLastCall }: Told) => [
      isLastCall
        ? `The questionnaire of ${customerName} is overdue. It takes no submission after 23:59 Japan time.`
        : `The questionnaire of ${customerName} is due. Please submit it by 23:59 Japan time.`,
      `Service: ${serviceName}`,
      `Request number: ${reference}`,
      'The link to the questionnaire is in the mail that asked you to answer.',
    ],
  },
};

/** What the request's own entry says today: its due date or, once that has passed, the last day on which answers are taken. */
export function requestEntry(request: { id: string; dueOn: string; graceDays: number }, today: string) {
  const isLastCall = request.dueOn < today;
  return { id: request.id, dueOn: isLastCall ? lastOpenDay(request) : request.dueOn, isLastCall };
}

/** Name of the file, without anything that identifies the parties. */
export function calendarFileName(reference: string, isCancelled = false): string {
  return `${reference}${isCancelled ? '-cancelled' : ''}.ics`;
}
