import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';

/** The due date of one request as a calendar entry. `sequence` rises with every change; the same `id` always, so it is replaced. */
export type DueDateEvent = {
  id: string;
  host: string;
  /** YYYY-MM-DD in Asia/Tokyo. */
  dueOn: string;
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
  const summary = summaries[locale](event);
  const entry = calendar.createEvent({
    id: `due-${event.id}@${event.host}`,
    sequence: event.sequence,
    stamp: event.writtenAt,
    start: dayOf(event.dueOn),
    end: dayOf(event.dueOn, 1),
    allDay: true,
    summary,
    description: descriptions[locale](event),
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

type Words = Pick<DueDateEvent, 'reference' | 'customerName' | 'serviceName'>;

const summaries = {
  ja: ({ customerName, serviceName }: Words) => `【提出期限】${customerName}の質問票（${serviceName}）`,
  en: ({ customerName, serviceName }: Words) => `Due: questionnaire of ${customerName} about ${serviceName}`,
};

const descriptions = {
  ja: ({ customerName, serviceName, reference }: Words) =>
    [
      `${customerName}からの質問票の提出期限です。23時59分（日本時間）までに提出してください。`,
      `対象サービス：${serviceName}`,
      `依頼番号：${reference}`,
      '回答用リンクは、ご案内のメールに記載しています。',
    ].join('\n'),
  en: ({ customerName, serviceName, reference }: Words) =>
    [
      `The questionnaire of ${customerName} is due. Please submit it by 23:59 Japan time.`,
      `Service: ${serviceName}`,
      `Request number: ${reference}`,
      'The link to the questionnaire is in the mail that asked you to answer.',
    ].join('\n'),
};

/** Name of the file, without anything that identifies the parties. */
export function calendarFileName(reference: string): string {
  return `${reference}.ics`;
}
