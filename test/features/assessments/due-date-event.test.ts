import { afterEach, describe, expect, it } from 'vitest';
import {
  type DueDateEvent,
  dueDateCalendar,
  requestEntry,
} from '../../../server/features/assessments/due-date-event.ts';

const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

const event = (changes: Partial<DueDateEvent> = {}): DueDateEvent => ({
  id: '3f0c2b1a-0000-4000-8000-000000000000',
  host: 'kantoku.example',
  dueOn: '2026-12-14',
  isLastCall: false,
  sequence: 3,
  writtenAt: new Date('2026-11-23T08:30:00+09:00'),
  isCancelled: false,
  locale: 'ja',
  reference: 'KA-2026-0042',
  customerName: 'みなと社会保険労務士法人',
  serviceName: '社労夢ハイブリッド人事労務クラウドサービス（大規模事業所向け拡張版、給与・勤怠・年末調整を含む）',
  organiser: { name: 'みなと社会保険労務士法人', email: 'sato@minato.example' },
  ...changes,
});

type Component = { name: string; properties: Map<string, { parameters: string; value: string }>; parts: Component[] };

/** An own reader of RFC 5545 §3.1 and §3.6, which knows nothing of the library that wrote the text. */
function read(text: string): Component {
  const lines = text.replaceAll('\r\n ', '').replace(/\r\n$/, '').split('\r\n');
  const root: Component = { name: '', properties: new Map(), parts: [] };
  const open = [root];
  for (const line of lines) {
    const found = /^([A-Z-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^":;]*))*):(.*)$/s.exec(line);
    if (!found) throw new Error(`not a content line: ${line}`);
    const [, name = '', parameters = '', value = ''] = found;
    const inside = open.at(-1) ?? root;
    if (name === 'BEGIN') {
      const part: Component = { name: value, properties: new Map(), parts: [] };
      inside.parts.push(part);
      open.push(part);
    } else if (name === 'END') {
      expect(open.pop()?.name).toBe(value);
    } else {
      expect(inside.properties.has(name), `${name} twice`).toBe(false);
      inside.properties.set(name, { parameters, value });
    }
  }
  expect(open).toEqual([root]);
  const [calendar] = root.parts;
  if (!calendar || root.parts.length !== 1) throw new Error('not one calendar');
  return calendar;
}

const unescaped = (text = '') => text.replace(/\\(n|N|.)/g, (_, one: string) => (/n/i.test(one) ? '\n' : one));
const given = (part: Component | undefined, name: string) => part?.properties.get(name)?.value;

describe('the calendar entry of a due date', () => {
  it('is one all-day event with an alarm at nine three days before', () => {
    const calendar = read(dueDateCalendar(event()));
    expect([calendar.name, given(calendar, 'VERSION'), given(calendar, 'METHOD')]).toEqual([
      'VCALENDAR',
      '2.0',
      'PUBLISH',
    ]);
    const [entry] = calendar.parts;
    expect([entry?.name, calendar.parts.length, entry?.parts.length]).toEqual(['VEVENT', 1, 1]);
    expect(given(entry, 'UID')).toBe('due-3f0c2b1a-0000-4000-8000-000000000000@kantoku.example');
    expect(given(entry, 'SEQUENCE')).toBe('3');
    expect(given(entry, 'DTSTAMP')).toBe('20261122T233000Z');
    expect(entry?.properties.get('DTSTART')).toEqual({ parameters: ';VALUE=DATE', value: '20261214' });
    expect(entry?.properties.get('DTEND')).toEqual({ parameters: ';VALUE=DATE', value: '20261215' });
    expect([given(entry, 'STATUS'), given(entry, 'TRANSP')]).toEqual(['CONFIRMED', 'TRANSPARENT']);
    expect(unescaped(given(entry, 'SUMMARY'))).toBe(
      `【提出期限】みなと社会保険労務士法人の質問票（${event().serviceName}）`,
    );
    expect(unescaped(given(entry, 'DESCRIPTION'))).toContain('\n依頼番号：KA-2026-0042\n');
    const [alarm] = entry?.parts ?? [];
    expect([alarm?.name, given(alarm, 'ACTION'), given(alarm, 'TRIGGER')]).toEqual(['VALARM', 'DISPLAY', '-P2DT15H']);
  });

  it('folds Japanese at 75 octets, never inside a character (RFC 5545 §3.1)', () => {
    const text = dueDateCalendar(event());
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    const lines = Buffer.from(text).toString('latin1').split('\r\n');
    const strict = new TextDecoder('utf-8', { fatal: true });
    for (const line of lines) {
      expect(line.length).toBeLessThanOrEqual(75);
      expect(() => strict.decode(Buffer.from(line, 'latin1'))).not.toThrow();
    }
    expect(lines.filter((line) => line.startsWith(' ')).length).toBeGreaterThan(4);
  });

  it('falls on the same day whatever the clock of the machine', () => {
    for (const TZ of [
      'Pacific/Kiritimati',
      'Asia/Tokyo',
      'UTC',
      'America/New_York',
      'Pacific/Pago_Pago',
      'America/Santiago',
    ]) {
      process.env.TZ = TZ;
      for (const [dueOn, start, end] of [
        ['2026-12-31', '20261231', '20270101'],
        ['2028-02-28', '20280228', '20280229'],
        ['2026-09-06', '20260906', '20260907'],
      ]) {
        const [entry] = read(dueDateCalendar(event({ dueOn: dueOn ?? '' }))).parts;
        expect([TZ, given(entry, 'DTSTART'), given(entry, 'DTEND')]).toEqual([TZ, start, end]);
      }
    }
  });

  it('takes itself back when the request is withdrawn (RFC 5546 §3.2.5)', () => {
    const calendar = read(dueDateCalendar(event({ isCancelled: true, sequence: 4 })));
    const [entry] = calendar.parts;
    expect([given(calendar, 'METHOD'), given(entry, 'STATUS'), given(entry, 'SEQUENCE')]).toEqual([
      'CANCEL',
      'CANCELLED',
      '4',
    ]);
    expect(given(entry, 'UID')).toBe(given(read(dueDateCalendar(event())).parts[0], 'UID'));
    expect(entry?.parts).toEqual([]);
  });

  it('becomes the last day on which answers are taken once the due date has passed', () => {
    const request = { id: 'x', dueOn: '2026-12-14', graceDays: 14 };
    expect(requestEntry(request, '2026-12-14')).toEqual({ id: 'x', dueOn: '2026-12-14', isLastCall: false });
    expect(requestEntry(request, '2026-12-15')).toEqual({ id: 'x', dueOn: '2026-12-28', isLastCall: true });
    const said = (locale: 'ja' | 'en') => read(dueDateCalendar(event({ isLastCall: true, locale }))).parts[0];
    expect(unescaped(given(said('ja'), 'SUMMARY'))).toContain('【提出の受付最終日】');
    expect(unescaped(given(said('ja'), 'DESCRIPTION'))).toContain('提出期限を過ぎています');
    expect(unescaped(given(said('en'), 'SUMMARY'))).toMatch(/^Last day: /);
    expect(unescaped(given(said('en'), 'DESCRIPTION'))).toContain('takes no submission after 23:59');
  });

  it('speaks the language of the reader and holds no link', () => {
    const text = dueDateCalendar(
      event({ locale: 'en', customerName: 'Minato Labour Law Office', serviceName: 'Shalom' }),
    );
    const [entry] = read(text).parts;
    expect(unescaped(given(entry, 'SUMMARY'))).toBe('Due: questionnaire of Minato Labour Law Office about Shalom');
    expect(unescaped(given(entry, 'DESCRIPTION'))).toContain('by 23:59 Japan time');
    expect(text).not.toMatch(/https?:|ktk1_/);
  });

  it.each(['a;b,c\\d', '"quoted" name', 'x\r\nSTATUS:CANCELLED', 'N\u2028L\u0000'])(
    'cannot be broken out of with a name (%j)',
    (name) => {
      const names = { customerName: name, serviceName: name, organiser: { name, email: 'sato@minato.example' } };
      const [entry] = read(dueDateCalendar(event(names))).parts;
      expect(given(entry, 'STATUS')).toBe('CONFIRMED');
      expect(given(entry, 'ORGANIZER')).toBe('mailto:sato@minato.example');
      expect(unescaped(given(entry, 'SUMMARY'))).toContain(name.split(/["\r\u2028]/)[0]);
    },
  );
});
