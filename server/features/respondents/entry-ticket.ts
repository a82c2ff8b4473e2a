import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomToken, sha256 } from '../../adapters/keys.ts';
import { nfkc } from '../../domain/assessment/normal-form.ts';
import type { Services } from '../../services.ts';

/** What a browser holds between the button and the code: which link it showed, and a secret of its own (ASVS 6.6.2). */
export type EntryTicket = { readonly tokenHash: string; readonly browser: string };
type TicketParts = Pick<Services, 'keys' | 'clock'>;
type SealedTicket = EntryTicket & { readonly until: number };

const COOKIE = '__Host-kantoku-entry';
const CONTEXT = 'entry ticket';
const LIFE_MS = 60 * 60_000;

/** The ticket this browser brings, or null when there is none that this server sealed and that still counts. */
export function readTicket(request: FastifyRequest, { keys, clock }: TicketParts): EntryTicket | null {
  const sealed = request.cookies[COOKIE];
  if (!sealed) return null;
  try {
    const ticket = JSON.parse(keys.open(sealed, CONTEXT)) as SealedTicket;
    return ticket.until > clock.now().getTime() ? ticket : null;
  } catch {
    return null;
  }
}

/**
 * Sealed and of one length whatever was shown, so that it tells nothing about the link. A browser that shows the same link
 * again keeps its secret, and with it the code already on its way.
 */
export function giveTicket(reply: FastifyReply, parts: TicketParts, shown: string): EntryTicket {
  const { keys, clock } = parts;
  const tokenHash = sha256(shown);
  const held = readTicket(reply.request, parts);
  const browser = held?.tokenHash === tokenHash ? held.browser : randomToken();
  const ticket: SealedTicket = { tokenHash, browser, until: clock.now().getTime() + LIFE_MS };
  reply.setCookie(COOKIE, keys.seal(JSON.stringify(ticket), CONTEXT), { ...cookie, maxAge: LIFE_MS / 1000 });
  return ticket;
}

export function takeTicket(reply: FastifyReply): void {
  reply.clearCookie(COOKIE, cookie);
}

const cookie = { path: '/', secure: true, httpOnly: true, sameSite: 'strict' } as const;

/** The token in what a person pasted: the whole link, the part after #, or a line of the mail with the link in it. */
export function shownToken(pasted: string): string {
  const text = nfkc(pasted).replace(/\s/g, '');
  // Every repetition is bounded: strangers choose the text, and an open one would cost the square of its length.
  return /ktk\d_[A-Za-z0-9_-]{43}/.exec(text)?.[0] ?? text;
}
