import type { Attachment, MailMessage } from '../../services.ts';
import type { Enclosure } from './enclosure.ts';
import { guarded, isPlainObject } from './guarded-model.ts';
import { htmlPart } from './html-part.ts';

/** A mail as it will leave, before the envelope: what is sealed in `mails.sealed`. */
export type Letter = {
  to: { name: string; address: string };
  subject: string;
  text: string;
  attachments: readonly Attachment[];
  /** What is printed and attached when the mail leaves. */
  enclosure?: Enclosure;
  /** The same words for mail programs that show HTML. Absent like the following in letters sealed before there was such a thing. */
  html?: string;
  /** Name of the sender as shown. This and what follows is absent in letters sealed before there was such a thing. */
  from?: string;
  replyTo?: { name: string; address: string };
  thread?: readonly string[];
};

/**
 * Writes a letter with a template that starts `Subject: …`, a blank line, the text. The values in it come from people:
 * the subject is rendered with every value on one line, so that a line break in a name can never start another header; the HTML
 * part is made from a third rendering, in which no value can pass for the shape of the text (`forHtml` tells the template).
 * Throws when the template has no subject or the address is not a single bare one.
 */
export function writeLetter(message: MailMessage, render: (model: Record<string, unknown>) => string): Letter {
  const subject = /^Subject:[ \t]*(.+)/.exec(render(flattened(message.model) as Record<string, unknown>))?.[1];
  const text = textOf(render(message.model));
  if (!subject?.trim() || !text?.trim()) {
    throw new Error(`mail "${message.kind}": the template must start with "Subject: …" and a blank line`);
  }
  return {
    to: { name: oneLine(message.recipient.name), address: bareAddress(message.recipient.email) },
    subject: oneLine(subject),
    text: `${text.trim()}\n`,
    html: htmlOf(message, oneLine(subject), render),
    attachments: message.attachments ?? [],
    ...conversationOf(message),
  };
}

function htmlOf(
  { model, locale }: MailMessage,
  subject: string,
  render: (model: Record<string, unknown>) => string,
): string {
  const text = textOf(render({ ...(guarded(model) as Record<string, unknown>), forHtml: true })) ?? '';
  const link = typeof model.link === 'string' ? model.link : '';
  return htmlPart({ subject, text: text.trim(), locale, link });
}

function textOf(rendered: string): string | undefined {
  return /\r?\n\r?\n([\s\S]+)$/.exec(rendered)?.[1];
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

/** C0 and C1 control characters, line and paragraph separators. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

function bareAddress(address: string): string {
  if (/^[^\s<>()[\]\\,;:"\p{Cc}@]+@[^\s<>()[\]\\,;:"\p{Cc}@]+$/u.test(address)) return address;
  throw new Error('mail: the recipient is not a single bare address');
}
