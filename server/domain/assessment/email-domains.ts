/** Domains whose addresses a vendor's respondent may invite, as a person types them into one field. */
import { nfkc } from './normal-form.ts';

/** As many as a group of companies has, and no list that nobody can check by eye. */
export const MAX_DOMAINS = 20;

/**
 * Reads domains apart by line breaks, blanks or commas: full-width letters, a leading `@` or `*.`, upper case and Japanese
 * domains are understood. `domains`: lower case, in ASCII (IDNA), each once; `wrong`: what is no domain, as typed.
 */
export function emailDomains(typed: string): { domains: string[]; wrong: string[] } {
  const words = nfkc(typed)
    .split(/[\s,、;]+/)
    .filter((word) => word !== '');
  const read = words.map((word) => ({ word, domain: asciiDomain(word.replace(/^(@|\*\.)/, '')) }));
  return {
    domains: [...new Set(read.flatMap(({ domain }) => domain ?? []))],
    wrong: read.flatMap(({ word, domain }) => (domain ? [] : [word])),
  };
}

/** null unless it is a name of at least two labels that IDNA accepts (RFC 5891); never an address of a machine. */
function asciiDomain(typed: string): string | null {
  if (!/^[\p{L}\p{N}.-]{3,253}$/u.test(typed)) return null;
  const host = URL.parse(`http://${typed}/`)?.hostname ?? '';
  return /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{2,59})$/.test(host) ? host : null;
}
