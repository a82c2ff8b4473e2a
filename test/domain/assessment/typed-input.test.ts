import { describe, expect, it } from 'vitest';
import {
  calendarDay,
  emailAddress,
  isEmailAddress,
  oneLine,
  paragraphs,
  wholeNumber,
} from '../../../server/domain/assessment/typed-input.ts';

describe('what people type', () => {
  it.each([
    ['2026-12-01', '2026-12-01'],
    ['2026/12/1', '2026-12-01'],
    ['２０２６．１２．１', '2026-12-01'],
    ['2026年12月1日（火）', '2026-12-01'],
    ['令和8年12月1日', '2026-12-01'],
    ['令和元年5月1日', '2019-05-01'],
    ['R8.2.28', '2026-02-28'],
    ['平成31年4月30日', '2019-04-30'],
    ['平成元年1月8日', '1989-01-08'],
    ['平成35年3月31日', '2023-03-31'],
    ['H３０．３．３１', '2018-03-31'],
    ['h30/3/31', '2018-03-31'],
    ['昭和64年1月7日', '1989-01-07'],
    ['S60.4.1', '1985-04-01'],
    ['㍻30年3月31日', '2018-03-31'],
    ['', ''],
    ['2026-02-29', null],
    ['平成30年2月29日', null],
    ['平成0年1月1日', null],
    ['平成2018年1月1日', null],
    ['明治45年7月30日', null],
    ['30年3月31日', null],
    ['26-12-01', null],
    ['12/1', null],
    ['2026-12-01x', null],
    ['明日', null],
  ])('reads the day %s as %s', (typed, day) => {
    expect(calendarDay(typed)).toBe(day);
  });

  it.each([
    ['1,200', 1200],
    ['１２００人', 1200],
    [' 14 日', 14],
    ['0', 0],
    ['', null],
    ['-1', Number.NaN],
    ['1.5', Number.NaN],
    ['千', Number.NaN],
    ['12345678901', Number.NaN],
  ])('reads the number %s as %s', (typed, number) => {
    expect(wholeNumber(typed)).toBe(number);
  });

  it('joins lines and composes letters where one line is meant', () => {
    expect(oneLine(' 株式会社\u3000か\u3099\r\nB\u0000 ')).toBe('株式会社 が B');
  });

  it('keeps line breaks in longer texts and drops other control characters', () => {
    expect(paragraphs('一行目\r\n二行目\u0007\r三\t行目\n\n')).toBe('一行目\n二行目\n三\t行目');
  });

  it.each(['a@example.co.jp', 'first.last+tag@sub.example.com', '日本@例え.jp'])('%s is an address', (text) => {
    expect(isEmailAddress(text)).toBe(true);
  });

  it.each([
    'a@localhost',
    'a b@example.com',
    'a@example.com, b@example.com',
    '"A" <a@example.com>',
    'a@example.com\r\nBcc: b@example.com',
    '@example.com',
    `${'a'.repeat(65)}@example.com`,
    '',
  ])('%j is no address', (text) => {
    expect(isEmailAddress(text)).toBe(false);
  });

  it('takes full-width addresses as half-width', () => {
    expect(emailAddress(' ｔａｎａｋａ＠example．jp ')).toBe('tanaka@example.jp');
  });
});
