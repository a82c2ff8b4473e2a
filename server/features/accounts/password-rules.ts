import { nfkc } from '../../domain/assessment/normal-form.ts';
import type { Message } from '../../errors.ts';
import { commonPasswords, keyRuns } from './common-passwords.ts';

/** In characters as people count them (code points). No rules on kinds of characters, no expiry (NIST SP 800-63B-4). */
const MIN_LENGTH = 15;
const MAX_LENGTH = 128;

/**
 * What is wrong with a password, or null. `names` are words that belong to this place and person: organisation, e-mail
 * address, own name. The product's name is always among them (ASVS 6.1.2, 6.2.11).
 */
export function passwordProblem(password: string, names: readonly string[]): Message | null {
  const length = [...password].length;
  if (length < MIN_LENGTH) return messages.short;
  if (length > MAX_LENGTH) return messages.long;
  const bare = bareOf(password);
  if (common.has(bare) || isRepetition(bare) || isRun(bare) || isCommonWithTail(bare)) return messages.common;
  if (['kantoku', '監督', ...names].map(bareOf).some((name) => name.length >= 2 && isMostly(bare, name)))
    return messages.name;
  return null;
}

/** For comparison only: one form of each character, lower case, without what people put between words. */
function bareOf(text: string): string {
  return nfkc(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/0/g, 'o')
    .replace(/1/g, 'i')
    .replace(/3/g, 'e')
    .replace(/4/g, 'a')
    .replace(/5/g, 's');
}

/** `abcabcabcabcabc`: one short piece over and over. */
function isRepetition(bare: string): boolean {
  for (let size = 1; size <= Math.min(8, bare.length / 2); size += 1) {
    const piece = bare.slice(0, size);
    if (piece.repeat(Math.ceil(bare.length / size)).slice(0, bare.length) === bare) return true;
  }
  return false;
}

/** A walk along the alphabet, the digits or a row of keys, forwards or backwards, possibly going round. */
function isRun(bare: string): boolean {
  return runs.some((run) => {
    const walk = run.repeat(8);
    return walk.includes(bare) || [...walk].reverse().join('').includes(bare);
  });
}

/** `passwordpassword2026!`: a common password with a short tail. */
function isCommonWithTail(bare: string): boolean {
  for (const one of common) if (bare.includes(one) && bare.length - one.length < 5) return true;
  return false;
}

/** The name itself, or the name with less than eight characters that are not the name. */
function isMostly(bare: string, name: string): boolean {
  return bare.includes(name) && bare.replaceAll(name, '').length < 8;
}

const runs = keyRuns.map(bareOf);
const common = new Set(commonPasswords.map(bareOf));

const messages = {
  short: {
    ja: `パスワードは${MIN_LENGTH}文字以上にしてください。単語をいくつかつなげると、長くても覚えやすくなります。`,
    en: `Use at least ${MIN_LENGTH} characters. A few words strung together are long and easy to remember.`,
  },
  long: { ja: `パスワードは${MAX_LENGTH}文字以内にしてください。`, en: `Use at most ${MAX_LENGTH} characters.` },
  common: {
    ja: 'よく使われる、または規則的に並んだパスワードです。ほかの人が思いつかない組み合わせにしてください。',
    en: 'This password is common or follows a simple pattern. Choose a combination nobody else would think of.',
  },
  name: {
    ja: '組織名、氏名、メールアドレス、製品名を中心にしたパスワードは使えません。別の言葉を加えてください。',
    en: 'A password built on the name of your organisation, yourself, your email or this product cannot be used. Add other words.',
  },
} satisfies Record<string, Message>;
