import type { MailMessage } from '../../services.ts';

/** A mail as it will leave, before the envelope: what is sealed in `mails.sealed`. */
export type Letter = {
  to: { name: string; address: string };
  subject: string;
  text: string;
  attachments: NonNullable<MailMessage['attachments']>;
  /** Name of the sender as shown. This and what follows is absent in letters sealed before there was such a thing. */
  from?: string;
  replyTo?: { name: string; address: string };
  thread?: readonly string[];
};

/**
 * Writes a letter with a template that starts `Subject: …`, a blank line, the text. The values in it come from people:
 * the subject is rendered with every value on one line, so that a line break in a name can never start another header.
 * Throws when the template has no subject or the address is not a single bare one.
 */
export function writeLetter(message: MailMessage, render: (model: Record<string, unknown>) => string): Letter {
  const subject = /^Subject:[ \t]*(.+)/.exec(render(flattened(message.model) as Record<string, unknown>))?.[1];
  const text = /\r?\n\r?\n([\s\S]+)$/.exec(render(message.model))?.[1];
  if (!subject?.trim() || !text?.trim()) {
    throw new Error(`mail "${message.kind}": the template must start with "Subject: …" and a blank line`);
  }
  return {
    to: { name: oneLine(message.recipient.name), address: bareAddress(message.recipient.email) },
    subject: oneLine(subject),
    text: `${text.trim()}\n`,
    attachments: message.attachments ?? [],
    ...conversationOf(message),
  };
}

function conversationOf({ from, replyTo, thread, locale }: MailMessage): Pick<Letter, 'from' | 'replyTo' | 'thread'> {
  return {
    ...(from ? { from: onBehalfOf[locale](oneLine(from)) } : {}),
    ...(replyTo ? { replyTo: { name: oneLine(replyTo.name), address: bareAddress(replyTo.email) } } : {}),
    ...(thread ? { thread: thread.map((name) => name.replace(/[^\w-]+/g, '-')) } : {}),
  };
}

const onBehalfOf = {
  ja: (name: string) => `${name}（Kantoku 経由）`,
  en: (name: string) => `${name} (via Kantoku)`,
};

function flattened(value: unknown): unknown {
  if (typeof value === 'string') return oneLine(value);
  if (Array.isArray(value)) return value.map(flattened);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, flattened(entry)]));
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** C0 and C1 control characters, line and paragraph separators. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

function bareAddress(address: string): string {
  if (/^[^\s<>()[\]\\,;:"\p{Cc}@]+@[^\s<>()[\]\\,;:"\p{Cc}@]+$/u.test(address)) return address;
  throw new Error('mail: the recipient is not a single bare address');
}
