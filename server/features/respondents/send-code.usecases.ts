import { randomInt, randomUUID } from 'node:crypto';
import type { Transaction } from '../../../db/client.ts';
import { sha256 } from '../../adapters/keys.ts';
import type { Locale } from '../../adapters/template-helpers.ts';
import type { Services } from '../../services.ts';
import { readParties } from '../assessments/parties.ts';
import {
  CODE_DIGITS,
  codesSince,
  findLink,
  insertCode,
  type Link,
  lockLink,
  MAX_TRIES,
  type MailedCode,
  shareCodes,
} from './entry.store.ts';
import type { EntryTicket } from './entry-ticket.ts';
import { mailAllowed, mailWindow } from './mail-limit.ts';

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
    if (codes.some((code) => isOnItsWay(code, browserHash, now))) return;
    if (mailAllowed(codes, now)) return mailCode(services, db, { link, browserHash, locale, now });
    // A mail scanner has pressed the button until no more mail may be sent: the codes it caused lie in the person's mailbox, tied
    // to its own browsers. They serve the browser asking now as well, with the tries they have left.
    await shareCodes(db, link, now, browserHash);
  });
}

function isOnItsWay(code: MailedCode, browserHash: string, now: Date): boolean {
  const isFresh = now.getTime() - code.createdAt.getTime() < PATIENCE_MS;
  return isFresh && code.browserHash === browserHash && !code.usedAt && code.tries < MAX_TRIES;
}

type NewCode = { link: Link; browserHash: string; locale: Locale; now: Date };

async function mailCode(
  services: Services,
  db: Transaction,
  { link, browserHash, locale, now }: NewCode,
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
    createdAt: now,
  });
  await services.mail.enqueue(db, link.organisationId, {
    assessmentId: link.assessmentId,
    kind: 'code',
    recipient: { email: link.email, name: link.name },
    locale,
    from: parties.customer[locale],
    replyTo: parties.sender,
    thread: [`request-${link.assessmentId}`],
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
