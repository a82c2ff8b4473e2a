import { nfkc } from '../../domain/assessment/normal-form.ts';

/** The token in what a person pasted: the whole address, the part behind #, or a line of the mail with the address in it. */
export function shownToken(pasted: string): string {
  const text = nfkc(pasted).replace(/\s/g, '');
  return /ktk[a-z]_[A-Za-z0-9_-]{40,200}/.exec(text)?.[0] ?? text;
}
