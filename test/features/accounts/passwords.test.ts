import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashPassword, isOutdated, verifyPassword } from '../../../server/features/accounts/password-hash.ts';
import { passwordProblem } from '../../../server/features/accounts/password-rules.ts';
import { createTurnstile } from '../../../server/turnstile.ts';

describe('Passwords', () => {
  test.each([
    'kohlrabi am fenster',
    'うちの猫は毎朝五時に必ず鳴きます',
    '青い自転車で港まで走った夏の朝に',
    '7h!x Q2~vv¥e\\ 0pL',
    'a sentence with spaces',
    '🐈🐈‍⬛🐈 三匹の猫が屋根の上で昼寝',
  ])('%s is good', (password) =>
    expect(passwordProblem(password, ['株式会社みなと', 'hanako@minato.example'])).toBeNull(),
  );

  test.each([
    ['fourteen chars', '15文字以上'],
    ['髙'.repeat(14), '15文字以上'],
    ['x1'.repeat(65), '128文字以内'],
    ['aaaaaaaaaaaaaaaaaa', 'よく使われる'],
    ['abcabcabcabcabcabc', 'よく使われる'],
    ['123456789012345', 'よく使われる'],
    ['qwertyuiopasdfgh', 'よく使われる'],
    ['0987654321098765', 'よく使われる'],
    ['PasswordPassword', 'よく使われる'],
    ['P@ssw0rdP@ssw0rd!', 'よく使われる'],
    ['passwordpassword99', 'よく使われる'],
    ['correct horse battery staple', 'よく使われる'],
    ['ｐａｓｓｗｏｒｄｐａｓｓｗｏｒｄ', 'よく使われる'],
    ['kantoku-kantoku-2026', '製品名'],
    ['株式会社みなと2026株式会社みなと', '組織名'],
    ['hanako@minato.example', '氏名'],
    ['Hanako Kantoku 1985', '製品名'],
  ])('%s is refused', (password, why) => {
    const problem = passwordProblem(password, ['株式会社みなと', 'hanako@minato.example', 'hanako kantoku']);
    expect(problem?.ja).toContain(why);
  });

  test('Length is counted in characters, not bytes or UTF-16 units', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 0, maxLength: 140 }), (text) => {
        const length = [...text].length;
        const problem = passwordProblem(text, []);
        if (length < 15) expect(problem?.ja).toContain('15文字以上');
        else if (length > 128) expect(problem?.ja).toContain('128文字以内');
        else expect(problem?.ja ?? '').not.toContain('文字以');
      }),
    );
  });

  test('The exact bytes count: nothing is trimmed, folded or cut', async () => {
    const long = 'ぱ'.repeat(100);
    for (const password of [' ａｂｃ が ends in a blank ', long]) {
      const hash = await hashPassword(password);
      expect(hash).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
      expect(await verifyPassword(hash, password)).toBe(true);
      for (const near of [
        password.trim(),
        password.normalize('NFKC'),
        password.normalize('NFD'),
        password.slice(0, -1),
        `${password} `,
      ]) {
        if (near !== password) expect(await verifyPassword(hash, near)).toBe(false);
      }
    }
  });

  test('Nobody has no password, and an older cost is noticed', async () => {
    expect(await verifyPassword(null, '')).toBe(false);
    expect(isOutdated(await hashPassword('any'))).toBe(false);
    expect(
      isOutdated('$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'),
    ).toBe(true);
  });

  test('No more than four are hashed at a time', async () => {
    const turnstile = createTurnstile(4);
    let inside = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 30 }, () =>
        turnstile.pass(async () => {
          inside += 1;
          most = Math.max(most, inside);
          await new Promise((resolve) => setTimeout(resolve, 5));
          inside -= 1;
        }),
      ),
    );
    expect(most).toBe(4);
  });
});
