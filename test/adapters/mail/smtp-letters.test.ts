import { readdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Carrier, createCarrier } from '../../../server/adapters/mail/carrier.ts';
import { type Letter, writeLetter } from '../../../server/adapters/mail/letter.ts';
import { loadTemplates } from '../../../server/adapters/templates.ts';
import { readConfig } from '../../../server/config.ts';
import { sampleModel } from './sample-model.ts';

const templates = loadTemplates();
const received: Buffer[] = [];
let server: SMTPServer;
let carrier: Carrier;

beforeAll(async () => {
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, _session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        received.push(Buffer.concat(chunks));
        callback(null);
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  const settings = { APP_SECRET: 'for the letters of the tests only', MAIL_FROM: '監督 <noreply@kantoku.example>' };
  carrier = createCarrier(
    readConfig({ ...settings, MAIL_URL: `smtp://127.0.0.1:${port}`, PUBLIC_URL: 'https://kantoku.example' }),
  );
});
afterAll(async () => {
  carrier.close();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

/** The letter as a mail server gets it, and as a reader's program shows it. */
async function travel(letter: Letter) {
  received.length = 0;
  await carrier.deliver('3f0c2b1a-0000-4000-8000-000000000000', 'x', letter, new Date('2026-11-23T08:30:00+09:00'));
  const [source = Buffer.alloc(0)] = received;
  return { source, mail: await PostalMime.parse(source) };
}

function letter(kind: string, locale: 'ja' | 'en', changes: object = {}): Letter {
  const part = kind === 'contributor-invitation' ? { sections: ['識別・認証'] } : {};
  const message = { kind, locale, recipient: { email: 'a@b.example', name: '田中 一郎' }, ...changes };
  return writeLetter({ ...message, model: { ...sampleModel(locale), ...part } }, (model) =>
    templates.mail(`${kind}.${locale}`, locale, model),
  );
}

const all = readdirSync('templates/mail').map((file) => file.split('.').slice(0, 2) as [string, 'ja' | 'en']);

/** As programs show it; between the parts of a mail stands an empty line of its own. */
function read(part: string | undefined): string | undefined {
  return part?.replaceAll('\r\n', '\n').trimEnd();
}

describe('through a mail server', () => {
  it.each(all)('%s.%s arrives as it was written, in lines a mail server takes', async (kind, locale) => {
    const written = letter(kind, locale);
    const { source, mail } = await travel(written);
    expect(mail.subject).toBe(written.subject);
    expect(read(mail.text)).toBe(written.text.trimEnd());
    // RFC 5322 §2.1.1: 998 octets without CRLF; and nothing but US-ASCII, whatever the servers between speak.
    for (const line of source.toString('latin1').split('\r\n')) expect(line.length).toBeLessThanOrEqual(998);
    expect(source.every((octet) => octet < 0x80)).toBe(true);
    expect(source.toString('latin1')).toMatch(/Content-Transfer-Encoding: (quoted-printable|base64|7bit)/i);
    expect(read(mail.html)).toBe(written.html?.trimEnd());
    // RFC 2046 §5.1.4: the plainest first; a reader's program shows the last one it understands.
    const types = [...source.toString('latin1').matchAll(/^Content-Type: ([\w/]+)/gim)].map(([, type]) => type);
    expect(types).toEqual(['multipart/alternative', 'text/plain', 'text/html']);
  });

  it('asks for no receipt, promises no list, and has a subject old programs can read', async () => {
    const { source, mail } = await travel(letter('invitation', 'ja'));
    const names = mail.headers.map(({ key }) => key);
    for (const name of names) expect(name).not.toMatch(/^list-|receipt|disposition-notification|precedence|x-mailer/);
    expect(names).toEqual(expect.arrayContaining(['auto-submitted', 'message-id', 'date', 'mime-version', 'subject']));
    // RFC 2047 §2: no encoded word longer than 75 characters, no line longer than 76.
    const [subject = ''] = /^Subject: .*(?:\r\n[ \t].*)*/m.exec(source.toString('latin1')) ?? [];
    expect(subject).toMatch(/=\?UTF-8\?[BQ]\?/i);
    for (const [word] of subject.matchAll(/=\?[^?\s]+\?[BQ]\?[^?\s]*\?=/gi))
      expect(word.length).toBeLessThanOrEqual(75);
    for (const line of subject.split('\r\n')) expect(line.length).toBeLessThanOrEqual(84);
  });

  it('still sends a letter that was sealed before there was an HTML part', async () => {
    const { html: _, ...old } = letter('reminder', 'ja');
    const { mail } = await travel(old);
    expect(mail.text?.replaceAll('\r\n', '\n')).toBe(old.text);
    expect(mail.html).toBeUndefined();
  });

  it('shows on whose behalf it comes, and leads answers to the requester', async () => {
    const { mail } = await travel(
      letter('invitation', 'ja', {
        from: 'みなと社会保険労務士法人',
        replyTo: { name: '佐藤 花子', email: 'sato@minato.example' },
      }),
    );
    expect(mail.from).toMatchObject({
      name: 'みなと社会保険労務士法人（Kantoku 経由）',
      address: 'noreply@kantoku.example',
    });
    expect(mail.replyTo).toMatchObject([{ name: '佐藤 花子', address: 'sato@minato.example' }]);
    const headers = new Map(mail.headers.map(({ key, value }) => [key, value]));
    expect(headers.get('auto-submitted')).toBe('auto-generated');
    const english = await travel(letter('invitation', 'en', { from: 'Minato "Labour" <Office>\r\nBcc: x@y.example' }));
    expect(english.mail.from).toMatchObject({
      name: 'Minato "Labour" <Office> Bcc: x@y.example (via Kantoku)',
      address: 'noreply@kantoku.example',
    });
    expect(english.mail.bcc).toBeUndefined();
  });

  it('keeps the mails of one thread together, and comes from the house where nobody else is named', async () => {
    const thread = ['request-1', 'thread-1-AUTH-01'];
    const { mail } = await travel(letter('message', 'ja', { thread }));
    expect(mail.messageId).toBe('<3f0c2b1a-0000-4000-8000-000000000000@kantoku.example>');
    expect(mail.inReplyTo).toBe('<thread-1-AUTH-01@kantoku.example>');
    expect(mail.references).toBe('<request-1@kantoku.example> <thread-1-AUTH-01@kantoku.example>');
    expect(mail.from).toMatchObject({ name: '監督', address: 'noreply@kantoku.example' });
    const hostile = await travel(letter('message', 'ja', { thread: ['x>\r\nBcc: spy@example.com'] }));
    expect(hostile.mail.references).toBe('<x-Bcc-spy-example-com@kantoku.example>');
    expect(hostile.mail.bcc).toBeUndefined();
  });

  it('brings the calendar entry with its type, byte for byte', async () => {
    const content = 'BEGIN:VCALENDAR\r\nSUMMARY:【提出期限】みなと\r\nEND:VCALENDAR\r\n';
    const attachments = [
      { name: 'KA-2026-0001.ics', mediaType: 'text/calendar; charset=utf-8; method=PUBLISH', content },
    ];
    const { source, mail } = await travel(letter('invitation', 'ja', { attachments }));
    const [file] = mail.attachments;
    expect(file).toMatchObject({ filename: 'KA-2026-0001.ics', mimeType: 'text/calendar', method: 'PUBLISH' });
    const encoded = /text\/calendar[\s\S]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)/.exec(source.toString('latin1'))?.[1] ?? '';
    expect(Buffer.from(encoded, 'base64').toString('utf8')).toBe(content);
    expect(source.toString('latin1')).toMatch(/Content-Type: text\/calendar; charset=utf-8;\s+method=PUBLISH/i);
  });
});
