import type { Message } from '../../errors.ts';

/** In characters as people count them (code points). No rules on kinds of characters, no expiry (NIST SP 800-63B-4). */
export const MIN_LENGTH = 15;
export const MAX_LENGTH = 128;

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
  return text
    .normalize('NFKC')
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
    const walk = bareOf(run).repeat(8);
    return walk.includes(bare) || [...walk].reverse().join('').includes(bare);
  });
}

/** `passwordpassword2026!`: a common password with less than eight characters of one's own. */
function isCommonWithTail(bare: string): boolean {
  for (const one of common) if (bare.includes(one) && bare.length - one.length < 5) return true;
  return false;
}

/** The name itself, or the name with less than eight characters that are not the name. */
function isMostly(bare: string, name: string): boolean {
  return bare.includes(name) && bare.replaceAll(name, '').length < 8;
}

const runs = [
  'abcdefghijklmnopqrstuvwxyz',
  '1234567890',
  'qwertyuiop',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
];

/** Long passwords that turn up in every published list, as `bareOf` writes them. Shorter ones are refused by their length. */
const common = new Set(
  [
    'passwordpassword',
    'mypasswordismypassword',
    'thisismypassword',
    'thisisapassword',
    'correcthorsebatterystaple',
    'administrator',
    'administratorpassword',
    'adminadminadmin',
    'changemechangeme',
    'letmeinletmein',
    'welcomewelcome',
    'iloveyouiloveyou',
    'iloveyouforever',
    'ihatepasswords',
    'trustno1trustno1',
    'qwertyuiopasdfgh',
    'qwerty123456789',
    'password123456',
    'password1234567',
    'password12345678',
    'password123456789',
    'p@ssw0rdp@ssw0rd',
    'passw0rdpassw0rd',
    '123456789abcdef',
    'abcdef123456789',
    'abc123abc123abc',
    'superman12345678',
    'footballfootball',
    'baseballbaseball',
    'princessprincess',
    'sunshinesunshine',
    'monkeymonkeymonkey',
    'dragondragondragon',
    'mastermastermaster',
    'whatthefuckwhatthefuck',
    'fuckyoufuckyou',
    'nopasswordneeded',
    'donttellanyone',
    'onceuponatime',
    'tobeornottobe',
    'maytheforcebewithyou',
    'winteriscoming',
    'thequickbrownfox',
    'thequickbrownfoxjumps',
    'rootrootrootroot',
    'companycompany',
    'defaultpassword',
    'temporarypassword',
    'initialpassword',
    'secretsecretsecret',
    'testtesttesttest',
    'パスワードパスワード',
    'ぱすわーどぱすわーど',
    'わたしのパスワード',
    'あいうえおかきくけこさしすせそ',
    'いろはにほへとちりぬるを',
    'ありがとうございます',
    'よろしくお願いします',
    'お世話になっております',
  ].map(bareOf),
);

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
