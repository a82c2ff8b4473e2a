import { describe, expect, test } from 'vitest';
import { writeLetter } from '../../../server/adapters/mail/letter.ts';
import type { MailMessage } from '../../../server/services.ts';

const message = (changes: Partial<MailMessage> = {}): MailMessage => ({
  kind: 'invitation',
  recipient: { email: 'tanaka@vendor.example', name: '田中 花子' },
  locale: 'ja',
  model: { vendor: '株式会社サンプル', note: '1 行目\n2 行目' },
  ...changes,
});
const render = (model: Record<string, unknown>) => `Subject: ご依頼（${model.vendor}）\n\n本文\n\n${model.note}\n`;

test('the first line is the subject, the rest after a blank line the text', () => {
  expect(writeLetter(message(), render)).toEqual({
    to: { name: '田中 花子', address: 'tanaka@vendor.example' },
    subject: 'ご依頼（株式会社サンプル）',
    text: '本文\n\n1 行目\n2 行目\n',
    html: expect.stringMatching(/<p [^>]+>1 行目<br>2 行目<\/p>/),
    attachments: [],
  });
});

test.each([
  'X\r\nBcc: spy@example.com',
  'X\nBcc: spy@example.com',
  'X\u2028Bcc: spy@example.com',
  'X\n\nBcc: spy@example.com',
])('a line break in a value cannot leave the subject (%j)', (vendor) => {
  const letter = writeLetter(message({ model: { vendor, note: 'y' } }), render);
  expect(letter.subject).toBe('ご依頼（X Bcc: spy@example.com）');
});

test('a line break in a name cannot start a header', () => {
  const letter = writeLetter(message({ recipient: { email: 'a@b.example', name: 'A\r\nBcc: c@d.example' } }), render);
  expect(letter.to.name).toBe('A Bcc: c@d.example');
});

describe('an address that is not a single bare one is refused', () => {
  test.each([
    'a@b.example, c@d.example',
    'A <a@b.example>',
    'a@b.example\r\nBcc: c@d.example',
    'a b@c.example',
    'nobody',
    '',
  ])('%j', (email) => {
    expect(() => writeLetter(message({ recipient: { email, name: 'A' } }), render)).toThrow(/bare address/);
  });
});

test.each(['Hello\n\nText', 'Subject:\n\nText', 'Subject: X\nText', 'Subject: X\n\n'])(
  'a template without subject or text is refused (%j)',
  (rendered) => {
    expect(() => writeLetter(message(), () => rendered)).toThrow(/must start with/);
  },
);
