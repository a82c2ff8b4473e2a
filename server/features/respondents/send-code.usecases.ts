import { randomInt, randomUUID } from 'node:crypto';
import type { Transaction } from '../../../db/client.ts';
import { sha256 } from '../../adapters/keys.ts';
import type { Locale } from '../../adapters/template-helpers.ts';
import type { Services } from '../../services.ts';
import {
  CODE_DIGITS,
  codesSince,
  findLink,
  insertCode,
  type Link,
  lockLink,
  MAX_TRIES,
  type MailedCode,
  rebindCode,
} from './entry.store.ts';
import type { EntryTicket } from './entry-ticket.ts';
import { mailAllowed, mailWindow } from './mail-limit.ts';
import { readParties } from './parties.store.ts';

/** Longest life of an out-of-band code (ASVS 6.5.5). */
const CODE_MINUTES = 10;
/** Pressing again within this time asks for the code already on its way. */
const PATIENCE_MS = 60_000;

/**
 * Mails a code to the address registered with the link. Resolves the same way, and changes nothing, when no link has this token.
 * A revoked link gets its code too: only who reads that mailbox is told that it was revoked.
 */
export async function sendCode(services: Services, ticket: EntryTicket, locale: Locale): Promise<void> {
  const link = await services.database.byCredential(ticket.tokenHash, (db) => findLink(db, ticket.tokenHash));
  if (!link) return;
  const now = services.clock.now();
  const browserHash = sha256(ticket.browser);
  await services.database.inOrganisation(link.organisationId, async (db) => {
    await lockLink(db, link);
    const codes = await codesSince(db, link, mailWindow(now));
    if (isOnItsWay(codes[0], browserHash, now)) return;
    if (mailAllowed(codes, now)) return mailCode(services, db, { link, browserHash, locale, now, after: codes[0] });
    await handOverNewest(db, link, codes, browserHash, now);
  });
}

function isOnItsWay(newest: MailedCode | undefined, browserHash: string, now: Date): boolean {
  if (newest?.browserHash !== browserHash || !isAlive(newest, now)) return false;
  return now.getTime() - newest.createdAt.getTime() < PATIENCE_MS;
}

function isAlive(code: MailedCode, now: Date): boolean {
  return !code.usedAt && code.tries < MAX_TRIES && code.expiresAt > now;
}

type NewCode = { link: Link; browserHash: string; locale: Locale; now: Date; after: MailedCode | undefined };

async function mailCode(
  services: Services,
  db: Transaction,
  { link, browserHash, locale, now, after }: NewCode,
): Promise<void> {
  const id = randomUUID();
  const code = String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0');
  const parties = await readParties(db, link.organisationId, link.assessmentId);
  await insertCode(db, {
    organisationId: link.organisationId,
    id,
    linkId: link.id,
    codeHash: services.keys.codeHash(code, id),
    browserHash,
    expiresAt: new Date(now.getTime() + CODE_MINUTES * 60_000),
    // Always later than the one before, so that the newest is certain.
    createdAt: new Date(Math.max(now.getTime(), (after?.createdAt.getTime() ?? 0) + 1)),
  });
  await services.mail.enqueue(db, link.organisationId, {
    assessmentId: link.assessmentId,
    kind: 'code',
    recipient: { email: link.email, name: link.name },
    locale,
    model: {
      code,
      minutes: CODE_MINUTES,
      contactName: link.name,
      customerName: parties.customer[locale],
      serviceName: parties.service.name,
      reference: parties.reference,
    },
  });
}

/**
 * When a mail scanner has pressed the button until no more mail may be sent, the codes it caused lie in the person's mailbox,
 * tied to browsers that are gone. The newest one then serves the browser asking now, with the tries it has left.
 */
async function handOverNewest(
  db: Transaction,
  link: Link,
  codes: readonly MailedCode[],
  browserHash: string,
  now: Date,
): Promise<void> {
  const alive = codes.find((code) => isAlive(code, now));
  if (alive) await rebindCode(db, link, alive.id, browserHash);
}
