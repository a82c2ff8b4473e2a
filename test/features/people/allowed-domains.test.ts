import { describe, expect, it } from 'vitest';
import {
  allowedDomains,
  isAllowedAddress,
  plainAddress,
} from '../../../server/features/assessments/allowed-domains.ts';

const domainsOf = (contactEmail: string, ...emailDomains: string[]) =>
  allowedDomains({ contactEmail, settings: { emailDomains } });

describe('whose addresses may be invited', () => {
  const domains = domainsOf('tanaka@Example.co.jp', 'group.example', '日本語.jp');

  it.each([
    ['suzuki@example.co.jp', true],
    ['SUZUKI@EXAMPLE.CO.JP', true],
    ['suzuki@tokyo.mail.example.co.jp', true],
    ['suzuki@group.example', true],
    ['suzuki@日本語.jp', true],
    ['suzuki@xn--wgv71a119e.jp', true],
    ['suzuki@ＥＸＡＭＰＬＥ.co.jp', true],
    ['suzuki@notexample.co.jp', false],
    ['suzuki@example.co.jp.evil.example', false],
    ['suzuki@example-co.jp', false],
    ['suzuki@co.jp', false],
    ['suzuki@other.co.jp', false],
    // Cyrillic а and е, Greek ο, a dotless ı: they look alike and are other names.
    ['suzuki@exаmple.co.jp', false],
    ['suzuki@еxample.co.jp', false],
    ['suzuki@example.cο.jp', false],
    ['suzuki@日夲語.jp', false],
    ['tanaka@example.co.jp@evil.example', false],
    ['example.co.jp', true],
    ['suzuki@', false],
    ['', false],
  ])('%s: %s', (email, allowed) => {
    expect(isAllowedAddress(email, domains)).toBe(allowed);
  });

  it('leave out what says nothing about working together', () => {
    expect(domainsOf('tanaka@gmail.com')).toEqual([]);
    expect(domainsOf('tanaka@docomo.ne.jp')).toEqual([]);
    expect(domainsOf('tanaka@abc.ocn.ne.jp')).toEqual([]);
    expect(domainsOf('tanaka@gmail.com', 'gmail.com')).toEqual(['gmail.com']);
    expect(domainsOf('tanaka@example.jp', 'co.jp', 'jp', 'com.au')).toEqual(['example.jp']);
  });

  it('are mailed at exactly the domain that was compared', () => {
    expect(plainAddress('suzuki@ＥＸＡＭＰＬＥ.co.jp')).toBe('suzuki@example.co.jp');
    expect(plainAddress('suzuki@exаmple.co.jp')).toMatch(/^suzuki@xn--.+\.co\.jp$/);
    expect(plainAddress('no address')).toBe('no address');
  });
});
