import type { CapturedMail } from '../../adapters/mail/capture.ts';

type Part = { text: string; href: string };

export function listView(mails: readonly CapturedMail[]) {
  return { mails: mails.map(({ id, subject, to, sentAt }) => ({ href: `/captured-mail/${id}`, subject, to, sentAt })) };
}

export function mailView({ id, subject, to, from, replyTo, sentAt, text, html, attachments }: CapturedMail) {
  const head = { subject, to, from: from ?? null, replyTo: replyTo ?? null, sentAt };
  return {
    ...head,
    htmlHref: html ? `/captured-mail/${id}/html` : null,
    parts: withLinks(text),
    attachments: attachments.map(({ name, content, encoding }, index) => ({
      name,
      text: encoding ? null : content,
      href: `/captured-mail/${id}/attachments/${index}`,
    })),
  };
}

/** Cuts a text into plain parts and http(s) addresses; a full stop or bracket after an address is not part of it. */
export function withLinks(text: string): Part[] {
  const pieces = text.split(/(https?:\/\/[^\s<>"'（）「」、。]+[^\s<>"'（）「」、。.,;:!?)])/);
  return pieces
    .map((piece, index) => ({ text: piece, href: index % 2 === 1 ? piece : '' }))
    .filter(({ text }) => text !== '');
}
