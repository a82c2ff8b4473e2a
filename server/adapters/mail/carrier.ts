import { createTransport } from 'nodemailer';
import type { Config } from '../../config.ts';
import type { Mail } from '../../services.ts';
import { createCaptureFolder } from './capture.ts';
import type { Letter } from './letter.ts';

/** What takes a letter out of the house. */
export type Carrier = {
  /** `id` names the mail for ever: a repeated attempt carries the same Message-ID, so a receiver can drop the copy. */
  deliver(id: string, kind: string, letter: Letter, sentAt: Date): Promise<void>;
  check: Mail['check'];
  close(): void;
};

/** SMTP when MAIL_URL is set; otherwise files under the data folder, which /captured-mail shows. */
export function createCarrier(config: Config): Carrier {
  return config.mailUrl ? smtpCarrier(config.mailUrl, config) : createCaptureFolder(config.dataDir);
}

function smtpCarrier(url: string, { mailFrom, publicUrl }: Config): Carrier {
  const host = new URL(publicUrl).hostname;
  const transport = createTransport(url, {
    from: mailFrom,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async deliver(id, _kind, letter, sentAt) {
      await transport.sendMail({
        messageId: `<${id}@${host}>`,
        date: sentAt,
        to: letter.to,
        subject: letter.subject,
        text: letter.text,
        attachments: letter.attachments.map(({ name, mediaType, content }) => ({
          filename: name,
          contentType: mediaType,
          content,
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

/** 5xx: the server has refused for good (RFC 5321 §4.2.1); trying again would only repeat it. */
export function isRefusal(error: unknown): boolean {
  const code = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
  return code >= 500 && code < 600 && !/EAUTH|ECONNECTION|ETLS/.test(String((error as { code?: string }).code));
}
