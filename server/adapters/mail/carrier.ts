import { createTransport } from 'nodemailer';
import type { Config } from '../../config.ts';
import type { Mail } from '../../services.ts';
import { createCaptureFolder } from './capture.ts';
import type { Letter } from './letter.ts';

/** What takes a letter out of the house. */
export type Carrier = {
  /** Host name of this system: in links and in Message-IDs. */
  host: string;
  /** `id` names the mail for ever: a repeated attempt carries the same Message-ID, so a receiver can drop the copy. */
  deliver(id: string, kind: string, letter: Letter, sentAt: Date): Promise<void>;
  check: Mail['check'];
  close(): void;
};

/** SMTP when MAIL_URL is set; otherwise files under the data folder, which /captured-mail shows. */
export function createCarrier(config: Config): Carrier {
  return config.mailUrl ? smtpCarrier(config.mailUrl, config) : createCaptureFolder(config.dataDir, hostOf(config));
}

function hostOf({ publicUrl }: Config): string {
  return new URL(publicUrl).hostname;
}

function smtpCarrier(url: string, config: Config): Carrier {
  const host = hostOf(config);
  const { mailFrom } = config;
  const transport = createTransport(url, {
    from: mailFrom,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    host,
    async deliver(id, _kind, letter, sentAt) {
      await transport.sendMail({
        messageId: `<${id}@${host}>`,
        date: sentAt,
        ...envelopeOf(letter, mailFrom, host),
        to: letter.to,
        subject: letter.subject,
        text: letter.text,
        ...(letter.html ? { html: letter.html } : {}),
        attachments: letter.attachments.map(({ name, mediaType, content, encoding }) => ({
          filename: name,
          contentType: mediaType,
          content: Buffer.from(content, encoding ?? 'utf8'),
        })),
      });
    },
    check: async () => {
      await transport.verify();
      return { by: 'smtp' };
    },
    close: () => transport.close(),
  };
}

/**
 * Sender, answers and conversation. The roots of a conversation are names that no mail ever had: every mail refers to them, so
 * mail programs put them together whichever of them a person has kept (RFC 5322 §3.6.4).
 */
function envelopeOf({ from, replyTo, thread = [] }: Letter, mailFrom: string, host: string) {
  const references = thread.map((name) => `<${name}@${host}>`);
  return {
    ...(from ? { from: { name: from, address: addressOf(mailFrom) } } : {}),
    ...(replyTo ? { replyTo } : {}),
    ...(references.length > 0 ? { references, inReplyTo: references.at(-1) } : {}),
  };
}

/** The address of `Name <address>`, or of an address alone. */
function addressOf(mailbox: string): string {
  return /<([^<>]+)>\s*$/.exec(mailbox)?.[1] ?? mailbox.trim();
}

/** 5xx: the server has refused for good (RFC 5321 §4.2.1); trying again would only repeat it. */
export function isRefusal(error: unknown): boolean {
  const code = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
  return code >= 500 && code < 600 && !/EAUTH|ECONNECTION|ETLS/.test(String((error as { code?: string }).code));
}
