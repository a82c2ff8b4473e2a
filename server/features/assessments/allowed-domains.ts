/** Whom a respondent may invite: people with an address in the contact's own domain, or in one the customer named. */
import { domainToASCII } from 'node:url';

type Request = { contactEmail: string; settings: { emailDomains: readonly string[] } };

/** Lower-case ASCII domains (IDNA) whose addresses, and those of their subdomains, may be invited; may be none. */
export function allowedDomains({ contactEmail, settings }: Request): string[] {
  const own = domainOf(contactEmail);
  const named = settings.emailDomains.map((domain) => domainToASCII(domain)).filter((domain) => !isRegistry(domain));
  return [...new Set([...(own !== '' && !isForEverybody(own) ? [own] : []), ...named])].filter((one) => one !== '');
}

export function isAllowedAddress(email: string, domains: readonly string[]): boolean {
  const domain = domainOf(email);
  return domain !== '' && domains.some((one) => isUnder(domain, one));
}

/**
 * The address with its domain as it is asked for in the DNS: what was compared is what is mailed, so a letter that only looks
 * like another one shows as `xn--…`.
 */
export function plainAddress(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 0 ? email : `${email.slice(0, at)}@${domainOf(email)}`;
}

/** Lower case, in ASCII; '' when it is no domain name. */
function domainOf(email: string): string {
  return domainToASCII(email.slice(email.lastIndexOf('@') + 1)).toLowerCase();
}

/** `example.co.jp` holds `mail.example.co.jp`, and neither `notexample.co.jp` nor `example.co.jp.evil.example`. */
function isUnder(domain: string, parent: string): boolean {
  return domain === parent || domain.endsWith(`.${parent}`);
}

/** Anybody can get an address there, so sharing the domain says nothing about working together. */
function isForEverybody(domain: string): boolean {
  return openToEverybody.some((one) => isUnder(domain, one)) || isRegistry(domain);
}

/** `co.jp` and its like belong to a registry: allowing it would allow every company of the country. */
function isRegistry(domain: string): boolean {
  return !domain.includes('.') || /^(co|or|ne|ac|go|ad|ed|gr|lg|com|net|org|gov|edu)\.[a-z]{2}$/.test(domain);
}

const openToEverybody = [
  ...[
    'gmail.com',
    'googlemail.com',
    'outlook.com',
    'outlook.jp',
    'hotmail.com',
    'hotmail.co.jp',
    'live.com',
    'live.jp',
  ],
  ...['msn.com', 'icloud.com', 'me.com', 'mac.com', 'yahoo.com', 'yahoo.co.jp', 'ymail.ne.jp', 'aol.com', 'aol.jp'],
  ...['docomo.ne.jp', 'ezweb.ne.jp', 'au.com', 'softbank.ne.jp', 'i.softbank.jp', 'ymobile.ne.jp', 'rakuten.jp'],
  ...['ocn.ne.jp', 'nifty.com', 'biglobe.ne.jp', 'so-net.ne.jp', 'dion.ne.jp', 'plala.or.jp', 'excite.co.jp'],
  ...['proton.me', 'protonmail.com', 'gmx.com', 'gmx.net', 'mail.com', 'zoho.com', 'yandex.com', 'qq.com', '163.com'],
];
