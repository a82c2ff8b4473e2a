import { describe, expect, it } from 'vitest';
import { emailDomains } from '../../../server/domain/assessment/email-domains.ts';

describe('domains a person types', () => {
  it.each([
    ['example.co.jp', ['example.co.jp']],
    ['@Example.CO.JP\r\n*.group.example, example.co.jp', ['example.co.jp', 'group.example']],
    ['ｅｘａｍｐｌｅ．ｃｏ．ｊｐ、日本語.jp', ['example.co.jp', 'xn--wgv71a119e.jp']],
    ['', []],
  ])('%j is read', (typed, domains) => {
    expect(emailDomains(typed)).toEqual({ domains, wrong: [] });
  });

  it.each([
    'tanaka@example.jp',
    'localhost',
    '192.168.0.1',
    '127.1',
    'exa mple',
    'a..jp',
    '-a.jp',
    '.jp',
    'a.jp.',
    'x'.repeat(260),
  ])('%j is no domain', (typed) => {
    const { domains, wrong } = emailDomains(typed);
    expect(domains).toEqual([]);
    expect(wrong.length).toBeGreaterThan(0);
  });
});
